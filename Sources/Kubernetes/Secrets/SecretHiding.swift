package import Files
package import YAML

/// Takes secrets out of what reports show: the contents of Secrets, and values that came from one.
///
/// In place of a secret stands how long it is. That two differ still shows.
package struct SecretHiding: Sendable {
  /// What is a secret wherever it stands.
  private let values: Set<ByteString>

  /// The fewest bytes of a secret that is looked for inside longer texts: shorter ones are in too many of them.
  private static let fewestInside = 6

  /// - Parameter values: secrets that may have come into other fields than those that are there for secrets.
  package init(values: Set<ByteString> = []) { self.values = values.subtracting([.empty]) }

  // MARK: Objects

  /// The object, or the list of objects, without its secrets.
  package func hide(_ object: Node) -> Node { hide(object, alsoAs: .empty) }

  /// - Parameter kind: what the object may be besides what it says.
  private func hide(_ object: Node, alsoAs kind: ByteString) -> Node {
    let own = object.value(at: "kind")?.stringValue ?? .empty
    var object = object
    for place in SecretPlaces.places(ofKinds: [own, kind]) { object = Self.hide(object, at: place[...]) }
    if own.hasSuffix("List"), case .map(var items) = object,
      let index = items.firstIndex(where: { $0.key.stringValue == "items" }),
      case .sequence(let list) = items[index].value
    {
      items[index].value = .sequence(list.map { item in item.with(hide(item.value)) })
      object = .map(items)
    }
    return hideValues(object)
  }

  /// What stands at `place` in `node`, and all below it.
  private static func hide(_ node: Node, at place: ArraySlice<ByteString>) -> Node {
    guard let key = place.first else { return hideAll(node) }
    guard case .map(var items) = node else { return node }
    for index in items.indices where items[index].key.stringValue == key {
      items[index].value = hide(items[index].value, at: place.dropFirst())
    }
    return .map(items)
  }

  private static func hideAll(_ node: Node) -> Node {
    switch node {
    case .null: node
    case .map(let items):
      .map(items.map { $0.with(hideAll($0.value)) })
    case .sequence(let items):
      .sequence(items.map { $0.with(hideAll($0.value)) })
    case .string(let text): .string(placeholder(text))
    case .bool, .int, .unsigned, .float: .string("(secret)")
    }
  }

  private static func placeholder(_ text: ByteString) -> ByteString {
    let count = Base64.decode(text)?.count ?? text.count
    return ByteString("(secret, \(count) byte\(count == 1 ? "" : "s"))")
  }

  /// What is a secret wherever it stands.
  private func hideValues(_ node: Node) -> Node {
    guard holdsValue(node) else { return node }
    return switch node {
    case .map(let items): .map(items.map { $0.with(hideValues($0.value)) })
    case .sequence(let items): .sequence(items.map { $0.with(hideValues($0.value)) })
    default: Self.hideAll(node)
    }
  }

  private func holdsValue(_ text: ByteString) -> Bool {
    values.contains(text) || values.contains { $0.count >= Self.fewestInside && text.contains($0) }
  }

  private func holdsValue(_ node: Node) -> Bool {
    if values.isEmpty { return false }
    return switch node {
    case .null, .bool: false
    case .map(let items): items.contains { holdsValue($0.value) }
    case .sequence(let items): items.contains { holdsValue($0.value) }
    case .string(let text): holdsValue(text)
    case .int, .unsigned, .float: values.contains(ByteString(FieldValue.text(node)))
    }
  }

  // MARK: Differences

  /// The differences of an object of that kind, without its secrets.
  package func hide(_ fields: [FieldDifference], ofKind kind: ByteString) -> [FieldDifference] {
    // An object that is of another kind now was a Secret, or has become one.
    let kinds = fields.filter { $0.path.steps == [.key("kind")] }
      .flatMap { [$0.old?.stringValue, $0.new?.stringValue].compactMap(\.self) }
    let places = SecretPlaces.places(ofKinds: Set([kind] + kinds))
    return fields.map { field in
      var field = field
      // Beside a value that came from a secret stands what came from it earlier, or what should have come from it.
      let isValue = [field.old, field.new].contains { $0.map(holdsValue) ?? false }
      func hide(_ value: Node) -> Node {
        if case .string = value, isValue { return Self.hideAll(value) }
        return hideValues(Self.hide(value, at: field.path, places))
      }
      field.old = field.old.map(hide)
      field.new = field.new.map(hide)
      if case .string(let old)? = field.old, case .string(let new)? = field.new, old == new {
        field.new = .string(ByteString("(another " + new.text.dropFirst()))
      }
      return field
    }
  }

  private static func hide(_ value: Node, at path: FieldPath, _ places: [[ByteString]]) -> Node {
    let keys = path.steps.prefix { if case .key = $0 { true } else { false } }.compactMap { step in
      if case .key(let key) = step { key } else { nil }
    }
    var value = value
    for place in places {
      if keys.starts(with: place) { return hideAll(value) }
      if keys.count == path.steps.count, place.starts(with: keys) { value = hide(value, at: place[keys.count...]) }
    }
    return value
  }

  // MARK: Text

  /// Whether the text of a file may have secrets in it, as far as can be told without reading it.
  package func mayHide(_ text: ByteString) -> Bool {
    text.contains(SecretPlaces.tellTale) || values.contains { text.contains($0) }
  }

  /// The text of a file without its secrets. One without secrets stays as it is; one that may have some and cannot be
  /// read is left out.
  /// - Parameter kind: that of the object that the file should hold; empty if it should hold none.
  package func hide(text: ByteString, ofKind kind: ByteString = .empty) -> ByteString {
    let holdsValue = values.contains { text.contains($0) }
    guard mayHide(text) || !SecretPlaces.places(ofKinds: [kind]).isEmpty else { return text }
    guard let documents = try? ParsedFile.parse(SourceFile.register(path: "", contents: text)).documents,
      documents.allSatisfy({ $0.value.value(at: "kind") != nil })
    else { return ByteString("(not shown: it may hold secrets; \(text.count) bytes)\n") }
    let hidden = documents.map { document in
      var document = document
      document.value = hide(document.value, alsoAs: kind)
      return document
    }
    let isAsItWas = zip(documents, hidden).allSatisfy { $0.value.isEquivalent(to: $1.value) }
    return isAsItWas && !holdsValue ? text : print(hidden)
  }
}

extension ByteString {
  fileprivate func contains(_ part: ByteString) -> Bool {
    withBytes { text in
      part.withBytes { part in
        guard let first = part.first, part.count <= text.count else { return part.isEmpty }
        return (0...text.count - part.count).contains { start in
          text[start] == first && text[start..<start + part.count].elementsEqual(part)
        }
      }
    }
  }
}

extension MapItem {
  fileprivate func with(_ value: Node) -> MapItem {
    var item = self
    item.value = value
    return item
  }
}

extension SequenceItem {
  fileprivate func with(_ value: Node) -> SequenceItem {
    var item = self
    item.value = value
    return item
  }
}
