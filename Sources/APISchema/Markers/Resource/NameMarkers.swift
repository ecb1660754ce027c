import Files

extension Markers {
  /// Names and scope.
  struct Resource: Marker {
    static let definitions = [
      MarkerDefinition(
        "kubebuilder:resource", on: .type,
        taking: [
          MarkerArgument("path", .string, isOptional: true),
          MarkerArgument("shortName", .list(.string), isOptional: true),
          MarkerArgument("categories", .list(.string), isOptional: true),
          MarkerArgument("singular", .string, isOptional: true),
          MarkerArgument("scope", .string, isOptional: true),
        ], "the names of the resource and whether it is Namespaced or of the Cluster")
    ]
    let path: ByteString
    let singular: ByteString
    let scope: ByteString
    let shortNames: [ByteString]
    let categories: [ByteString]
    init(_ arguments: MarkerArguments) {
      path = arguments.string("path")
      singular = arguments.string("singular")
      scope = arguments.string("scope")
      shortNames = arguments.strings("shortName")
      categories = arguments.strings("categories")
    }
    func apply(to resource: inout CustomResource, version: ByteString) throws(MarkerMistake) {
      if !path.isEmpty { resource.plural = path }
      if !singular.isEmpty { resource.singular = singular }
      resource.shortNames = shortNames
      resource.categories = categories
      resource.scope = scope.isEmpty ? "Namespaced" : scope
    }
  }

  /// Annotations and labels of the CRD.
  struct Metadata: Marker {
    static let definitions = [
      MarkerDefinition(
        "kubebuilder:metadata", on: .type, since: .v0(11),
        taking: [
          MarkerArgument("annotations", .list(.string), isOptional: true),
          MarkerArgument("labels", .list(.string), isOptional: true),
        ], "annotations and labels of the CRD, each as key=value")
    ]
    let annotations: [ByteString]
    let labels: [ByteString]
    init(_ arguments: MarkerArguments) {
      annotations = arguments.strings("annotations")
      labels = arguments.strings("labels")
    }
    func apply(to resource: inout CustomResource, version: ByteString) throws(MarkerMistake) {
      for text in annotations {
        let (key, value) = try text.pair("annotation")
        resource.annotations[key] = value
      }
      for text in labels {
        let (key, value) = try text.pair("label")
        resource.labels[key] = value
      }
    }
  }
}

extension ByteString {
  fileprivate func pair(_ what: String) throws(MarkerMistake) -> (ByteString, ByteString) {
    guard let equals = firstIndex(of: UInt8(ascii: "=")) else {
      throw MarkerMistake("\(what) \(self) has no value", hint: "write it as \"key=value\"")
    }
    return (self[0..<equals], self[equals + 1..<count])
  }
}
