import Files

extension Markers {
  /// The largest number allowed.
  struct Maximum: Marker {
    static let definitions = MarkerDefinition.validation(
      "Maximum", taking: [.unnamed(.number)], "the largest number allowed")
    let value: Double
    init(_ arguments: MarkerArguments) { value = arguments.number() }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.requireNumber("maximum", value, context.dialect)
      schema[.maximum] = .number(value)
    }
  }

  /// The smallest number allowed.
  struct Minimum: Marker {
    static let definitions = MarkerDefinition.validation(
      "Minimum", taking: [.unnamed(.number)], "the smallest number allowed")
    let value: Double
    init(_ arguments: MarkerArguments) { value = arguments.number() }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.requireNumber("minimum", value, context.dialect)
      schema[.minimum] = .number(value)
    }
  }

  /// What numbers must be multiples of.
  struct MultipleOf: Marker {
    static let definitions = MarkerDefinition.validation(
      "MultipleOf", taking: [.unnamed(.number)], "what numbers must be multiples of")
    let value: Double
    init(_ arguments: MarkerArguments) { value = arguments.number() }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.requireNumber("multipleOf", value, context.dialect)
      schema[.multipleOf] = .number(value)
    }
  }

  /// Whether the maximum itself is not allowed.
  struct ExclusiveMaximum: Marker {
    static let definitions = MarkerDefinition.validation(
      "ExclusiveMaximum", taking: [.unnamed(.bool)], "whether numbers must be less than the maximum")
    let isExclusive: Bool
    init(_ arguments: MarkerArguments) { isExclusive = arguments.bool() ?? false }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.requireNumber("exclusiveMaximum", nil, context.dialect)
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
      try schema.requireNumber("exclusiveMinimum", nil, context.dialect)
      schema.set(.exclusiveMinimum, isExclusive)
    }
  }
}

extension Schema {
  /// Fails unless numbers conform, and `bound` can be one of them.
  fileprivate func requireNumber(_ what: String, _ bound: Double?, _ dialect: Dialect) throws(MarkerMistake) {
    let isInteger = type == "integer"
    guard isInteger || (type == "number" && dialect.readsFloatsInMarkers) else {
      throw .mismatch(what, needs: dialect.readsFloatsInMarkers ? "a number" : "an integer", found: self)
    }
    if isInteger, let bound, bound != bound.rounded(.towardZero) {
      throw MarkerMistake(
        "the \(what) of an integer is not integral: \(bound)", hint: "write a number without fraction")
    }
  }
}

extension MarkerMistake {
  /// A marker at a place of another type.
  static func mismatch(_ what: String, needs: String, found schema: Schema) -> MarkerMistake {
    if schema.reference != nil && schema.type.isEmpty {
      return MarkerMistake(
        "\(what) needs \(needs); what a named type is cannot be seen at the field",
        hint: "mark the named type instead, or add +kubebuilder:validation:Type to the field")
    }
    return MarkerMistake(
      "\(what) needs \(needs), but this is \(schema.type.isEmpty ? "of any type" : "of type \(schema.type)")",
      hint: "remove the marker, or change the type")
  }
}
