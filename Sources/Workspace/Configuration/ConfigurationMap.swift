import Files
import Kubernetes
import YAML

/// Reads the keys of a map that somebody wrote, and tells all that is wrong with it: wrong types, unknown keys.
struct ConfigurationMap {
  private let items: [MapItem]
  private let known: [ByteString]
  private let place: SourceRange?
  private(set) var diagnostics = Diagnostics()

  /// - Parameter known: every key that the map may have.
  init(_ node: Node, of source: SourceFile, known: [ByteString]) {
    self.init(node, source.path, at: source.range(0..<1), known: known)
  }

  /// - Parameter name: what a message calls the map.
  private init(_ node: Node, _ name: String, at place: SourceRange?, known: [ByteString]) {
    self.known = known
    self.place = place
    if case .map(let items) = node {
      self.items = items
    } else {
      items = []
      diagnostics.append(
        Diagnostic("\(name) must hold a map, not \(node.typeName)", at: place, hint: "see 'sailplan init'"))
    }
    for item in items where !known.contains(where: { $0 == item.key.stringValue }) {
      diagnostics.append(Self.unknownKey(item, known: known))
    }
  }

  /// The text under a key; nothing where the key is missing or holds something else, which is noted.
  mutating func text(_ key: ByteString, required: Bool = false) -> (value: ByteString, range: SourceRange)? {
    guard let item = items.item(key) else {
      if required, diagnostics.list.isEmpty || !items.isEmpty {
        diagnostics.append(Diagnostic("the key '\(key)' is missing", at: place))
      }
      return nil
    }
    let range = SourceRange(start: item.position, length: UInt32(clamping: key.count))
    guard let value = item.value.stringValue else {
      diagnostics.append(Diagnostic("'\(key)' must be a string, not \(item.value.typeName)", at: range))
      return nil
    }
    return (value, range)
  }

  /// The map under a key; nothing where the key is missing or holds something else, which is noted.
  mutating func map(_ key: ByteString, known: [ByteString]) -> ConfigurationMap? {
    guard let item = items.item(key) else { return nil }
    let range = SourceRange(start: item.position, length: UInt32(clamping: key.count))
    guard case .map = item.value else {
      diagnostics.append(Diagnostic("'\(key)' must be a map, not \(item.value.typeName)", at: range))
      return nil
    }
    return ConfigurationMap(item.value, "'\(key)'", at: range, known: known)
  }

  /// The maps of the list under a key; none where the key is missing or holds something else, which is noted.
  mutating func entries(_ key: ByteString, known: [ByteString]) -> [ConfigurationMap] {
    guard let item = items.item(key) else { return [] }
    let range = SourceRange(start: item.position, length: UInt32(clamping: key.count))
    guard case .sequence(let entries) = item.value else {
      diagnostics.append(Diagnostic("'\(key)' must be a list, not \(item.value.typeName)", at: range))
      return []
    }
    return entries.map { entry in
      ConfigurationMap(entry.value, "an entry of '\(key)'", at: SourceRange(entry.position), known: known)
    }
  }

  /// The texts of the list under a key; none where the key is missing. What is no text is noted.
  mutating func texts(_ key: ByteString) -> [(value: ByteString, range: SourceRange)] {
    guard let item = items.item(key) else { return [] }
    let range = SourceRange(start: item.position, length: UInt32(clamping: key.count))
    guard case .sequence(let entries) = item.value else {
      diagnostics.append(Diagnostic("'\(key)' must be a list, not \(item.value.typeName)", at: range))
      return []
    }
    var texts: [(value: ByteString, range: SourceRange)] = []
    for entry in entries {
      if let text = entry.value.stringValue {
        texts.append((text, SourceRange(entry.position)))
      } else {
        diagnostics.append(
          Diagnostic("an entry of '\(key)' must be a string, not \(entry.value.typeName)", at: entry.position))
      }
    }
    return texts
  }

  /// The keys and texts of the map under a key, in its order; none where the key is missing. What is no text is noted.
  mutating func pairs(_ key: ByteString) -> [(key: ByteString, value: ByteString, range: SourceRange)] {
    guard let item = items.item(key) else { return [] }
    let range = SourceRange(start: item.position, length: UInt32(clamping: key.count))
    guard case .map(let entries) = item.value else {
      diagnostics.append(Diagnostic("'\(key)' must be a map, not \(item.value.typeName)", at: range))
      return []
    }
    var pairs: [(key: ByteString, value: ByteString, range: SourceRange)] = []
    for entry in entries {
      let name = entry.key.stringValue ?? ByteString(FieldValue.text(entry.key))
      let range = SourceRange(start: entry.position, length: UInt32(clamping: max(1, name.count)))
      if entry.key.stringValue == nil {
        diagnostics.append(Diagnostic("a key of '\(key)' must be a string, not \(entry.key.typeName)", at: range))
      } else if let value = entry.value.stringValue {
        pairs.append((name, value, range))
      } else {
        diagnostics.append(
          Diagnostic(
            "'\(name)' must be a string, not \(entry.value.typeName)", at: range,
            hint: "put it in quotes: '\(name): \"\(FieldValue.text(entry.value))\"'"))
      }
    }
    return pairs
  }

  /// Checks that a key has the one value that it may have.
  mutating func expect(_ key: ByteString, _ expected: ByteString) {
    guard let found = text(key, required: true), found.value != expected else { return }
    diagnostics.append(
      Diagnostic(
        "'\(key)' is '\(found.value)' (expected '\(expected)')", at: found.range,
        hint: "write '\(key): \(expected)'; a newer sailplan may be needed for other values"))
  }

  mutating func append(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  private static func unknownKey(_ item: MapItem, known: [ByteString]) -> Diagnostic {
    let name = item.key.stringValue ?? ByteString(FieldValue.text(item.key))
    let list = known.sorted().map(\.text).joined(separator: ", ")
    return Diagnostic(
      "unknown key '\(name)' (expected one of: \(list))",
      at: SourceRange(start: item.position, length: UInt32(clamping: max(1, name.count))),
      hint: Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" })
  }
}
