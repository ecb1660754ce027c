import Files
import YAML

/// What `metadata` of any object may hold (apimachinery, ObjectMeta): the API server checks it beside the schema.
enum ObjectMetadata {
  private static let texts: Set<ByteString> = [
    "name", "generateName", "namespace", "selfLink", "uid", "resourceVersion", "creationTimestamp", "deletionTimestamp",
    "clusterName",
  ]
  private static let numbers: Set<ByteString> = ["generation", "deletionGracePeriodSeconds"]
  private static let lists: Set<ByteString> = ["ownerReferences", "finalizers", "managedFields"]
  private static let maps: Set<ByteString> = ["labels", "annotations"]

  /// - Parameter scope: the scope of the kind; nothing for an object inside another, which needs no name.
  static func check(_ item: MapItem, _ path: FieldPath, scope: ByteString?, _ check: inout ValueCheck) {
    guard case .map(let items) = item.value else {
      return check.append(fail(path, "must be a map, not \(item.value.typeName)", at: item.valuePosition))
    }
    for field in items {
      guard let name = field.keyText else {
        check.append(fail(path, "must have keys that are scalars, not \(field.key.typeName)", at: field.position))
        continue
      }
      checkField(field, name, path.appending(.key(name)), &check)
    }
    guard let scope else { return }
    let hasName = [ByteString("name"), "generateName"].contains { items.item($0)?.value.stringValue?.isEmpty == false }
    if !hasName {
      check.append(fail(path.appending(.key("name")), "is required", at: item.position, hint: "give the object a name"))
    }
    if let name = items.item("name"), case .string(let text) = name.value, !text.isEmpty, !isName(text) {
      check.append(
        fail(
          path.appending(.key("name")),
          "must be lower-case letters, digits, '-' and '.', beginning and ending with a letter or digit, at most 253",
          at: name.valuePosition))
    }
    if scope == "Cluster", let namespace = items.item("namespace"), namespace.value.stringValue?.isEmpty == false {
      check.append(
        fail(
          path.appending(.key("namespace")), "must not be given: objects of this kind are in no namespace",
          at: namespace.position))
    }
  }

  private static func checkField(_ field: MapItem, _ name: ByteString, _ path: FieldPath, _ check: inout ValueCheck) {
    // What is null might as well be left out: `creationTimestamp: null` stands in many generated files.
    if case .null = field.value { return }
    let expected: String
    switch (field.value, name) {
    case (.string, _) where texts.contains(name): return
    case (.int, _) where numbers.contains(name): return
    case (.sequence, _) where lists.contains(name): return
    case (.map(let values), _) where maps.contains(name):
      for value in values { checkEntry(value, of: name, path, &check) }
      return
    case _ where texts.contains(name): expected = "a string"
    case _ where numbers.contains(name): expected = "an integer"
    case _ where lists.contains(name): expected = "a list"
    case _ where maps.contains(name): expected = "a map"
    default:
      let known = Array(texts.union(numbers).union(lists).union(maps)).sorted()
      let near = Spelling.nearest(to: name, among: known)
      var diagnostic = Diagnostic(
        "'\(path)' is no field of metadata and would be dropped",
        at: SourceRange(start: field.position, length: UInt32(clamping: name.count)),
        hint: near.map { "did you mean '\($0)'?" } ?? "remove it", severity: .warning)
      diagnostic.field = path.description
      return check.append(diagnostic)
    }
    check.append(fail(path, "must be \(expected), not \(field.value.typeName)", at: field.valuePosition))
  }

  /// A label or an annotation.
  private static func checkEntry(
    _ entry: MapItem, of name: ByteString, _ path: FieldPath, _ check: inout ValueCheck
  ) {
    guard let key = entry.keyText else {
      return check.append(fail(path, "must have keys that are scalars, not \(entry.key.typeName)", at: entry.position))
    }
    let place = path.appending(.key(key))
    guard case .string(let text) = entry.value else {
      let shown = FieldValue.text(entry.value)
      return check.append(
        fail(
          place, "must be a string, not \(entry.value.typeName)", at: entry.valuePosition,
          hint: "put it in quotes: \"\(shown)\""))
    }
    if name == "labels", !isLabelValue(text) {
      check.append(
        fail(
          place, "must be at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit",
          at: entry.valuePosition))
    }
  }

  private static func isLetterOrDigit(_ byte: UInt8, lowerCaseOnly: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): !lowerCaseOnly
    default: false
    }
  }

  /// A DNS subdomain (RFC 1123).
  private static func isName(_ text: ByteString) -> Bool {
    text.count <= 253
      && text.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
        guard let first = part.first, let last = part.last else { return false }
        return isLetterOrDigit(first, lowerCaseOnly: true) && isLetterOrDigit(last, lowerCaseOnly: true)
          && part.allSatisfy { isLetterOrDigit($0, lowerCaseOnly: true) || $0 == UInt8(ascii: "-") }
      }
  }

  private static func isLabelValue(_ text: ByteString) -> Bool {
    let bytes = text.bytes
    guard let first = bytes.first, let last = bytes.last else { return true }
    return bytes.count <= 63 && isLetterOrDigit(first, lowerCaseOnly: false)
      && isLetterOrDigit(last, lowerCaseOnly: false)
      && bytes.allSatisfy {
        isLetterOrDigit($0, lowerCaseOnly: false)
          || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains($0)
      }
  }

  private static func fail(
    _ path: FieldPath, _ message: String, at position: Position, hint: String? = nil
  ) -> Diagnostic {
    var diagnostic = Diagnostic("'\(path)' \(message)", at: position, hint: hint)
    diagnostic.field = path.description
    return diagnostic
  }
}
