import Files
import Starlark

/// A value of a module that has members and cannot become YAML, like the result of `url.parse`.
final class OpaqueValue: Object {
  private let name: ByteString
  /// What to do instead, in words that follow "Unable to convert value: ".
  let conversionHint: ByteString
  private let members: [(name: ByteString, value: Value)]

  init(_ name: ByteString, hint: ByteString, members: [(name: ByteString, value: Value)]) {
    self.name = name
    self.members = members
    conversionHint = hint
  }

  override var typeName: ByteString { name }
  override func writeRepr(into out: inout Output) { out.append("struct(...)") }
  override var attributeNames: [ByteString] { members.map(\.name) }

  override func attribute(_ name: ByteString) throws(Failure) -> Value? {
    members.first { $0.name == name }?.value
  }

  /// A member that is a function without parameters. `name` is its full name, of which the last part is the member's.
  static func method(
    _ name: ByteString, _ body: @escaping () throws(Failure) -> Value
  ) -> (name: ByteString, value: Value) {
    let parts = name.split(at: UInt8(ascii: "."))
    let value = Value.function(name) { arguments, _ throws(Failure) in
      guard arguments.positional.isEmpty else { throw Failure("expected no argument") }
      return try body()
    }
    return (parts[parts.count - 1], value)
  }
}
