import Files

extension Markers {
  /// The status is a resource of its own.
  struct SubresourceStatus: Marker {
    static let definitions = [
      MarkerDefinition("kubebuilder:subresource:status", on: .type, "makes the status a subresource")
    ]
    init(_ arguments: MarkerArguments) {}
    func apply(to resource: inout CustomResource, version: ByteString) throws(MarkerMistake) {
      try resource.changeOrFail(version, "status subresource") {
        $0.hasSubresources = true
        $0.subresources.hasStatus = true
      }
    }
  }

  /// Replicas can be scaled.
  struct SubresourceScale: Marker {
    static let definitions = [
      MarkerDefinition(
        "kubebuilder:subresource:scale", on: .type,
        taking: [
          MarkerArgument("specpath", .string), MarkerArgument("statuspath", .string),
          MarkerArgument("selectorpath", .string, isOptional: true),
        ], "lets the resource be scaled: where the numbers of replicas and the selector stand")
    ]
    let scale: CustomResource.Scale
    init(_ arguments: MarkerArguments) {
      scale = CustomResource.Scale(
        specPath: arguments.string("specpath"), statusPath: arguments.string("statuspath"),
        selectorPath: arguments.has("selectorpath") ? arguments.string("selectorpath") : nil)
    }
    func apply(to resource: inout CustomResource, version: ByteString) throws(MarkerMistake) {
      try resource.changeOrFail(version, "scale subresource") {
        $0.hasSubresources = true
        $0.subresources.scale = scale
      }
    }
  }

  /// A column that kubectl shows.
  struct PrintColumn: Marker {
    static let definitions = [
      MarkerDefinition(
        "kubebuilder:printcolumn", on: .type,
        taking: [
          MarkerArgument("name", .string), MarkerArgument("type", .string), MarkerArgument("JSONPath", .string),
          MarkerArgument("description", .string, isOptional: true), MarkerArgument("format", .string, isOptional: true),
          MarkerArgument("priority", .int, isOptional: true),
        ], "a column that kubectl get shows")
    ]
    let column: CustomResource.Column
    init(_ arguments: MarkerArguments) {
      column = CustomResource.Column(
        name: arguments.string("name"), type: arguments.string("type"), path: arguments.string("JSONPath"),
        description: arguments.string("description"), format: arguments.string("format"),
        priority: Int32(truncatingIfNeeded: arguments.int("priority")))
    }
    func apply(to resource: inout CustomResource, version: ByteString) throws(MarkerMistake) {
      try resource.changeOrFail(version, "printer columns") {
        $0.hasSubresources = true
        $0.columns.append(column)
      }
    }
  }

  /// A field by which objects can be selected.
  struct SelectableField: Marker {
    static let definitions = [
      MarkerDefinition(
        "kubebuilder:selectablefield", on: .type, since: .v0(16, 4), taking: [MarkerArgument("JSONPath", .string)],
        "a field by which objects can be selected")
    ]
    let path: ByteString
    init(_ arguments: MarkerArguments) { path = arguments.string("JSONPath") }
    func apply(to resource: inout CustomResource, version: ByteString) throws(MarkerMistake) {
      try resource.changeOrFail(version, "selectable field") { $0.selectableFields.append(path) }
    }
  }
}

extension CustomResource {
  fileprivate mutating func changeOrFail(
    _ version: ByteString, _ what: String, _ body: (inout Version) -> Void
  ) throws(MarkerMistake) {
    if !change(version, body) {
      throw MarkerMistake(
        "\(what) applied to version \"\(version)\", which the resource does not have",
        hint: "remove the marker, or +kubebuilder:skipversion")
    }
  }
}
