import BigInt
import Files

extension Lexer {
  /// A number literal; the token says only where it is and of what kind.
  mutating func scanNumber() throws(Diagnostic) -> Token {
    let start = cursor
    func byte(_ index: Int) -> UInt8 { index < limit ? bytes[index] : 0 }
    if byte(cursor) == UInt8(ascii: "0") {
      let radix: (name: String, base: UInt8)? =
        switch byte(cursor + 1) | 0x20 {
        case UInt8(ascii: "x"): ("hex", 16)
        case UInt8(ascii: "o"): ("octal", 8)
        case UInt8(ascii: "b"): ("binary", 2)
        default: nil
        }
      if let radix {
        cursor += 2
        while let value = digitValue(byte(cursor)), value < radix.base, cursor < limit { cursor += 1 }
        if cursor == start + 2 { throw failure("invalid \(radix.name) literal", start..<cursor) }
        return Token(kind: .int, start: start, end: cursor)
      }
    }
    while isDigit(byte(cursor)) { cursor += 1 }
    var isFloat = false
    if byte(cursor) == UInt8(ascii: ".") {
      isFloat = true
      cursor += 1
      while isDigit(byte(cursor)) { cursor += 1 }
    }
    if byte(cursor) | 0x20 == UInt8(ascii: "e") {
      isFloat = true
      cursor += 1
      if byte(cursor) == UInt8(ascii: "+") || byte(cursor) == UInt8(ascii: "-") { cursor += 1 }
      if !isDigit(byte(cursor)) { throw failure("invalid float literal", start..<cursor) }
      while isDigit(byte(cursor)) { cursor += 1 }
    }
    if !isFloat, bytes[start] == UInt8(ascii: "0"), cursor > start + 1 {
      let digits = file.contents[start + 1..<cursor]
      if bytes[start..<cursor].contains(where: { $0 != UInt8(ascii: "0") }) {
        throw failure(
          "obsolete form of octal literal; use 0o\(digits)", start..<cursor, hint: "write 0o\(digits)")
      }
    }
    return Token(kind: isFloat ? .float : .int, start: start, end: cursor)
  }

  /// A string literal, from its first quote on. `start` is where the token begins.
  mutating func scanString(raw: Bool, from start: Int) throws(Diagnostic) -> Token {
    let quote = bytes[cursor]
    let isTriple = cursor + 2 < limit && bytes[cursor + 1] == quote && bytes[cursor + 2] == quote
    cursor += isTriple ? 3 : 1
    let contentStart = cursor
    // Most literals have nothing to decode and share the bytes of the file.
    if !isTriple {
      while cursor < limit {
        let byte = bytes[cursor]
        if byte == quote {
          cursor += 1
          return Token(
            kind: .string, start: start, end: cursor, text: file.contents[contentStart..<cursor - 1])
        }
        if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
        cursor += 1
      }
    }
    var out = Array(bytes[contentStart..<cursor])
    while true {
      guard cursor < limit else {
        guard isTriple else {
          throw failure("unexpected \(limit == bytes.count ? "EOF" : "newline") in string", start..<cursor)
        }
        guard continueInNextSegment() else { throw failure("unexpected EOF in string", start..<cursor) }
        out.append(UInt8(ascii: "\n"))
        continue
      }
      let byte = bytes[cursor]
      if byte == quote {
        if !isTriple {
          cursor += 1
          break
        }
        if cursor + 2 < limit, bytes[cursor + 1] == quote, bytes[cursor + 2] == quote {
          cursor += 3
          break
        }
        out.append(byte)
        cursor += 1
      } else if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        guard isTriple else { throw failure("unexpected newline in string", start..<cursor) }
        passLineEnd()
        passIndentation()
        out.append(UInt8(ascii: "\n"))
      } else if byte == UInt8(ascii: "\\") {
        try scanEscape(raw: raw, from: start, into: &out)
      } else {
        out.append(byte)
        cursor += 1
      }
    }
    return Token(kind: .string, start: start, end: cursor, text: ByteString(out))
  }

  private mutating func passLineEnd() {
    let byte = bytes[cursor]
    cursor += 1
    if byte == UInt8(ascii: "\r"), cursor < limit, bytes[cursor] == UInt8(ascii: "\n") { cursor += 1 }
  }

  private mutating func scanEscape(raw: Bool, from start: Int, into out: inout [UInt8]) throws(Diagnostic) {
    let escapeStart = cursor
    cursor += 1
    guard cursor < limit else {
      guard continueInNextSegment(passingIndentation: false) else {
        throw failure("unexpected EOF in string", start..<cursor)
      }
      if raw { out += [UInt8(ascii: "\\"), UInt8(ascii: "\n")] }
      return
    }
    let byte = bytes[cursor]
    if raw {
      out.append(UInt8(ascii: "\\"))
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        passLineEnd()
        out.append(UInt8(ascii: "\n"))
      } else {
        out.append(byte)
        cursor += 1
      }
      return
    }
    switch Unicode.Scalar(byte) {
    case "\n", "\r":
      passLineEnd()
      return
    case "a": out.append(7)
    case "b": out.append(8)
    case "f": out.append(12)
    case "n": out.append(10)
    case "r": out.append(13)
    case "t": out.append(9)
    case "v": out.append(11)
    case "\\", "'", "\"": out.append(byte)
    case "0"..."7":
      var value = 0
      var digits = 0
      while digits < 3, cursor < limit, (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(bytes[cursor]) {
        value = value * 8 + Int(bytes[cursor] - UInt8(ascii: "0"))
        cursor += 1
        digits += 1
      }
      guard let code = UInt8(exactly: value) else {
        throw failure("invalid escape sequence \\\(String(value, radix: 8))", escapeStart..<cursor)
      }
      out.append(code)
      return
    case "x":
      guard cursor + 2 < limit, let high = digitValue(bytes[cursor + 1]), let low = digitValue(bytes[cursor + 2]),
        high < 16, low < 16
      else {
        throw failure("invalid escape sequence \\x", escapeStart..<min(cursor + 3, limit))
      }
      out.append(high << 4 | low)
      cursor += 3
      return
    default:
      // An unknown escape stands for itself, as in Python.
      out += [UInt8(ascii: "\\"), byte]
    }
    cursor += 1
  }
}

/// The value of a digit in any radix up to 36.
func digitValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}

/// The scalar at `index`, and how many bytes it takes; U+FFFD and 1 where the bytes are not UTF-8.
func decodeUTF8(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, limit: Int) -> (Unicode.Scalar, Int) {
  let first = bytes[index]
  let invalid = (Unicode.Scalar(0xFFFD as UInt16) ?? "?", 1)
  if first < 0x80 { return (Unicode.Scalar(first), 1) }
  let length: Int
  var value: UInt32
  let smallest: UInt32
  switch first {
  case 0xC2...0xDF: (length, value, smallest) = (2, UInt32(first & 0x1F), 0x80)
  case 0xE0...0xEF: (length, value, smallest) = (3, UInt32(first & 0x0F), 0x800)
  case 0xF0...0xF4: (length, value, smallest) = (4, UInt32(first & 0x07), 0x10000)
  default: return invalid
  }
  guard index + length <= limit else { return invalid }
  for offset in 1..<length {
    let byte = bytes[index + offset]
    guard byte & 0xC0 == 0x80 else { return invalid }
    value = value << 6 | UInt32(byte & 0x3F)
  }
  guard value >= smallest, let scalar = Unicode.Scalar(value) else { return invalid }
  return (scalar, length)
}
