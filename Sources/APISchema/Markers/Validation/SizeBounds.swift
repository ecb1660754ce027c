import Files

extension Markers {
  /// The most characters allowed.
  struct MaxLength: SizeBound {
    static let definitions = MarkerDefinition.validation(
      "MaxLength", taking: [.unnamed(.int)], "the most characters that a string may have")
    static let keyword = Keyword.maxLength
    static let type: ByteString = "string"
    let value: Int64
    init(_ arguments: MarkerArguments) { value = arguments.int() }
  }

  /// The fewest characters allowed.
  struct MinLength: SizeBound {
    static let definitions = MarkerDefinition.validation(
      "MinLength", taking: [.unnamed(.int)], "the fewest characters that a string may have")
    static let keyword = Keyword.minLength
    static let type: ByteString = "string"
    let value: Int64
    init(_ arguments: MarkerArguments) { value = arguments.int() }
  }

  /// The most items allowed.
  struct MaxItems: SizeBound {
    static let definitions = MarkerDefinition.validation(
      "MaxItems", taking: [.unnamed(.int)], "the most items that a list may have")
    static let keyword = Keyword.maxItems
    static let type: ByteString = "array"
    let value: Int64
    init(_ arguments: MarkerArguments) { value = arguments.int() }
  }

  /// The fewest items allowed.
  struct MinItems: SizeBound {
    static let definitions = MarkerDefinition.validation(
      "MinItems", taking: [.unnamed(.int)], "the fewest items that a list may have")
    static let keyword = Keyword.minItems
    static let type: ByteString = "array"
    let value: Int64
    init(_ arguments: MarkerArguments) { value = arguments.int() }
  }

  /// The most properties allowed.
  struct MaxProperties: SizeBound {
    static let definitions = MarkerDefinition.validation(
      "MaxProperties", since: .v0(4, 1), taking: [.unnamed(.int)], "the most properties that an object may have")
    static let keyword = Keyword.maxProperties
    static let type: ByteString = "object"
    let value: Int64
    init(_ arguments: MarkerArguments) { value = arguments.int() }
  }

  /// The fewest properties allowed.
  struct MinProperties: SizeBound {
    static let definitions = MarkerDefinition.validation(
      "MinProperties", since: .v0(4, 1), taking: [.unnamed(.int)], "the fewest properties that an object may have")
    static let keyword = Keyword.minProperties
    static let type: ByteString = "object"
    let value: Int64
    init(_ arguments: MarkerArguments) { value = arguments.int() }
  }
}

/// A marker that says how long strings, lists or objects may be.
protocol SizeBound: Marker {
  static var keyword: Keyword { get }
  /// The type of what has that size.
  static var type: ByteString { get }
  var value: Int64 { get }
}

extension SizeBound {
  package func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
    try schema.require(
      Self.type, for: Self.keyword.name,
      orIntOrString: Self.type == "string" && context.dialect.boundsLengthOfIntOrString)
    schema[Self.keyword] = .integer(value)
  }
}
