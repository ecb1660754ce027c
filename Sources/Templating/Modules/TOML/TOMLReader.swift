import Files
import Starlark

/// Reads TOML 1.0 into Starlark values, tables as dictionaries with sorted keys. Dates are refused: ytt has no value
/// for them.
///
/// Messages, and what may be defined twice, are those of the reader that ytt has. Source: ytt 0.48.
struct TOMLReader {
  let text: ByteString
  var index = 0
  /// Where the first byte stands that no TOML may have; the end if there is none.
  let limit: Int
  /// The table that lines add to; messages name it.
  var context: TOMLContext
  /// The key whose value is being read.
  var key: ByteString?
  /// Where the key begins.
  var keyStart = 0
  /// Whether there was a date, which is no error of the text.
  var hasDate = false
  static let maximumDepth = 300

  /// Why a text is not TOML.
  struct Problem: Error {
    let message: String
  }

  init(_ text: ByteString) {
    let hasMark = text.hasPrefix(ByteString([0xFF, 0xFE])) || text.hasPrefix(ByteString([0xFE, 0xFF]))
    self.text = hasMark ? text[2..<text.count] : text
    limit = Self.firstForbidden(self.text)
    context = TOMLContext()
  }

  /// The values of the whole text.
  mutating func document() throws(Problem) -> Value {
    if text[0..<min(6, text.count)].firstIndex(of: 0) != nil {
      throw Problem(
        message: "toml: line 1: files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8")
    }
    let root = context
    while true {
      skipBlankLines()
      guard let byte = current else { break }
      if byte == UInt8(ascii: "[") {
        try heading(in: root)
      } else {
        let outer = context
        _ = try assignment(depth: 0)
        context = outer
        key = nil
      }
      try endLine()
    }
    if limit < text.count { throw problem("") }
    if hasDate { throw Problem(message: "(p) unknown type time.Time for conversion to starlark value") }
    return .object(root.table?.dict() ?? Dict())
  }

  // MARK: Bytes

  var current: UInt8? { index < limit ? text[index] : nil }

  func follows(_ word: ByteString) -> Bool {
    index + word.count <= limit && text[index..<index + word.count] == word
  }

  /// The character that comes next.
  var character: Unicode.Scalar? {
    guard index < limit else { return nil }
    return text[index..<min(index + 4, limit)].text.unicodeScalars.first
  }

  /// The next character as messages quote it; the end of the text is shown as a null byte.
  var quotedCharacter: String {
    guard let character else { return "'\\x00'" }
    switch character {
    case "\n": return "'\\n'"
    case "\r": return "'\\r'"
    case "\t": return "'\\t'"
    case "'": return "'\\''"
    case "\\": return "'\\\\'"
    default: return "'\(character)'"
    }
  }

  /// The same for messages that know of the end.
  var shownCharacter: String { character.map { "'\($0)'" } ?? "end of file" }

  private static func firstForbidden(_ text: ByteString) -> Int {
    text.withBytes { bytes in
      var index = 0
      while index < bytes.count {
        switch bytes[index] {
        case UInt8(ascii: "\r"):
          if index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "\n") { return index }
          index += 1
        case 0x00...0x08, 0x0B...0x1F, 0x7F: return index
        case 0x80...:
          let width = bytes[index] >= 0xF0 ? 4 : bytes[index] >= 0xE0 ? 3 : 2
          let end = min(index + width, bytes.count)
          guard String(validating: bytes[index..<end], as: UTF8.self)?.unicodeScalars.count == 1 else { return index }
          index = end
        default: index += 1
        }
      }
      return index
    }
  }

  // MARK: Problems

  /// Which line a message names.
  enum Place {
    /// That of the next character, which was read: a line end counts already, and the end of the text belongs to the
    /// line before.
    case read
    /// That of the next character.
    case ahead
    /// That of the line end that comes next; the one before if it is of two bytes.
    case lineEnd
    /// That of the key.
    case key
  }

  /// What is wrong, with its line as ytt counts it and the last key.
  func problem(_ message: String, _ place: Place = .read) -> Problem {
    let position = place == .key ? keyStart : min(index, limit)
    var line = 1 + text[0..<position].bytes.count { $0 == UInt8(ascii: "\n") }
    var message = message
    if index >= limit && limit < text.count && place != .key {
      let byte = String(text[limit], radix: 16)
      let hex = String(repeating: "0", count: 2 - byte.count) + byte
      message =
        text[limit] < 0x80
        ? "TOML files cannot contain control characters: '0x\(hex)'" : "invalid UTF-8 byte: 0x\(hex)"
    } else if place == .read {
      if index >= limit { line -= 1 }
      if current == UInt8(ascii: "\n") { line += 1 }
    } else if place == .lineEnd, current == UInt8(ascii: "\r") {
      line -= 1
    }
    let name = key.map { context.path.isEmpty ? $0.text : context.name(of: $0) } ?? context.name
    let last = name.isEmpty ? "" : " (last key \(Value.string(ByteString(name)).repr))"
    return Problem(message: "toml: line \(line)\(last): \(message)")
  }

  // MARK: Space

  mutating func skipBlanks() {
    while let byte = current, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { index += 1 }
  }

  mutating func skipComment() {
    guard current == UInt8(ascii: "#") else { return }
    while let byte = current, byte != UInt8(ascii: "\n") { index += 1 }
  }

  var isAtLineEnd: Bool { current == UInt8(ascii: "\n") || current == UInt8(ascii: "\r") }

  /// Passes blanks, comments and line ends.
  mutating func skipBlankLines() {
    while true {
      skipBlanks()
      skipComment()
      guard isAtLineEnd else { return }
      index += 1
    }
  }

  private mutating func endLine() throws(Problem) {
    skipBlanks()
    skipComment()
    guard index >= limit || isAtLineEnd else {
      throw problem(
        "expected a top-level item to end with a newline, comment, or EOF, but got \(quotedCharacter) instead")
    }
  }
}
