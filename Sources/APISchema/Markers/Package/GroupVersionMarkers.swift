import Files

extension Markers {
  /// The API group of the types of a package.
  struct GroupName: Marker {
    static let definitions = [
      MarkerDefinition(
        "groupName", on: .package,
        taking: [MarkerArgument(.empty, .string, isOptional: true, requiredBefore: .v0(16))],
        "names the API group of the package's types")
    ]
    let name: ByteString
    init(_ arguments: MarkerArguments) { name = arguments.string() }
  }

  /// The API version of the types of a package.
  struct VersionName: Marker {
    static let definitions = [
      MarkerDefinition(
        "versionName", on: .package, taking: [.unnamed(.string)],
        "names the API version of the package's types, which is the name of the package otherwise")
    ]
    let name: ByteString
    init(_ arguments: MarkerArguments) { name = arguments.string() }
  }

  /// Keeps a package out.
  struct SkipPackage: Marker {
    static let definitions = [
      MarkerDefinition("kubebuilder:skip", on: .package, "makes nothing of the package's types")
    ]
    init(_ arguments: MarkerArguments) {}
  }
}
