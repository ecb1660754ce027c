package import Files
package import YAML

/// The way from an object to one of its fields: `spec.template.spec.containers[name=velero].args[2]`.
package struct FieldPath: Hashable, Sendable {
  /// One step down.
  package enum Step: Hashable, Sendable {
    case key(ByteString)
    case index(Int)
    /// An item of a list whose items tell themselves apart by the value of one key.
    case item(key: ByteString, value: ByteString)
    /// Whatever item of a list, or whatever value of a map: a step in a schema.
    case anyItem, anyValue
  }

  package var steps: [Step]

  package init(_ steps: [Step] = []) { self.steps = steps }

  /// The path one step further down.
  package func appending(_ step: Step) -> FieldPath { FieldPath(steps + [step]) }
}

extension FieldPath: CustomStringConvertible {
  /// As people write it; a key that is no plain word stands in brackets and quotes. The object itself is `.`.
  package var description: String {
    if steps.isEmpty { return "." }
    var text = ""
    for step in steps {
      switch step {
      case .index(let index): text += "[\(index)]"
      case .anyItem: text += "[]"
      case .anyValue: text += "{}"
      case .item(let key, let value): text += "[\(key)=\(Self.plain(value))]"
      case .key(let key) where Self.isWord(key): text += text.isEmpty ? key.text : "." + key.text
      case .key(let key): text += "[\(FieldValue.text(.string(key), widest: .max))]"
      }
    }
    return text
  }

  /// The name of an item, in quotes if it has anything in it that would not be seen.
  private static func plain(_ value: ByteString) -> String {
    let quoted = FieldValue.text(.string(value), widest: .max)
    return quoted.count == value.text.count + 2 ? value.text : quoted
  }

  private static func isWord(_ key: ByteString) -> Bool {
    !key.isEmpty
      && key.withBytes { bytes in
        bytes.allSatisfy {
          ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D || $0 == 0x5F
        }
      }
  }
}

extension Node {
  /// Where the field stands that a path leads to, or the last one above it that is there.
  /// - Parameter start: where the node itself stands.
  package func position(at path: FieldPath, from start: Position) -> Position {
    var node = self
    var position = start
    for step in path.steps {
      switch (step, node) {
      case (.key(let key), .map(let items)):
        guard let item = items.item(key) else { return position }
        (node, position) = (item.value, item.position)
      case (.index(let index), .sequence(let items)):
        guard items.indices.contains(index) else { return position }
        (node, position) = (items[index].value, items[index].position)
      case (.item(let key, let value), .sequence(let items)):
        guard let item = items.first(where: { $0.value.value(at: key)?.stringValue == value }) else { return position }
        (node, position) = (item.value, item.position)
      default: return position
      }
    }
    return position
  }
}
