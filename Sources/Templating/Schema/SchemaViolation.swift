package import Files
import Starlark
import YAML

/// One thing in data values that the schema does not allow, or in a schema that makes no sense.
package struct SchemaViolation: Sendable {
  /// What kind of thing is wrong.
  package enum Kind: Sendable, Hashable {
    /// The value has another type than the schema says.
    case type
    /// The schema declares no such key.
    case key
    /// The schema itself is wrong.
    case schema
  }

  /// How ytt refers to the place in the schema: `integer (by s.yml:3)`, `a key declared in map (from s.yml:2)`.
  enum Reference: String, Sendable {
    case by, from
  }

  package var kind: Kind
  /// Where the item with the value stands: the place of its key, dash or `---`.
  package var position: Position
  /// The item with the value, where it stands in no file.
  package var calculated: String?
  /// The annotations that led here.
  package var annotations: [Position] = []
  /// What is wrong, if that does not follow from what was expected and found.
  package var summary: String?
  package var found: String
  /// What the schema allows, its place left out.
  package var expected: String
  /// The word between what is expected and its place, as ytt puts it.
  var reference: Reference?
  package var hints: [String] = []
  /// The keys that are allowed where one is not, in the order of the schema.
  package var allowedKeys: [String] = []
  /// Where the schema says what it expects.
  package var definition: Position = .none
}

extension SchemaViolation {
  /// A value of the wrong type.
  static func mismatch(_ node: Node, _ position: Position, _ type: SchemaType) -> SchemaViolation {
    SchemaViolation(
      kind: .type, position: position, found: node.kindName.text, expected: type.name, reference: .by,
      definition: type.position)
  }

  /// A value so deep that it was not looked at.
  static func tooDeep(_ position: Position, _ type: SchemaType) -> SchemaViolation {
    SchemaViolation(
      kind: .type, position: position, found: "more levels", expected: "at most \(Overlay.maximumDepth) levels",
      definition: type.position)
  }

  /// The most keys that a message lists.
  private static let listedKeys = 9

  /// A key that the schema does not declare.
  static func unknownKey(_ item: MapItem, _ map: SchemaMap, _ type: SchemaType) -> SchemaViolation {
    let keys = map.items.map { ByteString($0.key.keyText) }.sorted()
    let expected =
      switch keys.count {
      case 1: "a map item with the key named \"\(keys[0])\""
      case 2...listedKeys: "one of { \(keys.map(\.text).joined(separator: ", ")) }"
      default: "a key declared in map"
      }
    var violation = SchemaViolation(
      kind: .key, position: item.position, summary: "Given data value is not declared in schema",
      found: item.key.keyText, expected: expected, reference: .from, definition: type.position)
    violation.allowedKeys = map.items.map(\.key.keyText)
    if let near = Spelling.nearest(to: ByteString(item.key.keyText), among: keys) {
      violation.hints = ["did you mean \"\(near)\"?"]
    }
    return violation
  }

  /// How to mend a value of the wrong type, where that is clear. ytt says nothing there, so these are for our own
  /// reports only.
  private var ownHint: String? {
    guard kind == .type else { return nil }
    if found == "null" { return "give it a value, or leave the key out to get the default" }
    if expected == "string", found == "integer" || found == "float" || found == "boolean" {
      return "put the value in quotes"
    }
    return nil
  }

  /// What is expected, with its place, as ytt prints it.
  var expectedText: String {
    guard let reference else { return expected }
    return "\(expected) (\(reference.rawValue) \(definition))"
  }

  /// The violation as a diagnostic of our own, pointing at the key or the value that is wrong.
  package var diagnostic: Diagnostic {
    var notes: [Diagnostic.Note] = []
    if definition.file != 0 { notes.append(.init("the schema declares it here", at: SourceRange(definition))) }
    for annotation in annotations { notes.append(.init("annotated here", at: SourceRange(annotation))) }
    let hint = hints.isEmpty ? ownHint : hints.joined(separator: "\n")
    switch kind {
    case .key:
      let keys = allowedKeys.joined(separator: ", ")
      return Diagnostic(
        "unknown key '\(found)' (expected one of: \(keys))", at: position.rangeOfKey, notes: notes, hint: hint)
    case .type:
      return Diagnostic(
        "expected \(expected), but found \(found)", at: position.rangeOfValue, notes: notes, hint: hint)
    case .schema:
      let subject = summary.map { "\($0): " } ?? ""
      return Diagnostic(
        "\(subject)expected \(expected), but found \(found)", at: position.rangeOfKey, notes: notes, hint: hint)
    }
  }
}
