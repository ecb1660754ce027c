package import Files

extension [MapItem] {
  /// The item with the string key `key`; of several, the first.
  package func item(_ key: ByteString) -> MapItem? {
    first { item in
      if case .string(let text) = item.key { return text == key }
      return false
    }
  }
}

extension Node {
  /// The value at string keys, one below the other; nothing where a key is missing or something else than a map stands.
  package func value(at path: ByteString...) -> Node? { value(at: path) }

  package func value(at path: [ByteString]) -> Node? {
    var node = self
    for key in path {
      guard case .map(let items) = node, let item = items.item(key) else { return nil }
      node = item.value
    }
    return node
  }

  /// The text, if the node is a string.
  package var stringValue: ByteString? {
    if case .string(let text) = self { return text }
    return nil
  }

  /// What a message calls a node of this type.
  package var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .int, .unsigned: "an integer"
    case .float: "a float"
    case .string: "a string"
    case .map: "a map"
    case .sequence: "a list"
    }
  }
}
