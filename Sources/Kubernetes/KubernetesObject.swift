package import Files
package import YAML

/// A Kubernetes object: a map that says what it is.
package struct KubernetesObject: Sendable {
  package let identity: ObjectIdentity
  /// The whole object; always a map.
  package let content: Node
  /// Where it was written.
  package let position: Position

  /// Reads the identity of `content`.
  /// - Throws: a diagnostic for each part of the identity that is missing, of the wrong type, or cannot be one.
  package init(_ content: Node, position: Position = .none) throws(Diagnostics) {
    guard case .map(let items) = content else {
      throw Diagnostics(.notAnObject(content, at: position))
    }
    var reader = IdentityReader(position: position)
    let apiVersion = reader.text(items, "apiVersion", of: "the object")
    let kind = reader.text(items, "kind", of: "the object")
    let metadata = reader.map(items, "metadata")
    let name = metadata.map { reader.text($0, "name", of: "metadata") } ?? .empty
    let namespace = metadata.map { reader.optionalText($0, "namespace") } ?? .empty
    reader.checkParts(apiVersion: apiVersion, kind: kind, namespace: namespace, name: name)
    try reader.diagnostics.throwIfErrors()
    identity = ObjectIdentity(apiVersion: apiVersion, kind: kind, namespace: namespace, name: name)
    self.content = content
    self.position = position
  }

  /// The same object with other contents, of which the identity stays as it is.
  init(identity: ObjectIdentity, content: Node, position: Position) {
    self.identity = identity
    self.content = content
    self.position = position
  }
}

/// Collects what is wrong with an identity, so that all of it can be told at once.
private struct IdentityReader {
  let position: Position
  var diagnostics = Diagnostics()

  mutating func map(_ items: [MapItem], _ key: ByteString) -> [MapItem]? {
    guard let item = items.item(key) else {
      diagnostics.append(.missing(key, of: "the object", at: position))
      return nil
    }
    guard case .map(let inner) = item.value else {
      diagnostics.append(.wrongType(key, item.value, expected: "a map", at: item.position))
      return nil
    }
    return inner
  }

  mutating func text(_ items: [MapItem], _ key: ByteString, of owner: String) -> ByteString {
    guard let item = items.item(key) else {
      diagnostics.append(.missing(key, of: owner, at: position))
      return .empty
    }
    guard case .string(let text) = item.value, !text.isEmpty else {
      diagnostics.append(.wrongType(key, item.value, expected: "a string that is not empty", at: item.position))
      return .empty
    }
    return text
  }

  mutating func optionalText(_ items: [MapItem], _ key: ByteString) -> ByteString {
    guard let item = items.item(key) else { return .empty }
    switch item.value {
    case .null: return .empty
    case .string(let text): return text
    default:
      diagnostics.append(.wrongType(key, item.value, expected: "a string", at: item.position))
      return .empty
    }
  }

  /// Every part becomes a part of a file's name, so none may lead out of its folder; Kubernetes allows none of these
  /// either (path segment names, API conventions).
  mutating func checkParts(apiVersion: ByteString, kind: ByteString, namespace: ByteString, name: ByteString) {
    let slash = apiVersion.firstIndex(of: UInt8(ascii: "/"))
    let rest = slash.map { apiVersion[$0 + 1..<apiVersion.count] } ?? .empty
    if slash == 0 || rest.firstIndex(of: UInt8(ascii: "/")) != nil || (slash != nil && rest.isEmpty) {
      diagnostics.append(.badPart("apiVersion", apiVersion, expected: "version or group/version", at: position))
    }
    let parts: [(String, ByteString)] = [
      ("apiVersion", slash == nil ? apiVersion : .empty), ("kind", kind), ("metadata.namespace", namespace),
      ("metadata.name", name),
    ]
    for (label, part) in parts where !Self.canBePathPart(part) {
      diagnostics.append(.badPart(label, part, expected: "text without '/', '%' and control characters", at: position))
    }
  }

  private static func canBePathPart(_ part: ByteString) -> Bool {
    if part == "." || part == ".." { return false }
    return part.withBytes { bytes in
      bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "%") }
    }
  }
}

extension Diagnostic {
  fileprivate static func notAnObject(_ node: Node, at position: Position) -> Diagnostic {
    Diagnostic(
      "a Kubernetes object must be a map, not \(node.typeName)", at: position,
      hint: "give it apiVersion, kind and metadata.name, or remove the document")
  }

  fileprivate static func missing(_ key: ByteString, of owner: String, at position: Position) -> Diagnostic {
    Diagnostic(
      "\(owner) has no '\(key)'", at: position, hint: "every Kubernetes object needs apiVersion, kind and metadata.name"
    )
  }

  fileprivate static func wrongType(
    _ key: ByteString, _ value: Node, expected: String, at position: Position
  ) -> Diagnostic {
    Diagnostic("'\(key)' must be \(expected), not \(value.typeName)", at: position)
  }

  fileprivate static func badPart(
    _ label: String, _ value: ByteString, expected: String, at position: Position
  ) -> Diagnostic {
    Diagnostic("\(label) cannot be '\(value)' (expected \(expected))", at: position)
  }
}
