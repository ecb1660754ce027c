import Files

extension Printer {
  /// Prints a string in `style` as `printString` does, on several lines where it reaches beyond the line width.
  @inline(__always)
  mutating func printFolded(_ bytes: UnsafeBufferPointer<UInt8>, _ style: ScalarStyle, _ indent: Int) {
    if let lineWidth {
      printFolded(bytes, style, indent, behind: lineWidth)
    } else {
      printString(bytes, style, indent)
    }
  }

  private mutating func printFolded(
    _ bytes: UnsafeBufferPointer<UInt8>, _ style: ScalarStyle, _ indent: Int, behind lineWidth: Int
  ) {
    let column = currentColumn
    // A character takes a byte or more; in quotes and escaped up to six columns.
    let isShort = column + (style == .plain ? bytes.count : 6 * bytes.count + 2) <= lineWidth
    switch style {
    case _ where isShort: printString(bytes, style, indent)
    case .plain: fold(bytes, indent, column, lineWidth, isQuoted: false)
    case .singleQuoted where !hasWideBreak(bytes):
      out.append(UInt8(ascii: "'"))
      fold(bytes, indent, column + 1, lineWidth, isQuoted: true)
      out.append(UInt8(ascii: "'"))
    case .doubleQuoted: foldDoubleQuoted(bytes, indent, column, lineWidth)
    case .literal, .binary, .singleQuoted: printString(bytes, style, indent)
    }
  }

  /// How many characters stand on the last line.
  private var currentColumn: Int {
    out.withBytes { bytes in
      var index = bytes.count
      var column = 0
      while index > 0 && bytes[index - 1] != UInt8(ascii: "\n") {
        index -= 1
        if bytes[index] & 0xC0 != 0x80 { column += 1 }
      }
      return column
    }
  }

  private func hasWideBreak(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.indices.contains { bytes[$0] == 0xE2 && isWideBreak(bytes, $0) }
  }

  /// Prints text whose words may be put on further lines: at a single blank, once the line is too long.
  private mutating func fold(
    _ bytes: UnsafeBufferPointer<UInt8>, _ indent: Int, _ start: Int, _ lineWidth: Int, isQuoted: Bool
  ) {
    let blank = UInt8(ascii: " ")
    var column = start
    var isAfterBlank = false
    for index in bytes.indices {
      let byte = bytes[index]
      if byte == blank {
        let isInside = index > 0 && index < bytes.count - 1
        if column > lineWidth && !isAfterBlank && isInside && bytes[index + 1] != blank {
          out.append(UInt8(ascii: "\n"))
          out.append(repeating: blank, count: indent)
          column = indent
        } else {
          out.append(blank)
          column += 1
        }
        isAfterBlank = true
        continue
      }
      if isQuoted && byte == UInt8(ascii: "'") {
        out.append(byte)
        column += 1
      }
      out.append(byte)
      if byte & 0xC0 != 0x80 { column += 1 }
      isAfterBlank = false
    }
  }

  /// The same in double quotes, where a line may also be broken within a run of blanks: what follows is escaped.
  private mutating func foldDoubleQuoted(
    _ bytes: UnsafeBufferPointer<UInt8>, _ indent: Int, _ start: Int, _ lineWidth: Int
  ) {
    let blank = UInt8(ascii: " ")
    var column = start + 1
    var isAfterBlank = false
    var index = 0
    out.append(UInt8(ascii: "\""))
    while index < bytes.count {
      if bytes[index] == blank {
        if column > lineWidth && !isAfterBlank && index > 0 && index < bytes.count - 1 {
          out.append(UInt8(ascii: "\n"))
          out.append(repeating: blank, count: indent)
          column = indent
          if bytes[index + 1] == blank {
            out.append(UInt8(ascii: "\\"))
            column += 1
          }
        } else {
          out.append(blank)
          column += 1
        }
        isAfterBlank = true
        index += 1
        continue
      }
      isAfterBlank = false
      column += printInDoubleQuotes(bytes, &index)
    }
    out.append(UInt8(ascii: "\""))
  }
}
