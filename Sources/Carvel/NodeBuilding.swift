import Files
import YAML

extension Node {
  /// A map of these keys, without those that have no value.
  static func fields(_ items: KeyValuePairs<ByteString, Node?>) -> Node {
    .map(items.compactMap { key, value in value.map { MapItem(key: .string(key), value: $0) } })
  }

  /// A map of texts; nothing where it would be empty.
  static func textFields(_ items: [(key: ByteString, value: ByteString)]) -> Node? {
    items.isEmpty ? nil : .map(items.map { MapItem(key: .string($0.key), value: .string($0.value)) })
  }

  /// A list; nothing where it would be empty.
  static func items(_ items: [Node]) -> Node? { items.isEmpty ? nil : .sequence(items.map { SequenceItem($0) }) }

  /// A list of texts; nothing where it would be empty.
  static func texts(_ texts: [ByteString]) -> Node? { items(texts.map { .string($0) }) }

  /// A text; nothing where it would be empty.
  static func text(_ text: ByteString) -> Node? { text.isEmpty ? nil : .string(text) }

  /// A text; nothing for nothing.
  static func text(_ text: ByteString?) -> Node? { text.map { .string($0) } }

  /// A reference by name; nothing for nothing.
  static func named(_ name: ByteString?) -> Node? { name.map { .fields(["name": .string($0)]) } }

  /// A custom resource.
  static func resource(
    _ apiVersion: ByteString, _ kind: ByteString, name: ByteString, namespace: ByteString = .empty,
    annotations: Node? = nil, spec: Node
  ) -> Node {
    let metadata = Node.fields([
      "name": .string(name), "namespace": .text(namespace), "annotations": annotations,
    ])
    return .fields([
      "apiVersion": .string(apiVersion), "kind": .string(kind), "metadata": metadata, "spec": spec,
    ])
  }
}
