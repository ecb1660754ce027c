package import Files
import Kubernetes
import OCI
package import YAML

extension ImagesLock {
  /// Reads the text of a lock.
  /// - Throws: all that is wrong with it: other keys than a lock has, other types, images without a digest.
  package init(parsing source: SourceFile) throws(Diagnostics) {
    let documents = try ParsedFile.parse(source, options: ParseOptions(duplicateKeys: .error)).documents
      .filter { !$0.value.isNull }
    guard let document = documents.first else { throw Diagnostics(.noLock("it is empty", source.range(0..<0))) }
    if documents.count > 1 {
      throw Diagnostics(.noLock("it holds more than one document", SourceRange(documents[1].position)))
    }
    try self.init(document)
  }

  /// Reads the lock that a document holds.
  /// - Throws: all that is wrong with it.
  package init(_ document: Document) throws(Diagnostics) {
    var reader = ImagesLockReader()
    entries = reader.entries(document)
    try reader.diagnostics.throwIfErrors()
  }

  /// Whether a node says that it is a lock.
  package static func isLock(_ node: Node) -> Bool {
    node.value(at: "apiVersion")?.stringValue == apiVersion && node.value(at: "kind")?.stringValue == kind
  }
}

/// Reads a lock, and tells all that is wrong with it.
private struct ImagesLockReader {
  var diagnostics = Diagnostics()

  mutating func entries(_ document: Document) -> [ImagesLock.Entry] {
    let place = SourceRange(document.position)
    guard let items = map(document.value, "the lock", place, known: ["apiVersion", "images", "kind"]) else { return [] }
    expect("apiVersion", ImagesLock.apiVersion, in: items, place)
    expect("kind", ImagesLock.kind, in: items, place)
    guard let images = items.item("images"), !images.value.isNull else { return [] }
    guard case .sequence(let list) = images.value else {
      diagnostics.append(.wrongType("images", images.value, "a list", images.position))
      return []
    }
    return list.compactMap { entry($0) }
  }

  private mutating func entry(_ item: SequenceItem) -> ImagesLock.Entry? {
    let place = SourceRange(item.position)
    guard let items = map(item.value, "an entry of 'images'", place, known: ["annotations", "image"]) else {
      return nil
    }
    var annotations: [ByteString: ByteString] = [:]
    if let given = items.item("annotations"), !given.value.isNull,
      let pairs = map(given.value, "'annotations'", SourceRange(given.position), known: nil)
    {
      for pair in pairs {
        guard let key = pair.key.stringValue, let value = pair.value.stringValue else {
          diagnostics.append(.wrongType(FieldValue.text(pair.key), pair.value, "a string", pair.position))
          continue
        }
        annotations[key] = value
      }
    }
    guard let image = items.item("image") else {
      diagnostics.append(Diagnostic("an entry of 'images' has no 'image'", at: place))
      return nil
    }
    guard let text = image.value.stringValue else {
      diagnostics.append(.wrongType("image", image.value, "a string", image.position))
      return nil
    }
    do throws(Diagnostic) {
      let reference = try ImageReference(text)
      if reference.digest == nil { throw .noDigest(text) }
      return ImagesLock.Entry(reference, annotations: annotations)
    } catch {
      diagnostics.append(Diagnostic(error.message, at: SourceRange(image.position), hint: error.hint))
      return nil
    }
  }

  private mutating func map(_ node: Node, _ name: String, _ place: SourceRange, known: [ByteString]?) -> [MapItem]? {
    guard case .map(let items) = node else {
      diagnostics.append(Diagnostic("\(name) must be a map, not \(node.typeName)", at: place))
      return nil
    }
    guard let known else { return items }
    for item in items {
      let key = item.key.stringValue ?? ByteString(FieldValue.text(item.key))
      if known.contains(key) { continue }
      let list = known.map(\.text).joined(separator: ", ")
      diagnostics.append(
        Diagnostic(
          "unknown key '\(key)' (expected one of: \(list))", at: item.position,
          hint: Spelling.nearest(to: key, among: known).map { "did you mean '\($0)'?" }))
    }
    return items
  }

  private mutating func expect(_ key: ByteString, _ expected: ByteString, in items: [MapItem], _ place: SourceRange) {
    guard let item = items.item(key) else {
      return diagnostics.append(
        Diagnostic("the key '\(key)' is missing", at: place, hint: "write '\(key): \(expected)'"))
    }
    if item.value.stringValue != expected {
      diagnostics.append(
        Diagnostic("'\(key)' is \(FieldValue.text(item.value)) (expected '\(expected)')", at: item.position))
    }
  }
}

extension Diagnostic {
  fileprivate static func noLock(_ reason: String, _ place: SourceRange) -> Diagnostic {
    Diagnostic(
      "this is no lock of images: \(reason)", at: place, hint: "'sailplan images lock' writes one, and so does kbld")
  }

  fileprivate static func wrongType(_ key: String, _ value: Node, _ expected: String, _ place: Position) -> Diagnostic {
    Diagnostic("'\(key)' must be \(expected), not \(value.typeName)", at: place)
  }

  fileprivate static func wrongType(
    _ key: ByteString, _ value: Node, _ expected: String, _ place: Position
  ) -> Diagnostic {
    wrongType(key.text, value, expected, place)
  }

  fileprivate static func noDigest(_ text: ByteString) -> Diagnostic {
    Diagnostic("'\(text)' has no digest", hint: "a lock names images as 'registry/repository@sha256:…'")
  }
}

extension Node {
  fileprivate var isNull: Bool { if case .null = self { true } else { false } }
}
