import Files

extension Markers {
  /// The most characters allowed.
  struct MaxLength: Marker {
    static let definitions = MarkerDefinition.validation(
      "MaxLength", taking: [.unnamed(.int)], "the most characters that a string may have")
    let value: Int64
    init(_ arguments: MarkerArguments) { value = arguments.int() }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.requireText("maxLength", orIntOrString: context.dialect.boundsLengthOfIntOrString)
      schema[.maxLength] = .integer(value)
    }
  }

  /// The fewest characters allowed.
  struct MinLength: Marker {
    static let definitions = MarkerDefinition.validation(
      "MinLength", taking: [.unnamed(.int)], "the fewest characters that a string may have")
    let value: Int64
    init(_ arguments: MarkerArguments) { value = arguments.int() }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.requireText("minLength", orIntOrString: context.dialect.boundsLengthOfIntOrString)
      schema[.minLength] = .integer(value)
    }
  }

  /// A regular expression that strings must match.
  struct Pattern: Marker {
    static let definitions = MarkerDefinition.validation(
      "Pattern", taking: [.unnamed(.string)], "a regular expression that strings must match")
    let expression: ByteString
    init(_ arguments: MarkerArguments) { expression = arguments.string() }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.requireText("pattern", orIntOrString: context.dialect.matchesIntOrString)
      schema[.pattern] = expression.isEmpty ? nil : .text(expression)
    }
  }
}

extension Schema {
  fileprivate func requireText(_ what: String, orIntOrString: Bool) throws(MarkerMistake) {
    if type == "string" || (orIntOrString && has(.intOrString)) { return }
    throw .mismatch(what, needs: "a string", found: self)
  }
}
