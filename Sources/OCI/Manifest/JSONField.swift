package import Files
package import YAML

/// A field of a JSON document from outside, or its absence, and the path that leads to it, for messages.
package struct JSONField {
  package let node: Node?
  private let path: String
  private let document: SourceFile

  /// The document itself.
  /// - Parameter shown: what a message calls it.
  /// - Throws: a diagnostic if `contents` are no JSON.
  package init(document contents: ByteString, shown: String) throws(Diagnostic) {
    document = SourceFile.register(path: shown, contents: contents)
    node = try parseJSON(document)
    path = ""
  }

  private init(_ node: Node?, _ path: String, _ document: SourceFile) {
    self.node = node
    self.path = path
    self.document = document
  }

  /// Whether it is not there, or null.
  package var isMissing: Bool {
    switch node {
    case nil, .null?: true
    default: false
    }
  }

  /// The field below, as Go reads it: of several with one key, the last.
  package subscript(key: ByteString) -> JSONField {
    var value: Node?
    if case .map(let items)? = node { value = items.last { $0.key.stringValue == key }?.value }
    return JSONField(value, path.isEmpty ? key.text : "\(path).\(key)", document)
  }

  /// The items of a list; none if it is missing.
  package func list() throws(Diagnostic) -> [JSONField] {
    if isMissing { return [] }
    guard case .sequence(let items)? = node else { throw mistake("a list") }
    return items.enumerated().map { JSONField($0.element.value, "\(path)[\($0.offset)]", document) }
  }

  /// The items of a map with their keys; none if it is missing.
  package func entries() throws(Diagnostic) -> [(key: ByteString, value: JSONField)] {
    if isMissing { return [] }
    guard case .map(let items)? = node else { throw mistake("a map") }
    return items.compactMap { item in
      item.key.stringValue.map { ($0, JSONField(item.value, "\(path).\($0)", document)) }
    }
  }

  package func text() throws(Diagnostic) -> ByteString {
    guard let text = node?.stringValue else { throw mistake("a text") }
    return text
  }

  /// The text; nothing if it is missing.
  package func optionalText() throws(Diagnostic) -> ByteString? { isMissing ? nil : try text() }

  /// A number of bytes.
  package func size() throws(Diagnostic) -> Int {
    guard case .int(let value)? = node, value >= 0 else { throw mistake("a number of bytes") }
    return Int(value)
  }

  package func digest() throws(Diagnostic) -> ContentDigest {
    guard let digest = ContentDigest(written: try text()) else {
      throw mistake("a digest: sha256: and 64 hexadecimal digits")
    }
    return digest
  }

  package func annotations() throws(Diagnostic) -> [Annotation] {
    var annotations: [Annotation] = []
    for entry in try entries() { annotations.append(Annotation(name: entry.key, value: try entry.value.text())) }
    return annotations
  }

  /// What to say where something else stands.
  package func mistake(_ expected: String) -> Diagnostic {
    let place = path.isEmpty ? "the document" : "the field \(path)"
    return Diagnostic(
      isMissing && !path.isEmpty
        ? "\(document.path): \(place) is missing; expected \(expected)"
        : "\(document.path): \(place) is not \(expected)",
      hint: "this is not what its media type promises; whoever made it has to mend it")
  }
}

extension MapItem {
  init(_ key: ByteString, _ value: Node) { self.init(key: .string(key), value: value) }
}

extension Node {
  init(_ annotations: [Annotation]) {
    self = .map(annotations.map { MapItem($0.name, .string($0.value)) })
  }
}
