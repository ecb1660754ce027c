import Files

extension Markers {
  /// The version that is stored.
  struct StorageVersion: Marker {
    static let definitions = [
      MarkerDefinition("kubebuilder:storageversion", on: .type, "makes this the version that is stored")
    ]
    init(_ arguments: MarkerArguments) {}
    func apply(to resource: inout CustomResource, version: ByteString) throws(MarkerMistake) {
      if version.isEmpty { return }
      resource.change(version) { $0.isStored = true }
    }
  }

  /// A version that is left out.
  struct SkipVersion: Marker {
    static let definitions = [MarkerDefinition("kubebuilder:skipversion", on: .type, "leaves this version out")]
    init(_ arguments: MarkerArguments) {}
    func apply(to resource: inout CustomResource, version: ByteString) throws(MarkerMistake) {
      if version.isEmpty { throw MarkerMistake("the only version cannot be left out", hint: "remove the marker") }
      resource.versions.removeAll { $0.name == version }
    }
  }

  /// A version that is not served.
  struct UnservedVersion: Marker {
    static let definitions = [
      MarkerDefinition("kubebuilder:unservedversion", on: .type, since: .v0(2, 8), "does not serve this version")
    ]
    init(_ arguments: MarkerArguments) {}
    func apply(to resource: inout CustomResource, version: ByteString) throws(MarkerMistake) {
      resource.change(version) { $0.isServed = false }
    }
  }

  /// A version that users are warned of.
  struct DeprecatedVersion: Marker {
    static let definitions = [
      MarkerDefinition(
        "kubebuilder:deprecatedversion", on: .type, since: .v0(6),
        taking: [MarkerArgument("warning", .string, isOptional: true)], "warns those who use this version")
    ]
    let warning: ByteString?
    init(_ arguments: MarkerArguments) { warning = arguments.has("warning") ? arguments.string("warning") : nil }
    func apply(to resource: inout CustomResource, version: ByteString) throws(MarkerMistake) {
      if version.isEmpty { return }
      resource.change(version) {
        $0.isDeprecated = true
        $0.deprecationWarning = warning
      }
    }
  }
}
