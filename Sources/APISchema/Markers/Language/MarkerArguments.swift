package import Files
package import YAML

/// The arguments that a marker was given, of the types that it declares.
package struct MarkerArguments: Sendable {
  private var values: [(name: ByteString, value: Node)] = []

  package init() {}

  package mutating func set(_ name: ByteString, _ value: Node) {
    values.removeAll { $0.name == name }
    values.append((name, value))
  }

  /// Whether the argument was given.
  package func has(_ name: ByteString) -> Bool { values.contains { $0.name == name } }

  /// The value of that name; nothing if it was not given.
  package func value(_ name: ByteString = .empty) -> Node? { values.first { $0.name == name }?.value }

  /// A string; empty if it was not given.
  package func string(_ name: ByteString = .empty) -> ByteString {
    if case .string(let text)? = value(name) { text } else { .empty }
  }

  /// A list of strings; empty if it was not given.
  package func strings(_ name: ByteString = .empty) -> [ByteString] {
    guard case .sequence(let items)? = value(name) else { return [] }
    return items.compactMap { if case .string(let text) = $0.value { text } else { nil } }
  }

  /// An integer; 0 if it was not given.
  package func int(_ name: ByteString = .empty) -> Int64 {
    if case .int(let value)? = value(name) { value } else { 0 }
  }

  /// A number; 0 if it was not given.
  package func number(_ name: ByteString = .empty) -> Double {
    switch value(name) {
    case .int(let value)?: Double(value)
    case .float(let value)?: value
    default: 0
    }
  }

  /// A truth value; nothing if it was not given.
  package func bool(_ name: ByteString = .empty) -> Bool? {
    if case .bool(let value)? = value(name) { value } else { nil }
  }
}
