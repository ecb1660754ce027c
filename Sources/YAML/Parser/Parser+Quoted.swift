import Files

extension Parser {
  /// Reads `'…'`.
  mutating func scanSingleQuoted() throws(Stop) -> ByteString {
    let start = pos
    var index = pos &+ 1
    while index < count {
      let byte = base[index]
      if byte == UInt8(ascii: "'") {
        if at(index &+ 1) == UInt8(ascii: "'") { break }
        pos = index &+ 1
        keyAllowed = false
        return text[start &+ 1..<index]
      }
      if byte == UInt8(ascii: "\n") || (hasOddBreaks && breakWidth(index) > 0) { break }
      index &+= 1
    }
    return try scanQuotedSlowly(UInt8(ascii: "'"))
  }

  /// Reads `"…"`.
  mutating func scanDoubleQuoted() throws(Stop) -> ByteString {
    let start = pos
    var index = pos &+ 1
    while index < count {
      let byte = base[index]
      if byte == UInt8(ascii: "\"") {
        pos = index &+ 1
        keyAllowed = false
        return text[start &+ 1..<index]
      }
      if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\n") || (hasOddBreaks && breakWidth(index) > 0) { break }
      index &+= 1
    }
    return try scanQuotedSlowly(UInt8(ascii: "\""))
  }

  /// Reads a quoted scalar whose text does not stand in the file as it is.
  private mutating func scanQuotedSlowly(_ quote: UInt8) throws(Stop) -> ByteString {
    let start = pos
    keyAllowed = false
    pos &+= 1
    scratch.truncate(to: 0)
    while true {
      if isDocumentMarker() { throw fail(.markerInQuotes, at: pos, culprit: start) }
      if pos >= count { throw fail(.unclosedQuote, at: pos, culprit: start) }

      var isBreakEscaped = false
      while !isBlankOrEnd(pos) {
        let byte = base[pos]
        if byte == quote {
          guard quote == UInt8(ascii: "'"), at(pos &+ 1) == quote else { break }
          scratch.append(quote)
          pos &+= 2
        } else if byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") {
          if breakWidth(pos &+ 1) > 0 {
            pos &+= 1
            skipBreak()
            isBreakEscaped = true
            break
          }
          try scanEscape()
        } else {
          scratch.append(byte)
          pos &+= 1
        }
      }
      if at(pos) == quote { break }
      if pos >= count { continue }

      // Blanks and breaks: blanks on both sides of a break are dropped, and the breaks folded.
      let blanks = pos
      breaks.truncate(to: 0)
      while at(pos).isBlank || breakWidth(pos) > 0 {
        if breakWidth(pos) > 0 { readBreak() } else { pos &+= 1 }
      }
      if isBreakEscaped {
        scratch.append(breaks)
      } else if breaks.count > 0 {
        foldBreaks()
      } else {
        scratch.append(UnsafeBufferPointer(start: base + blanks, count: pos - blanks))
      }
    }
    pos &+= 1
    return takeScratch()
  }

  /// Reads a `\` and what it stands for.
  private mutating func scanEscape() throws(Stop) {
    var digits = 0
    switch at(pos &+ 1) {
    case UInt8(ascii: "0"): scratch.append(0x00)
    case UInt8(ascii: "a"): scratch.append(0x07)
    case UInt8(ascii: "b"): scratch.append(0x08)
    case UInt8(ascii: "t"), UInt8(ascii: "\t"): scratch.append(0x09)
    case UInt8(ascii: "n"): scratch.append(0x0A)
    case UInt8(ascii: "v"): scratch.append(0x0B)
    case UInt8(ascii: "f"): scratch.append(0x0C)
    case UInt8(ascii: "r"): scratch.append(0x0D)
    case UInt8(ascii: "e"): scratch.append(0x1B)
    case UInt8(ascii: " "): scratch.append(0x20)
    case UInt8(ascii: "\""): scratch.append(UInt8(ascii: "\""))
    case UInt8(ascii: "'"): scratch.append(UInt8(ascii: "'"))
    case UInt8(ascii: "\\"): scratch.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "N"): appendUTF8(0x85)
    case UInt8(ascii: "_"): appendUTF8(0xA0)
    case UInt8(ascii: "L"): appendUTF8(0x2028)
    case UInt8(ascii: "P"): appendUTF8(0x2029)
    case UInt8(ascii: "x"): digits = 2
    case UInt8(ascii: "u"): digits = 4
    case UInt8(ascii: "U"): digits = 8
    default: throw fail(.unknownEscape, at: pos)
    }
    pos &+= 2
    if digits == 0 { return }
    var value: UInt32 = 0
    for index in 0..<digits {
      guard let digit = at(pos + index).hexDigit else { throw fail(.expectedHex(digits), at: pos) }
      value = value << 4 | digit
    }
    guard value <= 0x10FFFF, !(0xD800...0xDFFF).contains(value) else {
      throw fail(.badCodePoint, at: pos)
    }
    appendUTF8(value)
    pos += digits
  }

  private mutating func appendUTF8(_ value: UInt32) {
    switch value {
    case 0..<0x80:
      scratch.append(UInt8(value))
    case 0x80..<0x800:
      scratch.append(UInt8(0xC0 | value >> 6))
      scratch.append(UInt8(0x80 | value & 0x3F))
    case 0x800..<0x10000:
      scratch.append(UInt8(0xE0 | value >> 12))
      scratch.append(UInt8(0x80 | value >> 6 & 0x3F))
      scratch.append(UInt8(0x80 | value & 0x3F))
    default:
      scratch.append(UInt8(0xF0 | value >> 18))
      scratch.append(UInt8(0x80 | value >> 12 & 0x3F))
      scratch.append(UInt8(0x80 | value >> 6 & 0x3F))
      scratch.append(UInt8(0x80 | value & 0x3F))
    }
  }
}
