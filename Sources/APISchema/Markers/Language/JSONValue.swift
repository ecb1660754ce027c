import Files
package import YAML

/// A value that went through JSON on its way into a manifest: every number was a double once, keys are in order.
///
/// An object, because two of them agree where schemas are merged only if both come from the same marker.
package final class JSONValue: Sendable, Equatable {
  package let node: Node

  /// The value with its numbers and its keys as manifests show them.
  init(_ value: Node) { node = Self.normalized(value) }

  package static func == (left: JSONValue, right: JSONValue) -> Bool { left === right || left.text == right.text }

  var isNull: Bool { if case .null = node { true } else { false } }

  private static func normalized(_ value: Node) -> Node {
    switch value {
    case .int(let number): return Self.number(Double(number))
    case .unsigned(let number): return Self.number(Double(number))
    case .float(let number): return Self.number(number)
    case .sequence(let items): return .sequence(items.map { SequenceItem(normalized($0.value)) })
    case .map(let items):
      let entries = items.map { MapItem(key: $0.key, value: normalized($0.value)) }
      return .map(
        entries.sorted {
          guard case .string(let left) = $0.key, case .string(let right) = $1.key else { return false }
          return NaturalOrder.precedes(left, right)
        })
    case .null, .bool, .string: return value
    }
  }

  /// An integer where its shortest digits are one that fits.
  static func number(_ value: Double) -> Node {
    if value.magnitude < 1e15, let integer = Int64(exactly: value) { return .int(integer) }
    guard value.magnitude < 1e20, value == value.rounded(.towardZero) else { return .float(value) }
    // Beyond what a double holds exactly, zeros follow its digits.
    let shortest = ShortestDigits(value)
    let digits = String(decoding: shortest.digits, as: UTF8.self)
    let text = digits + String(repeating: "0", count: max(0, shortest.exponent - digits.count))
    if let integer = Int64(value < 0 ? "-" + text : text) { return .int(integer) }
    return UInt64(text).map { .unsigned($0) } ?? .float(value)
  }

  /// As JSON text. A value out of JSON can always be written as such.
  var text: ByteString {
    var out = ByteBuffer()
    try? printJSON(node, into: &out)
    return out.finish()
  }
}
