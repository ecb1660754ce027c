import Files

/// String literals of Go.
enum StringLiteral {
  /// What a literal stands for, given with its quotes; nothing if it is none.
  static func value(_ literal: ByteString) -> ByteString? {
    guard literal.count >= 2, let quote = literal.first, literal.last == quote else { return nil }
    let inner = literal[1..<literal.count - 1]
    switch quote {
    case UInt8(ascii: "`"):
      if inner.firstIndex(of: quote) != nil { return nil }
      guard inner.firstIndex(of: UInt8(ascii: "\r")) != nil else { return inner }
      return ByteString(inner.bytes.filter { $0 != UInt8(ascii: "\r") })
    case UInt8(ascii: "\""): return unescaped(inner)
    default: return nil
    }
  }

  private static func unescaped(_ text: ByteString) -> ByteString? {
    if text.firstIndex(of: UInt8(ascii: "\n")) != nil { return nil }
    guard text.firstIndex(of: UInt8(ascii: "\\")) != nil else {
      return text.firstIndex(of: UInt8(ascii: "\"")) == nil ? text : nil
    }
    var out: [UInt8] = []
    var rest = text.bytes[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return nil }
      guard byte == UInt8(ascii: "\\") else {
        out.append(byte)
        continue
      }
      guard let escaped = escape(&rest) else { return nil }
      out += escaped
    }
    return ByteString(out)
  }

  /// The bytes of an escape sequence, behind its backslash.
  private static func escape(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    guard let letter = rest.popFirst() else { return nil }
    switch letter {
    case UInt8(ascii: "a"): return [7]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "v"): return [11]
    case UInt8(ascii: "\\"), UInt8(ascii: "\""): return [letter]
    case UInt8(ascii: "x"): return number(&rest, digits: 2, radix: 16).map { [UInt8(truncatingIfNeeded: $0)] }
    case UInt8(ascii: "u"): return number(&rest, digits: 4, radix: 16).flatMap(utf8)
    case UInt8(ascii: "U"): return number(&rest, digits: 8, radix: 16).flatMap(utf8)
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      rest = [letter] + rest
      return number(&rest, digits: 3, radix: 8).flatMap { $0 > 255 ? nil : [UInt8($0)] }
    default: return nil
    }
  }

  private static func utf8(_ value: UInt32) -> [UInt8]? {
    Unicode.Scalar(value).map { Array(String(Character($0)).utf8) }
  }

  private static func number(_ rest: inout ArraySlice<UInt8>, digits: Int, radix: Int) -> UInt32? {
    guard rest.count >= digits else { return nil }
    let text = String(decoding: rest.prefix(digits), as: UTF8.self)
    rest = rest.dropFirst(digits)
    guard !text.hasPrefix("+"), !text.hasPrefix("-") else { return nil }
    return UInt32(text, radix: radix)
  }
}
