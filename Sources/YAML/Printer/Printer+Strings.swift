import Files
import Glibc

extension Printer {
  /// Prints a string in `style`; further lines of it begin in column `indent`.
  @inline(__always)
  mutating func printString(_ bytes: UnsafeBufferPointer<UInt8>, _ style: ScalarStyle, _ indent: Int) {
    switch style {
    case .plain: out.append(bytes)
    case .singleQuoted: printSingleQuoted(bytes, indent)
    case .doubleQuoted: printDoubleQuoted(bytes)
    case .literal: printLiteral(bytes, indent)
    case .binary: printBinary(bytes, indent)
    }
  }

  private mutating func printSingleQuoted(_ bytes: UnsafeBufferPointer<UInt8>, _ indent: Int) {
    out.append(UInt8(ascii: "'"))
    var isAfterBreak = false
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0xE2 && isWideBreak(bytes, index) {
        out.append(UnsafeBufferPointer(rebasing: bytes[index..<index + 3]))
        index += 3
        isAfterBreak = true
        continue
      }
      if isAfterBreak {
        out.append(repeating: UInt8(ascii: " "), count: indent)
        isAfterBreak = false
      }
      if bytes[index] == UInt8(ascii: "'") { out.append(UInt8(ascii: "'")) }
      out.append(bytes[index])
      index += 1
    }
    out.append(UInt8(ascii: "'"))
  }

  private mutating func printDoubleQuoted(_ bytes: UnsafeBufferPointer<UInt8>) {
    out.append(UInt8(ascii: "\""))
    var index = 0
    while index < bytes.count { _ = printInDoubleQuotes(bytes, &index) }
    out.append(UInt8(ascii: "\""))
  }

  /// Prints the character at `index` as it stands in double quotes, and moves on; says how many columns it takes.
  @inline(__always)
  mutating func printInDoubleQuotes(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int {
    let before = out.count
    let byte = bytes[index]
    // Behind a byte order mark go-yaml escapes everything.
    let escapesAll = bytes[0] == 0xEF && bytes.starts(with: [0xEF, 0xBB, 0xBF])
    if byte >= 0x20 && byte < 0x7F && !escapesAll {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { out.append(UInt8(ascii: "\\")) }
      out.append(byte)
      index += 1
      return out.count - before
    }
    let width = max(1, characterWidth(bytes, index))
    defer { index += width }
    if escapesAll || byte < 0x80 || !isPrintable(bytes, index) || isWideBreak(bytes, index) {
      printEscape(bytes, index, width)
      return out.count - before
    }
    out.append(UnsafeBufferPointer(rebasing: bytes[index..<index + width]))
    return 1
  }

  private mutating func printEscape(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ width: Int) {
    var value = UInt32(bytes[index])
    if width > 1 {
      value &= 0x7F >> UInt32(width)
      for offset in 1..<width { value = value << 6 | UInt32(bytes[index + offset] & 0x3F) }
    }
    out.append(UInt8(ascii: "\\"))
    switch value {
    case 0x00: out.append(UInt8(ascii: "0"))
    case 0x07: out.append(UInt8(ascii: "a"))
    case 0x08: out.append(UInt8(ascii: "b"))
    case 0x09: out.append(UInt8(ascii: "t"))
    case 0x0A: out.append(UInt8(ascii: "n"))
    case 0x0B: out.append(UInt8(ascii: "v"))
    case 0x0C: out.append(UInt8(ascii: "f"))
    case 0x0D: out.append(UInt8(ascii: "r"))
    case 0x1B: out.append(UInt8(ascii: "e"))
    case 0x22: out.append(UInt8(ascii: "\""))
    case 0x5C: out.append(UInt8(ascii: "\\"))
    case 0x85: out.append(UInt8(ascii: "N"))
    case 0xA0: out.append(UInt8(ascii: "_"))
    case 0x2028: out.append(UInt8(ascii: "L"))
    case 0x2029: out.append(UInt8(ascii: "P"))
    default:
      let digits = value <= 0xFF ? 2 : value <= 0xFFFF ? 4 : 8
      out.append(digits == 2 ? UInt8(ascii: "x") : digits == 4 ? UInt8(ascii: "u") : UInt8(ascii: "U"))
      for place in (0..<digits).reversed() {
        let digit = UInt8(value >> UInt32(place * 4) & 0xF)
        out.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
      }
    }
  }

  /// Prints `|`, a `2` if the text begins with a blank or a break, `-` if it ends in no break or `+` if in several,
  /// and the text in column `indent`.
  private mutating func printLiteral(_ bytes: UnsafeBufferPointer<UInt8>, _ indent: Int) {
    guard let base = bytes.baseAddress else { return }
    out.append(UInt8(ascii: "|"))
    if bytes[0] == UInt8(ascii: " ") || breakWidth(bytes, 0) > 0 { out.append(UInt8(ascii: "2")) }
    let last = lastBreakWidth(bytes, bytes.count)
    if last == 0 {
      out.append(UInt8(ascii: "-"))
    } else if last == bytes.count || lastBreakWidth(bytes, bytes.count - last) > 0 {
      out.append(UInt8(ascii: "+"))
    }
    out.append(UInt8(ascii: "\n"))
    var index = 0
    while index < bytes.count {
      let width = breakWidth(bytes, index)
      if width > 0 {
        out.append(UnsafeBufferPointer(start: base + index, count: width))
        index += width
        continue
      }
      out.append(repeating: UInt8(ascii: " "), count: indent)
      let start = index
      while true {
        let feed = memchr(base + index, Int32(UInt8(ascii: "\n")), bytes.count - index)
        let end = feed.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? bytes.count
        // LS and PS end lines as well, but hardly occur.
        guard let wide = memchr(base + index, 0xE2, end - index) else {
          index = end
          break
        }
        index = UnsafeRawPointer(wide) - UnsafeRawPointer(base)
        if isWideBreak(bytes, index) { break }
        index += 1
      }
      out.append(UnsafeBufferPointer(start: base + start, count: index - start))
    }
    endsInBreak = last > 0
  }

  private func breakWidth(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
    bytes[index] == UInt8(ascii: "\n") ? 1 : bytes[index] == 0xE2 && isWideBreak(bytes, index) ? 3 : 0
  }

  /// How many bytes the break has that ends just before `end`; 0 if none does.
  private func lastBreakWidth(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int {
    if end >= 1 && bytes[end - 1] == UInt8(ascii: "\n") { return 1 }
    return end >= 3 && bytes[end - 3] == 0xE2 && isWideBreak(bytes, end - 3) ? 3 : 0
  }

  /// Prints bytes that are no text: `!!binary` and base 64, in lines of 70 if it takes more than one.
  private mutating func printBinary(_ bytes: UnsafeBufferPointer<UInt8>, _ indent: Int) {
    let encoded = Base64.encode(ByteString(bytes))
    out.append(literal: "!!binary ")
    if encoded.count < 70 {
      out.append(encoded)
      return
    }
    out.append(literal: "|\n")
    var index = 0
    while index < encoded.count {
      let end = min(index + 70, encoded.count)
      out.append(repeating: UInt8(ascii: " "), count: indent)
      out.append(encoded[index..<end])
      out.append(UInt8(ascii: "\n"))
      index = end
    }
    endsInBreak = true
  }
}
