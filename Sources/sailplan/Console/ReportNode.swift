import Files
import Kubernetes
import YAML

// How reports say things in JSON.
extension Node {
  static func text(_ text: String) -> Node { .string(ByteString(text)) }

  static func object(_ items: [(ByteString, Node)]) -> Node {
    .map(items.map { MapItem(key: .string($0.0), value: $0.1) })
  }

  /// A place with its file, line and column; null where there is none.
  static func place(_ position: Position) -> Node {
    guard let source = position.source else { return .null }
    return .object([
      ("column", .int(Int64(position.column))), ("file", .text(source.path)), ("line", .int(Int64(position.line))),
    ])
  }

  static func list(_ nodes: [Node]) -> Node { .sequence(nodes.map { SequenceItem($0) }) }

  static func texts(_ texts: [String]) -> Node { .list(texts.map { .text($0) }) }

  /// What an object is.
  static func identity(_ identity: ObjectIdentity) -> Node {
    .object([
      ("apiVersion", .string(identity.apiVersion)), ("kind", .string(identity.kind)), ("name", .string(identity.name)),
      ("namespace", identity.namespace.isEmpty ? .null : .string(identity.namespace)),
    ])
  }

  /// The same as far as JSON can say it: keys that are no strings, and numbers that it lacks, become text.
  var inJSON: Node {
    switch self {
    case .float(let value) where !value.isFinite: .text(FieldValue.text(self))
    case .map(let items):
      .map(
        items.map { item in
          MapItem(key: .string(item.key.stringValue ?? ByteString(FieldValue.text(item.key))), value: item.value.inJSON)
        })
    case .sequence(let items): .list(items.map(\.value.inJSON))
    default: self
    }
  }

  /// The report that this is, as JSON with a line end.
  var reportText: ByteString {
    get throws(Diagnostics) {
      var out = ByteBuffer()
      try printJSON(self, style: JSONStyle(escapesHTML: false, indent: 2), into: &out)
      out.append(UInt8(ascii: "\n"))
      return out.finish()
    }
  }
}
