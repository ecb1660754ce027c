import Files

/// Percent-encoding as Go's `net/url` does it in each part of a URL.
enum PercentEncoding {
  case path, pathSegment, host, userPassword, queryComponent, fragment

  /// Whether a byte is written as `%XX`.
  func escapes(_ byte: UInt8) -> Bool {
    switch Unicode.Scalar(byte) {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "~": return false
    case "!", "'", "(", ")", "*":
      if self == .host { return false }
      return !(self == .fragment && byte != UInt8(ascii: "'"))
    case "[", "]", "<", ">", "\"": return self != .host
    case "$", "&", "+", ",", "/", ":", ";", "=", "?", "@":
      switch self {
      case .path: return byte == UInt8(ascii: "?")
      case .pathSegment: return "/;,?".utf8.contains(byte)
      case .userPassword: return "@/?:".utf8.contains(byte)
      case .queryComponent: return true
      case .fragment: return false
      case .host: return !"$&+,;=:".utf8.contains(byte)
      }
    default: return true
    }
  }

  func encode(_ text: ByteString) -> ByteString {
    let digits = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = []
    for byte in text.bytes {
      if byte == UInt8(ascii: " ") && self == .queryComponent {
        out.append(UInt8(ascii: "+"))
      } else if escapes(byte) {
        out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        out.append(byte)
      }
    }
    return ByteString(out)
  }

  /// Why a text cannot be decoded, in Go's words.
  struct Problem: Error {
    let message: String
  }

  func decode(_ text: ByteString) throws(Problem) -> ByteString {
    var out: [UInt8] = []
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "%") {
        let end = min(index + 3, text.count)
        let digits = text[index + 1..<end]
        guard digits.count == 2, digits.bytes.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
          let value = UInt8(digits.text, radix: 16), self != .host || value >= 0x80
        else { throw Problem(message: "invalid URL escape \"\(text[index..<end])\"") }
        out.append(value)
        index += 3
        continue
      }
      if self == .host, byte < 0x80, escapes(byte) {
        throw Problem(message: "invalid character \"\(Unicode.Scalar(byte))\" in host name")
      }
      out.append(byte == UInt8(ascii: "+") && self == .queryComponent ? UInt8(ascii: " ") : byte)
      index += 1
    }
    return ByteString(out)
  }

  /// Whether a text may stand as it is, its escapes included.
  func accepts(_ text: ByteString) -> Bool {
    text.bytes.allSatisfy { "!$&'()*+,;=:@[]%".utf8.contains($0) || !escapes($0) }
  }
}
