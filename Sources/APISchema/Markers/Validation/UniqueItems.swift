import Files

extension Markers {
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
}
