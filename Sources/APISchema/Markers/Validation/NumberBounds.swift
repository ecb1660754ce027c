import Files

extension Markers {
  /// The largest number allowed.
  struct Maximum: NumberBound {
    static let definitions = MarkerDefinition.validation(
      "Maximum", taking: [.unnamed(.number)], "the largest number allowed")
    static let keyword = Keyword.maximum
    let value: Double
    init(_ arguments: MarkerArguments) { value = arguments.number() }
  }

  /// The smallest number allowed.
  struct Minimum: NumberBound {
    static let definitions = MarkerDefinition.validation(
      "Minimum", taking: [.unnamed(.number)], "the smallest number allowed")
    static let keyword = Keyword.minimum
    let value: Double
    init(_ arguments: MarkerArguments) { value = arguments.number() }
  }

  /// What numbers must be multiples of.
  struct MultipleOf: NumberBound {
    static let definitions = MarkerDefinition.validation(
      "MultipleOf", taking: [.unnamed(.number)], "what numbers must be multiples of")
    static let keyword = Keyword.multipleOf
    let value: Double
    init(_ arguments: MarkerArguments) { value = arguments.number() }
  }

  /// Whether the maximum itself is not allowed.
  struct ExclusiveMaximum: Marker {
    static let definitions = MarkerDefinition.validation(
      "ExclusiveMaximum", taking: [.unnamed(.bool)], "whether numbers must be less than the maximum")
    let isExclusive: Bool
    init(_ arguments: MarkerArguments) { isExclusive = arguments.bool() ?? false }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.requireNumber(for: .exclusiveMaximum, context.dialect)
      schema.set(.exclusiveMaximum, isExclusive)
    }
  }

  /// Whether the minimum itself is not allowed.
  struct ExclusiveMinimum: Marker {
    static let definitions = MarkerDefinition.validation(
      "ExclusiveMinimum", taking: [.unnamed(.bool)], "whether numbers must be greater than the minimum")
    let isExclusive: Bool
    init(_ arguments: MarkerArguments) { isExclusive = arguments.bool() ?? false }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.requireNumber(for: .exclusiveMinimum, context.dialect)
      schema.set(.exclusiveMinimum, isExclusive)
    }
  }
}

/// A marker with a number that others are compared with.
protocol NumberBound: Marker {
  static var keyword: Keyword { get }
  var value: Double { get }
}

extension NumberBound {
  package func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
    try schema.requireNumber(for: Self.keyword, context.dialect)
    if schema.type == "integer", value != value.rounded(.towardZero) {
      throw MarkerMistake(
        "the \(Self.keyword.name) of an integer is not integral: \(value)", hint: "write a number without fraction")
    }
    schema[Self.keyword] = .number(value)
  }
}

extension Schema {
  /// Fails unless numbers conform.
  fileprivate func requireNumber(for keyword: Keyword, _ dialect: Dialect) throws(MarkerMistake) {
    if type == "integer" || (type == "number" && dialect.readsFloatsInMarkers) { return }
    throw .mismatch(keyword.name, needs: dialect.readsFloatsInMarkers ? "a number" : "an integer", found: self)
  }
}
