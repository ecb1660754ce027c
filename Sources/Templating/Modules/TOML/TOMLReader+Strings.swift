import Files
import Starlark

extension TOMLReader {
  mutating func literalString() throws(Problem) -> ByteString {
    let start = index + 1
    index = start
    while let byte = current, byte != UInt8(ascii: "'") {
      if isAtLineEnd { throw problem("strings cannot contain newlines", .lineEnd) }
      index += 1
    }
    guard index < limit else { throw problem("unexpected EOF; expected \"'\"") }
    index += 1
    return text[start..<index - 1]
  }

  mutating func basicString() throws(Problem) -> ByteString {
    index += 1
    let start = index
    var bytes: [UInt8] = []
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return ByteString(bytes)
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        throw problem("strings cannot contain newlines", .lineEnd)
      case UInt8(ascii: "\\"): try escape(into: &bytes, start)
      default:
        bytes.append(byte)
        index += 1
      }
    }
    throw problem("unexpected EOF; expected '\"'")
  }

  mutating func multilineString(_ quote: Unicode.Scalar) throws(Problem) -> ByteString {
    let mark = UInt8(ascii: quote)
    let isBasic = quote == "\""
    index += 3
    let start = index
    if follows("\r\n") { index += 2 } else if current == UInt8(ascii: "\n") { index += 1 }
    var bytes: [UInt8] = []
    // Behind a line that ended in a backslash ytt leaves all line ends out, up to a line that ends in two.
    var dropsLineEnds = false
    while let byte = current {
      if byte == mark {
        var count = 0
        while current == mark {
          if count == 5 {
            let quotes = String(repeating: Character(quote), count: 6)
            throw problem("unexpected " + (isBasic ? "'\(quotes)'" : "\"\(quotes)\""))
          }
          count += 1
          index += 1
        }
        if count >= 3 {
          // Quotes right in front of the closing ones are part of the string.
          bytes += [UInt8](repeating: mark, count: count - 3)
          return ByteString(bytes)
        }
        bytes += [UInt8](repeating: mark, count: count)
      } else if byte == UInt8(ascii: "\\"), isBasic {
        if passLineEnd() {
          dropsLineEnds = true
        } else {
          if follows("\\\\"), isLineEnd(index + 2) { dropsLineEnds = false }
          try escape(into: &bytes, start)
        }
      } else {
        // Line ends of basic strings lose their carriage returns.
        let isDropped = isBasic && (byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") && dropsLineEnds)
        if !isDropped { bytes.append(byte) }
        index += 1
      }
    }
    let quotes = String(repeating: Character(quote), count: 3)
    throw problem("unexpected EOF; expected " + (isBasic ? "'\(quotes)'" : "\"\(quotes)\""))
  }

  /// Whether nothing but blanks stands from `start` to the end of the line.
  private func isLineEnd(_ start: Int) -> Bool {
    var end = start
    while end < limit, " \t\r".utf8.contains(text[end]) { end += 1 }
    return end < limit && text[end] == UInt8(ascii: "\n")
  }

  /// Passes a backslash at the end of a line, and the blanks that the next line begins with; false if it is not at the
  /// end.
  private mutating func passLineEnd() -> Bool {
    guard isLineEnd(index + 1) else { return false }
    while current != UInt8(ascii: "\n") { index += 1 }
    index += 1
    while let byte = current, " \t\r".utf8.contains(byte) { index += 1 }
    return true
  }

  /// Reads a backslash and what it stands for. `start` is where the string begins.
  private mutating func escape(into bytes: inout [UInt8], _ start: Int) throws(Problem) {
    index += 1
    guard let character else { throw problem("invalid escape in string '\\\0'") }
    switch character {
    case "b": bytes.append(0x08)
    case "t": bytes.append(0x09)
    case "n": bytes.append(0x0A)
    case "f": bytes.append(0x0C)
    case "r": bytes.append(0x0D)
    case "\"": bytes.append(UInt8(ascii: "\""))
    case "\\": bytes.append(UInt8(ascii: "\\"))
    case " ", "\t": throw problem("invalid escape: '\\\(character)'", .ahead)
    case "u": return try unicode(4, "four", "u", into: &bytes, start)
    case "U": return try unicode(8, "eight", "U", into: &bytes, start)
    default: throw problem("invalid escape in string '\\\(character)'")
    }
    index += 1
  }

  private mutating func unicode(
    _ count: Int, _ word: String, _ letter: String, into bytes: inout [UInt8], _ start: Int
  ) throws(Problem) {
    index += 1
    let first = index
    while index < first + count {
      guard let character, Character(character).isHexDigit, character.isASCII else {
        let read = text[start..<min(index + (character.map { String($0).utf8.count } ?? 0), limit)]
        throw problem(
          "expected \(word) hexadecimal digits after '\\\(letter)', but got \(read.repr) instead")
      }
      index += 1
    }
    let digits = text[first..<index].text
    guard let scalar = UInt32(digits, radix: 16).flatMap({ Unicode.Scalar($0) }) else {
      throw problem("Escaped character '\\u\(digits)' is not valid UTF-8.", .ahead)
    }
    bytes += String(scalar).utf8
  }
}

extension ByteString {
  fileprivate var repr: String { Value.string(self).repr.text }
}
