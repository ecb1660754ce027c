import Files

extension Markers {
  /// The most items allowed.
  struct MaxItems: Marker {
    static let definitions = MarkerDefinition.validation(
      "MaxItems", taking: [.unnamed(.int)], "the most items that a list may have")
    let value: Int64
    init(_ arguments: MarkerArguments) { value = arguments.int() }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.require("array", for: "maxItems")
      schema[.maxItems] = .integer(value)
    }
  }

  /// The fewest items allowed.
  struct MinItems: Marker {
    static let definitions = MarkerDefinition.validation(
      "MinItems", taking: [.unnamed(.int)], "the fewest items that a list may have")
    let value: Int64
    init(_ arguments: MarkerArguments) { value = arguments.int() }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.require("array", for: "minItems")
      schema[.minItems] = .integer(value)
    }
  }

  /// Whether items must differ from each other.
  struct UniqueItems: Marker {
    static let definitions = MarkerDefinition.validation(
      "UniqueItems", taking: [.unnamed(.bool)], "whether all items of a list must differ")
    let isUnique: Bool
    init(_ arguments: MarkerArguments) { isUnique = arguments.bool() ?? false }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.require("array", for: "uniqueItems")
      schema.set(.uniqueItems, isUnique)
    }
  }

  /// The most properties allowed.
  struct MaxProperties: Marker {
    static let definitions = MarkerDefinition.validation(
      "MaxProperties", since: .v0(4, 1), taking: [.unnamed(.int)], "the most properties that an object may have")
    let value: Int64
    init(_ arguments: MarkerArguments) { value = arguments.int() }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.require("object", for: "maxProperties")
      schema[.maxProperties] = .integer(value)
    }
  }

  /// The fewest properties allowed.
  struct MinProperties: Marker {
    static let definitions = MarkerDefinition.validation(
      "MinProperties", since: .v0(4, 1), taking: [.unnamed(.int)], "the fewest properties that an object may have")
    let value: Int64
    init(_ arguments: MarkerArguments) { value = arguments.int() }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.require("object", for: "minProperties")
      schema[.minProperties] = .integer(value)
    }
  }
}

extension Schema {
  /// Fails unless the schema is of that type.
  func require(_ type: ByteString, for what: String) throws(MarkerMistake) {
    if self.type != type { throw .mismatch(what, needs: type == "array" ? "a list" : "an object", found: self) }
  }
}
