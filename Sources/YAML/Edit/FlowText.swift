import Files

/// Finds where things end in text between `{ }` and `[ ]` that the parser has accepted.
struct FlowText {
  private let contents: ByteString

  init(_ contents: ByteString) { self.contents = contents }

  /// Behind the closing quote of the scalar that begins at `start`.
  func endOfQuoted(from start: Int) -> Int {
    let quote = contents[start]
    var at = start + 1
    while at < contents.count {
      if contents[at] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        at += 2
      } else if contents[at] != quote {
        at += 1
      } else if quote == UInt8(ascii: "'"), at + 1 < contents.count, contents[at + 1] == quote {
        at += 2
      } else {
        return at + 1
      }
    }
    return contents.count
  }

  /// Behind the last byte of an entry that begins at `start`: in front of the `,`, `]` or `}` that ends it, and of the
  /// blanks and comments before that.
  func endOfEntry(from start: Int) -> Int {
    var depth = 0
    var at = start
    var end = start
    while at < contents.count {
      let byte = contents[at]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        // Within a word a quote is a character like others.
        if at == end, at > start, !isBoundary(contents[at - 1]) {
          at += 1
        } else {
          at = endOfQuoted(from: at)
        }
        end = at
      case UInt8(ascii: "#") where at > start && isBlank(contents[at - 1]):
        while at < contents.count, contents[at] != UInt8(ascii: "\n") { at += 1 }
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        at += 1
        end = at
      case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if depth == 0 { return end }
        if byte != UInt8(ascii: ",") { depth -= 1 }
        at += 1
        end = at
      default:
        at += 1
        if !isBlank(byte) { end = at }
      }
    }
    return end
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte.isPadding || byte == UInt8(ascii: "\n") }

  private func isBoundary(_ byte: UInt8) -> Bool { isBlank(byte) || ",[]{}:".utf8.contains(byte) }
}
