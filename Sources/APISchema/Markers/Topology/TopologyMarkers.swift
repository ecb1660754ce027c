import Files

extension Markers {
  /// How lists are merged.
  struct ListType: Marker {
    static let definitions = [
      MarkerDefinition(
        "listType", on: .field, taking: [.unnamed(.string)],
        "how lists are merged: as a map, a set, or as a whole (atomic)"),
      MarkerDefinition(
        "listType", on: .type, since: .v0(9, 1), taking: [.unnamed(.string)],
        "how lists are merged: as a map, a set, or as a whole (atomic)"),
    ]
    static let priority = MarkerPriority.first
    let kind: ByteString
    init(_ arguments: MarkerArguments) { kind = arguments.string() }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.require("array", for: "listType")
      guard kind == "map" || kind == "set" || kind == "atomic" else {
        throw MarkerMistake(
          "lists are merged as \"map\", \"set\" or \"atomic\", not as \"\(kind)\"", hint: "write one of these three")
      }
      if context.dialect.makesItemsOfSetsAtomic, kind == "set", var items = schema.items {
        items[.mapType] = .text("atomic")
        schema.items = items
      }
      schema.listType = kind
    }
  }

  /// What tells the items of a list apart.
  struct ListMapKey: Marker {
    static let definitions = [
      MarkerDefinition(
        "listMapKey", on: .field, taking: [.unnamed(.string)],
        "a field that tells the items of a list of type map apart"),
      MarkerDefinition(
        "listMapKey", on: .type, since: .v0(9, 1), taking: [.unnamed(.string)],
        "a field that tells the items of a list of type map apart"),
    ]
    let key: ByteString
    init(_ arguments: MarkerArguments) { key = arguments.string() }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.require("array", for: "listMapKey")
      guard schema.listType == "map" else {
        throw MarkerMistake("only lists of type map have keys", hint: "add +listType=map")
      }
      if case .texts(let keys)? = schema[.listMapKeys] {
        schema[.listMapKeys] = .texts(keys + [key])
      } else {
        schema[.listMapKeys] = .texts([key])
      }
    }
  }

  /// How maps are merged.
  struct MapType: Marker {
    static let definitions = [
      MarkerDefinition(
        "mapType", on: .field, taking: [.unnamed(.string)],
        "how maps are merged: key by key (granular) or as a whole (atomic)"),
      MarkerDefinition(
        "mapType", on: .type, since: .v0(9, 1), taking: [.unnamed(.string)],
        "how maps are merged: key by key (granular) or as a whole (atomic)"),
    ]
    let kind: ByteString
    init(_ arguments: MarkerArguments) { kind = arguments.string() }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      try schema.require("object", for: "mapType")
      schema[.mapType] = .text(try kind.granularity())
    }
  }

  /// How structures are merged.
  struct StructType: Marker {
    static let definitions = [
      MarkerDefinition(
        "structType", on: .field, taking: [.unnamed(.string)],
        "how structures are merged: field by field (granular) or as a whole (atomic)"),
      MarkerDefinition(
        "structType", on: .type, since: .v0(9, 1), taking: [.unnamed(.string)],
        "how structures are merged: field by field (granular) or as a whole (atomic)"),
    ]
    let kind: ByteString
    init(_ arguments: MarkerArguments) { kind = arguments.string() }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      if !schema.type.isEmpty { try schema.require("object", for: "structType") }
      schema[.mapType] = .text(try kind.granularity())
    }
  }
}

extension ByteString {
  fileprivate func granularity() throws(MarkerMistake) -> ByteString {
    if self == "granular" || self == "atomic" { return self }
    throw MarkerMistake(
      "objects are merged as \"granular\" or \"atomic\", not as \"\(self)\"", hint: "write one of these two")
  }
}
