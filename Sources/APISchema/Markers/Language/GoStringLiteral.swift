package import Files

/// Strings as Go source writes them.
package enum GoStringLiteral {
  /// What a literal in double quotes or backquotes stands for; nothing if it is none.
  package static func unquote(_ literal: ByteString) -> ByteString? {
    guard literal.count >= 2 else { return nil }
    let quote = literal[0]
    guard literal[literal.count - 1] == quote else { return nil }
    let text = literal[1..<literal.count - 1]
    if quote == UInt8(ascii: "`") {
      guard text.firstIndex(of: quote) == nil else { return nil }
      return text.firstIndex(of: 0x0D) == nil ? text : ByteString(text.bytes.filter { $0 != 0x0D })
    }
    guard quote == UInt8(ascii: "\"") else { return nil }
    guard text.firstIndex(of: UInt8(ascii: "\\")) != nil else {
      return text.firstIndex(of: quote) == nil && text.firstIndex(of: UInt8(ascii: "\n")) == nil ? text : nil
    }
    return unescape(text.bytes)
  }

  private static func unescape(_ bytes: [UInt8]) -> ByteString? {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") { return nil }
      guard byte == UInt8(ascii: "\\") else {
        out.append(byte)
        continue
      }
      guard index < bytes.count else { return nil }
      let mark = bytes[index]
      index += 1
      switch mark {
      case UInt8(ascii: "a"): out.append(0x07)
      case UInt8(ascii: "b"): out.append(0x08)
      case UInt8(ascii: "f"): out.append(0x0C)
      case UInt8(ascii: "n"): out.append(0x0A)
      case UInt8(ascii: "r"): out.append(0x0D)
      case UInt8(ascii: "t"): out.append(0x09)
      case UInt8(ascii: "v"): out.append(0x0B)
      case UInt8(ascii: "\\"), UInt8(ascii: "\""): out.append(mark)
      case UInt8(ascii: "x"):
        guard let value = number(bytes, &index, digits: 2, base: 16) else { return nil }
        out.append(UInt8(truncatingIfNeeded: value))
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        index -= 1
        guard let value = number(bytes, &index, digits: 3, base: 8), value <= 255 else { return nil }
        out.append(UInt8(value))
      case UInt8(ascii: "u"), UInt8(ascii: "U"):
        let digits = mark == UInt8(ascii: "u") ? 4 : 8
        guard let value = number(bytes, &index, digits: digits, base: 16), let scalar = Unicode.Scalar(value) else {
          return nil
        }
        out += Array(String(Character(scalar)).utf8)
      default: return nil
      }
    }
    return ByteString(out)
  }

  private static func number(_ bytes: [UInt8], _ index: inout Int, digits: Int, base: UInt32) -> UInt32? {
    guard index + digits <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[index..<index + digits] {
      guard let digit = MarkerScanner.hexValue(Unicode.Scalar(byte)), digit < base else { return nil }
      (value, _) = value.multipliedReportingOverflow(by: base)
      value &+= UInt32(digit)
    }
    index += digits
    return value
  }
}
