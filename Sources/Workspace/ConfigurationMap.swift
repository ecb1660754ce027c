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
    self.known = known
    place = source.range(0..<1)
    if case .map(let items) = node {
      self.items = items
    } else {
      items = []
      diagnostics.append(
        Diagnostic("\(source.path) must hold a map, not \(node.typeName)", at: place, hint: "see 'sailplan init'"))
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
