package import Files
package import YAML

/// What a schema says about a value.
package struct SchemaType {
  /// The kinds of values.
  package indirect enum Kind {
    case map(SchemaMap)
    /// Of which each item is as the one item of the schema's array.
    case array(SchemaItem)
    case scalar(Scalar)
    /// Anything at all, null included.
    case any
    /// Null, or a value of a type.
    case nullable(SchemaType)
  }

  /// The kinds of scalars.
  package enum Scalar: Sendable {
    case string, int, float, bool
  }

  package internal(set) var kind: Kind
  /// Where the schema declares it: the place of the item that holds the value.
  package let position: Position
  /// What the schema says about it to people.
  package internal(set) var documentation = SchemaDocumentation()
  /// The value where none is given; for a map it follows from its items.
  private var ownDefault: Node

  init(_ kind: Kind, position: Position, defaultValue: Node) {
    self.kind = kind
    self.position = position
    ownDefault = defaultValue
  }

  /// The value where none is given.
  package var defaultValue: Node {
    switch kind {
    case .map(let map): .map(map.items.map(\.defaultItem))
    case .nullable: .null
    default: ownDefault
    }
  }

  /// Gives it another default. A map keeps those of its items; of a nullable type it is that of the type inside.
  mutating func setDefault(_ value: Node) {
    switch kind {
    case .map: break
    case .nullable(var type):
      type.setDefault(value)
      kind = .nullable(type)
    default: ownDefault = value
    }
  }

  /// The kind of a scalar, be it null or not.
  var scalar: Scalar? {
    switch kind {
    case .scalar(let scalar): scalar
    case .nullable(let type): type.scalar
    default: nil
    }
  }

  /// What a map declares, be it null or not.
  var map: SchemaMap? {
    switch kind {
    case .map(let map): map
    case .nullable(let type): type.map
    default: nil
    }
  }

  /// What a map declares for a key, be it null or not.
  package func item(_ key: Node) -> SchemaItem? {
    map?[key]
  }

  /// What an array declares for its items, be it null or not.
  package var element: SchemaItem? {
    switch kind {
    case .array(let item): item
    case .nullable(let type): type.element
    default: nil
    }
  }

  /// The name in messages; the names are those of ytt.
  package var name: String {
    switch kind {
    case .map: "map"
    case .array: "array"
    case .scalar(.string): "string"
    case .scalar(.int): "integer"
    case .scalar(.float): "float"
    case .scalar(.bool): "boolean"
    case .any: "any"
    case .nullable: "null"
    }
  }
}

/// The items that a map may have, in the order of the schema.
package struct SchemaMap {
  package let items: [SchemaItem]
  private let indexes: [ByteString: Int]?

  /// The most items that are found by a walk; more are found through a table.
  private static let walked = 12

  init(_ items: [SchemaItem]) {
    self.items = items
    guard items.count > Self.walked else {
      indexes = nil
      return
    }
    var indexes: [ByteString: Int] = [:]
    for (index, item) in items.enumerated() {
      if case .string(let key) = item.key { indexes[key] = indexes[key] ?? index }
    }
    self.indexes = indexes
  }

  /// Where the item of a key stands.
  /// - Parameter guess: where it is likely to stand.
  func index(_ key: Node, guess: Int = 0) -> Int? {
    if guess < items.count, items[guess].key.isSameScalar(as: key) { return guess }
    if let indexes, case .string(let text) = key { return indexes[text] }
    return items.firstIndex { $0.key.isSameScalar(as: key) }
  }

  subscript(key: Node) -> SchemaItem? { index(key).map { items[$0] } }
}

/// What a schema says about a map item, an array item or a document.
package final class SchemaItem {
  /// The key of a map item, null for the others.
  package let key: Node
  package let type: SchemaType
  package let defaultValue: Node
  package let position: Position
  /// What `@schema/validation` demands.
  package let validation: Validation?
  /// Values in which all is as demanded.
  let keptContents = KeptContents()

  /// What it may be, where that is a scalar: asked of every value, while a type takes long to copy.
  private let scalar: SchemaType.Scalar?

  /// Whether the value is a scalar of the right type. No says nothing.
  func isScalarAccepting(_ node: Node) -> Bool { scalar?.accepts(node) ?? false }

  init(key: Node, type: SchemaType, defaultValue: Node, position: Position, validation: Validation?) {
    scalar = type.scalar
    self.key = key
    self.type = type
    self.defaultValue = defaultValue
    self.position = position
    self.validation = validation
  }

  /// The item that stands for one that is not given.
  var defaultItem: MapItem { MapItem(key: key, value: defaultValue, position: position) }
}

/// What a schema says about a value to people.
package struct SchemaDocumentation {
  package var title: ByteString = .empty
  package var summary: ByteString = .empty
  /// The notice of `@schema/deprecated`.
  package var deprecation: ByteString?
  package var examples: [(summary: ByteString, value: Node)] = []
}
