import Files

extension Markers {
  /// A regular expression that strings must match.
  struct Pattern: Marker {
    static let definitions = MarkerDefinition.validation(
      "Pattern", taking: [.unnamed(.string)], "a regular expression that strings must match")
    let expression: ByteString
    init(_ arguments: MarkerArguments) { expression = arguments.string() }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.require("string", for: "pattern", orIntOrString: context.dialect.matchesIntOrString)
      schema[.pattern] = expression.isEmpty ? nil : .text(expression)
    }
  }
}
