import Files
import Kubernetes
import YAML

// How the tests of this folder say objects without a parser: `object("apps/v1", "Deployment", "velero", "velero")`.

func map(_ items: KeyValuePairs<ByteString, Node>) -> Node {
  .map(items.map { MapItem(key: .string($0.key), value: $0.value) })
}

func list(_ items: Node...) -> Node { .sequence(items.map { SequenceItem($0) }) }

func content(
  _ apiVersion: ByteString, _ kind: ByteString, _ namespace: ByteString?, _ name: ByteString,
  _ rest: KeyValuePairs<ByteString, Node> = [:]
) -> Node {
  var metadata: [MapItem] = [MapItem(key: .string("name"), value: .string(name))]
  if let namespace { metadata.append(MapItem(key: .string("namespace"), value: .string(namespace))) }
  return .map(
    [
      MapItem(key: .string("apiVersion"), value: .string(apiVersion)),
      MapItem(key: .string("kind"), value: .string(kind)),
      MapItem(key: .string("metadata"), value: .map(metadata)),
    ] + rest.map { MapItem(key: .string($0.key), value: $0.value) })
}

func definition(_ name: ByteString, version: ByteString) -> Node {
  content(
    "apiextensions.k8s.io/v1", "CustomResourceDefinition", nil, name,
    ["spec": map(["group": "velero.io", "versions": list(map(["name": .string(version)]))])])
}

func objectSet(_ nodes: [Node]) throws(Diagnostics) -> ObjectSet {
  try ObjectSet(documents: nodes.map { Document($0) })
}

extension Node: ExpressibleByStringLiteral {
  package init(stringLiteral text: StaticString) { self = .string(ByteString(stringLiteral: text)) }
}

extension Node: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: Int64) { self = .int(value) }
}

extension Node: ExpressibleByBooleanLiteral {
  package init(booleanLiteral value: Bool) { self = .bool(value) }
}
