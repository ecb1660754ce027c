import Files
import YAML

/// Reads the keys of one map with their types, and collects what is of another type than it should be.
struct FieldReader {
  let items: [MapItem]
  /// The path of the map, for messages.
  let path: String
  /// Where the map stands.
  let position: Position
  private(set) var diagnostics = Diagnostics()

  init(_ items: [MapItem], path: String, at position: Position) {
    self.items = items
    self.path = path
    self.position = position
  }

  /// The value of a key; nothing where it is missing or null.
  func value(_ key: ByteString) -> Node? {
    guard let item = items.item(key) else { return nil }
    if case .null = item.value { return nil }
    return item.value
  }

  mutating func text(_ key: ByteString) -> ByteString? {
    guard let value = value(key) else { return nil }
    guard case .string(let text) = value else { return fail(key, value, "a string") }
    return text
  }

  /// The text of a key that must be there.
  mutating func requiredText(_ key: ByteString) -> ByteString {
    guard value(key) != nil else {
      diagnostics.append(.missing(path: path(to: key), at: position))
      return .empty
    }
    return text(key) ?? .empty
  }

  mutating func flag(_ key: ByteString) -> Bool? {
    guard let value = value(key) else { return nil }
    guard case .bool(let flag) = value else { return fail(key, value, "true or false") }
    return flag
  }

  mutating func count(_ key: ByteString) -> Int? {
    guard let value = value(key) else { return nil }
    guard case .int(let count) = value, count >= 0 else { return fail(key, value, "a whole number, 0 or more") }
    return Int(count)
  }

  mutating func number(_ key: ByteString) -> Double? {
    guard let value = value(key) else { return nil }
    guard let number = value.numberValue else { return fail(key, value, "a number") }
    return number
  }

  mutating func list(_ key: ByteString) -> [SequenceItem]? {
    guard let value = value(key) else { return nil }
    guard case .sequence(let items) = value else { return fail(key, value, "a list") }
    return items
  }

  mutating func texts(_ key: ByteString) -> [ByteString] {
    var texts: [ByteString] = []
    for item in list(key) ?? [] {
      if case .string(let text) = item.value {
        texts.append(text)
      } else {
        diagnostics.append(.wrongType(path(to: key), item.value, expected: "a list of strings", at: item.position))
      }
    }
    return texts
  }

  mutating func map(_ key: ByteString) -> [MapItem]? {
    guard let value = value(key) else { return nil }
    guard case .map(let items) = value else { return fail(key, value, "a map") }
    return items
  }

  /// The map at a key that must be there.
  mutating func requiredMap(_ key: ByteString) -> [MapItem] {
    guard value(key) != nil else {
      diagnostics.append(.missing(path: path(to: key), at: position))
      return []
    }
    return map(key) ?? []
  }

  /// The maps of a list, each with its place.
  mutating func maps(_ key: ByteString) -> [(items: [MapItem], position: Position)] {
    var maps: [(items: [MapItem], position: Position)] = []
    for item in list(key) ?? [] {
      if case .map(let items) = item.value {
        maps.append((items, item.position))
      } else {
        diagnostics.append(.wrongType(path(to: key), item.value, expected: "a list of maps", at: item.position))
      }
    }
    return maps
  }

  /// Where a key stands; where the map does if it has no such key.
  func position(of key: ByteString) -> Position { items.item(key)?.position ?? position }

  func path(to key: ByteString) -> String { path.isEmpty ? key.text : "\(path).\(key)" }

  /// Takes over what a reader of an inner map found.
  mutating func append(_ other: Diagnostics) { diagnostics.append(contentsOf: other) }

  /// Adds what a reader of the whole found.
  mutating func append(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  private mutating func fail<T>(_ key: ByteString, _ value: Node, _ expected: String) -> T? {
    diagnostics.append(
      .wrongType(path(to: key), value, expected: expected, at: items.item(key)?.valuePosition ?? position))
    return nil
  }
}

extension Node {
  /// The number, if the node is one.
  var numberValue: Double? {
    switch self {
    case .int(let value): Double(value)
    case .unsigned(let value): Double(value)
    case .float(let value): value
    default: nil
    }
  }
}

extension Diagnostic {
  fileprivate static func missing(path: String, at position: Position) -> Diagnostic {
    Diagnostic("'\(path)' is missing", at: position)
  }

  fileprivate static func wrongType(
    _ path: String, _ value: Node, expected: String, at position: Position
  ) -> Diagnostic {
    Diagnostic("'\(path)' must be \(expected), not \(value.typeName)", at: position)
  }
}
