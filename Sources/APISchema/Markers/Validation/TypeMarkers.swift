import Files

extension Markers {
  /// The type, whatever the source says.
  struct TypeName: Marker {
    static let definitions = MarkerDefinition.validation(
      "Type", taking: [.unnamed(.string)], "the type, whatever the source says")
    static let priority = MarkerPriority.first
    let name: ByteString
    init(_ arguments: MarkerArguments) { name = arguments.string() }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) { schema.type = name }
  }

  /// The format.
  struct Format: Marker {
    static let definitions = MarkerDefinition.validation(
      "Format", taking: [.unnamed(.string)], "the format, such as date-time or int64")
    let name: ByteString
    init(_ arguments: MarkerArguments) { name = arguments.string() }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) { schema.format = name }
  }

  /// Null is allowed.
  struct Nullable: Marker {
    static let definitions = [MarkerDefinition("nullable", on: .field, "lets the value be null")]
    init(_ arguments: MarkerArguments) {}
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) { schema.set(.nullable, true) }
  }

  /// The type of a field is not looked at.
  struct Schemaless: Marker {
    static let definitions = [
      MarkerDefinition(
        "kubebuilder:validation:Schemaless", on: .field, since: .v0(5),
        "passes over the type: only markers make the schema")
    ]
    init(_ arguments: MarkerArguments) {}
  }

  /// Fields that the schema does not know are kept.
  struct PreserveUnknownFields: Marker {
    static let definitions =
      MarkerDefinition.validation("XPreserveUnknownFields", "keeps fields that the schema does not know") + [
        MarkerDefinition(
          "kubebuilder:pruning:PreserveUnknownFields", on: .field, "keeps fields that the schema does not know"),
        MarkerDefinition(
          "kubebuilder:pruning:PreserveUnknownFields", on: .type, since: .v0(4, 1),
          "keeps fields that the schema does not know"),
      ]
    init(_ arguments: MarkerArguments) {}
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      schema[.preserveUnknownFields] = .flag(true)
    }
  }

  /// A whole Kubernetes object.
  struct EmbeddedResource: Marker {
    static let definitions =
      MarkerDefinition.validation("XEmbeddedResource", "makes the value a whole Kubernetes object") + [
        MarkerDefinition(
          "kubebuilder:validation:EmbeddedResource", on: .field, "makes the value a whole Kubernetes object")
      ]
    init(_ arguments: MarkerArguments) {}
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      schema.set(.embeddedResource, true)
    }
  }

  /// An integer or a string.
  struct IntOrString: Marker {
    static let definitions = MarkerDefinition.validation(
      "XIntOrString", since: .v0(7), "lets the value be an integer or a string")
    static let priority = MarkerPriority.first
    init(_ arguments: MarkerArguments) {}
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      schema.set(.intOrString, true)
    }
  }
}
