package import Files
package import Kubernetes
package import YAML

/// An object of a tree, as far as it says what it is.
package struct CheckedObject: Sendable {
  package let identity: ObjectIdentity
  package let content: Node
  package let position: Position

  package init(_ object: KubernetesObject) {
    identity = object.identity
    content = object.content
    position = object.position
  }

  /// Nothing for what is no object, such as the values of a chart that lie among manifests.
  package init?(_ object: ListedObject) {
    guard let apiVersion = object.content.value(at: "apiVersion")?.stringValue,
      let kind = object.content.value(at: "kind")?.stringValue,
      let name = object.content.value(at: "metadata", "name")?.stringValue
    else { return nil }
    identity = ObjectIdentity(
      apiVersion: apiVersion, kind: kind,
      namespace: object.content.value(at: "metadata", "namespace")?.stringValue ?? .empty, name: name)
    content = object.content
    position = object.position
  }

  var name: String { identity.name.text }

  func value(_ path: ByteString...) -> Node? { content.value(at: path) }

  func text(_ path: ByteString...) -> String? { content.value(at: path)?.stringValue?.text }

  /// Where the key at the end of a path stands, or the last one above it that is there.
  package func position(_ path: ByteString...) -> Position {
    var node = content
    var found = position
    for key in path {
      guard case .map(let items) = node, let item = items.item(key) else { break }
      found = item.position
      node = item.value
    }
    return found
  }
}

extension Node? {
  /// The items of a list; none for anything else.
  var items: [SequenceItem] {
    if case .sequence(let items)? = self { return items }
    return []
  }

  /// The entries of a map; none for anything else.
  var entries: [MapItem] {
    if case .map(let items)? = self { return items }
    return []
  }

  var isTrue: Bool {
    if case .bool(true)? = self { return true }
    return false
  }
}
