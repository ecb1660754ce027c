import APISchema
import Files

/// The tags behind the fields of structures: `json:"name,omitempty" protobuf:"…"`, read as Go's reflect package reads
/// them, which passes over everything from the first malformed pair on.
enum StructTag {
  /// What the literal of a tag says about JSON; nothing if it does not say anything.
  static func json(_ literal: ByteString) -> JSONTag? {
    guard let tag = StringLiteral.value(literal), let value = value(of: "json", in: tag) else { return nil }
    let parts = value.split(UInt8(ascii: ","))
    return JSONTag(name: parts[0], options: Array(parts.dropFirst()), isIgnored: value == "-")
  }

  private static func value(of key: ByteString, in tag: ByteString) -> ByteString? {
    var at = 0
    while true {
      while at < tag.count, tag[at] == UInt8(ascii: " ") { at += 1 }
      let start = at
      while at < tag.count, isKeyByte(tag[at]) { at += 1 }
      guard at > start, at + 1 < tag.count, tag[at] == UInt8(ascii: ":"), tag[at + 1] == UInt8(ascii: "\"") else {
        return nil
      }
      let name = tag[start..<at]
      let opening = at + 1
      at = opening + 1
      while at < tag.count, tag[at] != UInt8(ascii: "\"") { at += tag[at] == UInt8(ascii: "\\") ? 2 : 1 }
      guard at < tag.count else { return nil }
      at += 1
      if name == key { return StringLiteral.value(tag[opening..<at]) }
    }
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte != UInt8(ascii: ":") && byte != UInt8(ascii: "\"") && byte != 0x7F
  }
}
