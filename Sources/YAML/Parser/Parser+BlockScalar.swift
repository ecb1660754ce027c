import Files

extension Parser {
  /// Reads `|` or `>` with its header and its text, within a block collection in column `parent`.
  mutating func scanBlockScalar(_ parent: Int) throws(Stop) -> ByteString {
    let isLiteral = at(pos) == UInt8(ascii: "|")
    let header = try scanBlockHeader()
    keyAllowed = true
    var indent = header.indent == 0 ? 0 : max(parent, 0) + header.indent
    scratch.truncate(to: 0)
    breaks.truncate(to: 0)
    try scanBlockBreaks(&indent, parent)

    // The break that ends the line before, held back as the last one is subject to chomping, and folding.
    var held: (offset: Int, width: Int) = (0, 0)
    var isIndented = false
    while column == indent && pos < count {
      let startsBlank = base[pos].isBlank
      if !isLiteral && !isIndented && !startsBlank && held.width > 0 && held.width < 3 {
        if breaks.count == 0 { scratch.append(UInt8(ascii: " ")) }
      } else {
        appendBreak(held)
      }
      scratch.append(breaks)
      breaks.truncate(to: 0)
      isIndented = startsBlank
      let line = pos
      skipToLineEnd()
      scratch.append(UnsafeBufferPointer(start: base + line, count: pos - line))
      held = (offset: pos, width: breakWidth(pos))
      skipBreak()
      try scanBlockBreaks(&indent, parent)
    }
    switch header.chomping {
    case .strip: break
    case .clip: appendBreak(held)
    case .keep:
      appendBreak(held)
      scratch.append(breaks)
    }
    return takeScratch()
  }

  private mutating func appendBreak(_ held: (offset: Int, width: Int)) {
    if held.width == 3 {
      scratch.append(UnsafeBufferPointer(start: base + held.offset, count: 3))
    } else if held.width > 0 {
      scratch.append(UInt8(ascii: "\n"))
    }
  }

  private enum Chomping {
    case strip, clip, keep
  }

  /// Reads the indicators behind `|` or `>` and the rest of their line. A comment there is dropped, as ytt drops it.
  private mutating func scanBlockHeader() throws(Stop) -> (indent: Int, chomping: Chomping) {
    pos += 1
    var indent = 0
    var chomping = Chomping.clip
    var sawIndent = false
    var sawChomping = false
    while true {
      let byte = at(pos)
      if !sawChomping && (byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")) {
        chomping = byte == UInt8(ascii: "+") ? .keep : .strip
        sawChomping = true
      } else if !sawIndent && byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") {
        if byte == UInt8(ascii: "0") { throw fail(.zeroIndent, at: pos) }
        indent = Int(byte - UInt8(ascii: "0"))
        sawIndent = true
      } else {
        break
      }
      pos += 1
    }
    skipBlanks()
    if at(pos) == UInt8(ascii: "#") { skipToLineEnd() }
    if !isBreakOrEnd(pos) { throw fail(.expectedCommentOrBreak, at: pos) }
    skipBreak()
    return (indent, chomping)
  }

  /// Moves over empty lines, whose breaks go to `breaks`, and over the indentation of the line behind them. Where
  /// `indent` is 0, finds it.
  @inline(__always)
  private mutating func scanBlockBreaks(_ indent: inout Int, _ parent: Int) throws(Stop) {
    var widest = 0
    while true {
      while (indent == 0 || column < indent) && at(pos) == UInt8(ascii: " ") { pos &+= 1 }
      widest = max(widest, column)
      if (indent == 0 || column < indent) && at(pos) == UInt8(ascii: "\t") {
        throw fail(.tabInBlockScalar, at: pos)
      }
      if breakWidth(pos) == 0 { break }
      readBreak()
    }
    if indent == 0 { indent = max(widest, parent + 1, 1) }
  }
}
