package import Files
package import YAML

extension Node {
  /// What people call this kind of value; the names are those of ytt's messages.
  package var kindName: ByteString {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .int, .unsigned: "integer"
    case .float: "float"
    case .string: "string"
    case .map: "map"
    case .sequence: "array"
    }
  }

  /// Whether it is null.
  package var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// Whether it is a map or a sequence.
  package var isCollection: Bool {
    switch self {
    case .map, .sequence: true
    default: false
    }
  }

  /// Whether two maps, or two sequences, are one and the same in memory.
  package func isOneCollection(with other: Node) -> Bool {
    switch (self, other) {
    case (.map(let left), .map(let right)): Self.areOne(left, right)
    case (.sequence(let left), .sequence(let right)): Self.areOne(left, right)
    default: false
    }
  }

  private static func areOne<Item>(_ left: [Item], _ right: [Item]) -> Bool {
    left.withUnsafeBufferPointer { left in right.withUnsafeBufferPointer { left.baseAddress == $0.baseAddress } }
  }

  /// The text of a scalar used as a key, in messages and paths.
  package var keyText: String {
    switch self {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .int(let number): String(number)
    case .unsigned(let number): String(number)
    case .float(let number): String(number)
    case .string(let text): text.text
    case .map: "{…}"
    case .sequence: "[…]"
    }
  }

  /// Whether two scalars are the same value of the same type. An integer is never equal to a float, as in ytt; two
  /// collections are never the same scalar.
  package func isSameScalar(as other: Node) -> Bool {
    switch (self, other) {
    case (.string(let left), .string(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.unsigned(let left), .unsigned(let right)): left == right
    case (.bool(let left), .bool(let right)): left == right
    case (.float(let left), .float(let right)): left == right
    case (.null, .null): true
    default: false
    }
  }
}
