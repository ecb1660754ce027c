import APISchema
import Files

/// The documentation of the standard library as it was before its names became links: `[Marshaler]` was `Marshaler` in
/// the releases of Go that early releases of controller-gen were run with.
enum DocumentationLinks {
  static func removed(from type: APIType) -> APIType {
    var type = type
    type.documentation = type.documentation.map(removed)
    guard case .structure(var fields) = type.definition.form else { return type }
    for index in fields.indices { fields[index].documentation = fields[index].documentation.map(removed) }
    type.definition.form = .structure(fields)
    return type
  }

  private static func removed(from group: CommentGroup) -> CommentGroup {
    CommentGroup(group.comments.map { CommentGroup.Comment(removed(from: $0.text), at: $0.position) })
  }

  private static func removed(from text: ByteString) -> ByteString {
    var out: [UInt8] = []
    var rest = text.bytes[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")), isName(rest[..<end]) else {
        out.append(byte)
        continue
      }
      out += rest[..<end]
      rest = rest[(end + 1)...]
    }
    return ByteString(out)
  }

  /// `Marshaler`, `time.Duration`, `*Time`, `Time.MarshalJSON`
  private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
    let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
    let small = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    func belongs(_ byte: UInt8) -> Bool {
      capitals.contains(byte) || small.contains(byte) || digits.contains(byte) || ".*_/".utf8.contains(byte)
    }
    return bytes.contains(where: capitals.contains) && bytes.allSatisfy(belongs)
  }
}
