import Files

extension Parser {
  /// Reads a plain scalar without a tag. Apart from the functions that recurse, to keep its variables off their stack.
  @inline(never)
  mutating func parsePlain(_ indent: Int) throws(Stop) -> Node {
    scalarStart = pos
    return try resolvePlain(try scanPlain(indent))
  }

  /// Reads a plain scalar, within a block collection in column `indent`. Leaves off at what follows it: on its line,
  /// or, as blanks and line breaks behind it are read too, on a later one.
  @inline(__always)
  mutating func scanPlain(_ indent: Int) throws(Stop) -> ByteString {
    let start = pos
    let end = scanPlainLine()
    keyAllowed = false
    // What follows on the same line ends it.
    if breakWidth(pos) == 0 { return text[start..<end] }
    return try scanPlainContinuation(indent, start, end)
  }

  /// Moves over the text of a plain scalar on this line and the blanks behind it; returns where its text ends.
  @inline(__always)
  private mutating func scanPlainLine() -> Int {
    let isFlow = flowDepth > 0
    // Bits of the bytes below 64 that may end it: NUL, tab, LF, CR, blank, `#` is only asked about behind blanks,
    // `,` and `?` in flow context, `:`.
    let stops: UInt64 = isFlow ? Self.flowStops : Self.blockStops
    var index = pos
    var end = index
    scan: while true {
      while index < count {
        let byte = base[index]
        if byte < 64 {
          if stops >> UInt64(byte) & 1 != 0 { break }
        } else if byte >= UInt8(ascii: "[") {
          if isFlow && Self.isBracket(byte) { break }
          if hasOddBreaks && (byte == 0xC2 || byte == 0xE2) && breakWidth(index) > 0 { break }
        }
        index &+= 1
      }
      end = index
      guard index < count else { break }
      switch base[index] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        repeat { index &+= 1 } while index < count && base[index].isBlank
        // Text goes on behind blanks, unless a comment, a break or an end stands there.
        if index >= count || base[index] == UInt8(ascii: "#") || breakWidth(index) > 0 { break scan }
        if base[index] == UInt8(ascii: ":") && isBlankOrEnd(index + 1) { break scan }
        if isFlow && Self.isFlowEnd(base[index]) { break scan }
      case UInt8(ascii: ":"):
        if isBlankOrEnd(index + 1) { break scan }
      default:
        break scan
      }
      index &+= 1
    }
    pos = index
    return end
  }

  private static let blockStops: UInt64 = 1 | 1 << 9 | 1 << 10 | 1 << 13 | 1 << 32 | 1 << 58
  private static let flowStops: UInt64 = blockStops | 1 << 44 | 1 << 63

  @inline(__always)
  private static func isBracket(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
  }

  private static func isFlowEnd(_ byte: UInt8) -> Bool {
    isBracket(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "?")
  }

  /// Reads on from the line break behind a first line of text; further lines may belong to the scalar.
  private mutating func scanPlainContinuation(
    _ indent: Int, _ start: Int, _ firstEnd: Int
  ) throws(Stop) -> ByteString {
    var end = firstEnd
    var isFolded = false
    while breakWidth(pos) > 0 {
      breaks.truncate(to: 0)
      while true {
        let byte = at(pos)
        if byte == UInt8(ascii: " ") {
          pos &+= 1
        } else if byte == UInt8(ascii: "\t") {
          if breaks.count > 0 && column <= indent { throw fail(.tabInPlain, at: pos) }
          pos &+= 1
        } else if breakWidth(pos) > 0 {
          readBreak()
        } else {
          break
        }
      }
      if (flowDepth == 0 && column <= indent) || pos >= count || at(pos) == UInt8(ascii: "#") || isDocumentMarker()
        || endsPlain()
      {
        keyAllowed = true
        break
      }
      if !isFolded {
        isFolded = true
        scratch.truncate(to: 0)
        scratch.append(UnsafeBufferPointer(start: base + start, count: end - start))
      }
      foldBreaks()
      let line = pos
      end = scanPlainLine()
      scratch.append(UnsafeBufferPointer(start: base + line, count: end - line))
    }
    return isFolded ? takeScratch() : text[start..<end]
  }

  /// Whether what stands here cannot go on a plain scalar.
  @inline(__always)
  private func endsPlain() -> Bool {
    let byte = at(pos)
    return byte == UInt8(ascii: ":") && isBlankOrEnd(pos + 1) || (flowDepth > 0 && Self.isFlowEnd(byte))
  }

  /// Appends what the line breaks in `breaks` mean between two lines of text: one LF is a blank, more are one less.
  mutating func foldBreaks() {
    if breaks[0] != UInt8(ascii: "\n") {
      scratch.append(breaks)
    } else if breaks.count == 1 {
      scratch.append(UInt8(ascii: " "))
    } else {
      scratch.append(breaks, from: 1)
    }
  }
}
