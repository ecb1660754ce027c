import Files
import Glibc

/// Cuts Go source into words, inserts semicolons, and keeps the comments with what Go's parser knows of them: which
/// group leads the next word, and which one ends the line of the last.
///
/// Nothing is copied. Lives only as long as the bytes are lent.
struct Lexer {
  let file: SourceFile
  let bytes: UnsafeBufferPointer<UInt8>
  /// Behind the current token.
  var offset: Int
  /// The current token, and its bytes.
  private(set) var token = Token.endOfFile
  private(set) var start = 0
  /// Whether the current semicolon was inserted at the end of a line.
  private(set) var isInserted = false
  private(set) var comments = RawComments()
  /// The group of comments that ends on the line before the current token.
  private(set) var leadGroup: Int?
  /// The group of comments behind the last token on its line, if the current token ends that line.
  private(set) var lineGroup: Int?

  /// Lines are only ever compared with each other: what was skipped counts as one line.
  private var line = 1
  private var tokenLine = 0
  private var endsStatement = false

  /// Begins at `offset`; the first token is read by `advance`.
  init(_ file: SourceFile, _ bytes: UnsafeBufferPointer<UInt8>, at offset: Int = 0) {
    self.file = file
    self.bytes = bytes
    self.offset = offset
    if offset == 0, bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { self.offset = 3 }
  }

  /// The current token's text.
  var text: ByteString { file.contents[start..<offset] }

  /// The current token's place.
  var range: SourceRange { file.range(start..<max(offset, start)) }

  var position: Position { file.position(start) }

  // MARK: Tokens and the comments between them

  /// Reads the next token; comments are gathered on the way.
  mutating func advance() throws(Diagnostic) {
    leadGroup = nil
    lineGroup = nil
    let previousLine = tokenLine
    try scan()
    guard token == .comment else { return }
    if tokenLine == previousLine {
      // Behind the last token: a comment of its line if nothing else follows there, but never that of the next.
      let (group, endLine) = try takeGroup(linesApart: 0)
      if tokenLine != endLine || token == .semicolon || token == .endOfFile { lineGroup = group }
    }
    var last: (group: Int, endLine: Int)?
    while token == .comment { last = try takeGroup(linesApart: 1) }
    if let last, last.endLine + 1 == tokenLine { leadGroup = last.group }
  }

  private mutating func takeGroup(linesApart: Int) throws(Diagnostic) -> (group: Int, endLine: Int) {
    let first = comments.spans.count
    var endLine = tokenLine
    while token == .comment && tokenLine <= endLine + linesApart {
      var end = offset
      if bytes[start + 1] == UInt8(ascii: "/"), bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
      comments.append(UInt32(start)..<UInt32(end))
      endLine = line
      try scan()
    }
    return (comments.closeGroup(from: first), endLine)
  }

  // MARK: Scanning

  private mutating func scan() throws(Diagnostic) {
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        offset &+= 1
      case UInt8(ascii: "\n"):
        if endsStatement { return insertSemicolon(length: 1) }
        line &+= 1
        offset &+= 1
      default:
        return try scanToken()
      }
    }
    if endsStatement { return insertSemicolon(length: 0) }
    start = offset
    tokenLine = line
    token = .endOfFile
  }

  private mutating func insertSemicolon(length: Int) {
    endsStatement = false
    isInserted = true
    token = .semicolon
    start = offset
    tokenLine = line
    line &+= length
    offset &+= length
  }

  private mutating func scanToken() throws(Diagnostic) {
    start = offset
    tokenLine = line
    let byte = bytes[offset]
    offset &+= 1
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...:
      while offset < bytes.count, Self.continuesName(bytes[offset]) { offset &+= 1 }
      token = Keyword.token(UnsafeBufferPointer(rebasing: bytes[start..<offset]))
    case UInt8(ascii: "0")...UInt8(ascii: "9"): scanNumber()
    case UInt8(ascii: "\""):
      try skipString()
      token = .string
    case UInt8(ascii: "`"):
      try skipRawString()
      token = .rawString
    case UInt8(ascii: "'"):
      try skipRune()
      token = .rune
    case UInt8(ascii: "/") where peek == UInt8(ascii: "/"):
      skipLine()
      token = .comment
      return
    case UInt8(ascii: "/") where peek == UInt8(ascii: "*"):
      return try scanBlockComment()
    case UInt8(ascii: "."):
      if let next = peek, UInt8(ascii: "0")...UInt8(ascii: "9") ~= next { scanNumber() } else { token = .period }
    default:
      guard let punctuation = punctuation(byte) else { throw .unexpectedByte(byte, file.range(start..<offset)) }
      token = punctuation
    }
    isInserted = false
    endsStatement = token.endsStatement
  }

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func punctuation(_ byte: UInt8) -> Token? {
    switch byte {
    case UInt8(ascii: "("): return .leftParenthesis
    case UInt8(ascii: ")"): return .rightParenthesis
    case UInt8(ascii: "["): return .leftBracket
    case UInt8(ascii: "]"): return .rightBracket
    case UInt8(ascii: "{"): return .leftBrace
    case UInt8(ascii: "}"): return .rightBrace
    case UInt8(ascii: ","): return .comma
    case UInt8(ascii: ";"): return .semicolon
    case UInt8(ascii: "~"): return .tilde
    case UInt8(ascii: "="), UInt8(ascii: "*"), UInt8(ascii: "+"):
      if peek == UInt8(ascii: "=") || byte == UInt8(ascii: "+") && peek == byte {
        offset &+= 1
        return .otherOperator
      }
      return byte == UInt8(ascii: "=") ? .equals : byte == UInt8(ascii: "*") ? .star : .plus
    case UInt8(ascii: "<") where peek == UInt8(ascii: "-"):
      offset &+= 1
      return .arrow
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "!"), UInt8(ascii: "&"), UInt8(ascii: "|"),
      UInt8(ascii: "^"), UInt8(ascii: "%"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "/"):
      return .otherOperator
    default: return nil
    }
  }

  private static func continuesName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
      true
    default: false
    }
  }

  /// Digits, letters, points and the signs of exponents; whether they make a number is of no interest here.
  private mutating func scanNumber() {
    while let next = peek {
      let isSign = next == UInt8(ascii: "+") || next == UInt8(ascii: "-")
      let before = bytes[offset - 1] | 0x20
      let isHexadecimal = start + 1 < offset && bytes[start + 1] | 0x20 == UInt8(ascii: "x")
      let isExponent = before == UInt8(ascii: "p") || before == UInt8(ascii: "e") && !isHexadecimal
      guard Self.continuesName(next) || next == UInt8(ascii: ".") || isSign && isExponent else { break }
      offset &+= 1
    }
    token = .number
  }

  private mutating func scanBlockComment() throws(Diagnostic) {
    try skipBlockComment()
    let newlines = UnsafeBufferPointer(rebasing: bytes[start..<offset]).count { $0 == UInt8(ascii: "\n") }
    line &+= newlines
    token = .comment
  }

  // MARK: Skipping

  /// From an opening bracket, which is the current token, to behind its counterpart, which becomes the current token.
  ///
  /// Only brackets of the same kind are counted, outside strings, runes and comments: well-formed source has the
  /// others in pairs.
  mutating func skipBrackets(_ open: UInt8, _ close: UInt8) throws(Diagnostic) {
    let opening = start
    var depth = 1
    while depth > 0 {
      guard offset < bytes.count else { throw .unclosed(open, close, file.range(opening..<opening + 1)) }
      let byte = bytes[offset]
      offset &+= 1
      switch byte {
      case open: depth &+= 1
      case close: depth &-= 1
      case UInt8(ascii: "\""): try skipString()
      case UInt8(ascii: "`"): try skipRawString()
      case UInt8(ascii: "'"): try skipRune()
      case UInt8(ascii: "/"):
        if peek == UInt8(ascii: "/") { skipLine() } else if peek == UInt8(ascii: "*") { try skipBlockComment() }
      default: break
      }
    }
    start = offset - 1
    token = close == UInt8(ascii: "}") ? .rightBrace : close == UInt8(ascii: ")") ? .rightParenthesis : .rightBracket
    endsStatement = true
    tokenLine = line
  }

  mutating func skipBraces() throws(Diagnostic) { try skipBrackets(UInt8(ascii: "{"), UInt8(ascii: "}")) }

  mutating func skipParentheses() throws(Diagnostic) { try skipBrackets(UInt8(ascii: "("), UInt8(ascii: ")")) }

  /// The end of the next `byte`, searched from `from`.
  private func find(_ byte: UInt8, from: Int) -> Int? {
    guard from < bytes.count, let base = bytes.baseAddress,
      let hit = memchr(base + from, Int32(byte), bytes.count - from)
    else { return nil }
    return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
  }

  private mutating func skipLine() { offset = find(UInt8(ascii: "\n"), from: offset) ?? bytes.count }

  /// Behind the `/` of `/*`.
  private mutating func skipBlockComment() throws(Diagnostic) {
    let opening = offset - 1
    offset &+= 1
    while let star = find(UInt8(ascii: "*"), from: offset) {
      offset = star + 1
      if peek == UInt8(ascii: "/") {
        offset &+= 1
        return
      }
    }
    throw .unterminated("comment", "*/", file.range(opening..<opening + 2))
  }

  private mutating func skipString() throws(Diagnostic) {
    let opening = offset - 1
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        offset &+= 1
        return
      case UInt8(ascii: "\\"): skipEscape()
      case UInt8(ascii: "\n"): throw .unterminated("string", "\"", file.range(opening..<offset))
      default: offset &+= 1
      }
    }
    offset = bytes.count
    throw .unterminated("string", "\"", file.range(opening..<offset))
  }

  /// A backslash with what it escapes, but no end of a line.
  private mutating func skipEscape() {
    offset &+= 1
    if let escaped = peek, escaped != UInt8(ascii: "\n") { offset &+= 1 }
  }

  private mutating func skipRawString() throws(Diagnostic) {
    let opening = offset - 1
    guard let end = find(UInt8(ascii: "`"), from: offset) else {
      throw .unterminated("raw string", "`", file.range(opening..<opening + 1))
    }
    if let newline = find(UInt8(ascii: "\n"), from: offset), newline < end { line &+= 1 }
    offset = end + 1
  }

  private mutating func skipRune() throws(Diagnostic) {
    let opening = offset - 1
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "'") where offset > opening + 1:
        offset &+= 1
        return
      case UInt8(ascii: "\\"): skipEscape()
      case UInt8(ascii: "\n"): throw .unterminated("rune", "'", file.range(opening..<offset))
      default: offset &+= 1
      }
    }
    offset = bytes.count
    throw .unterminated("rune", "'", file.range(opening..<offset))
  }
}

extension Diagnostic {
  fileprivate static func unexpectedByte(_ byte: UInt8, _ range: SourceRange) -> Diagnostic {
    let isVisible = byte > 0x20 && byte < 0x7F
    let name = isVisible ? "'\(Character(Unicode.Scalar(byte)))'" : "the byte 0x\(String(byte, radix: 16))"
    return Diagnostic("\(name) has no meaning in Go source", at: range, hint: "remove it")
  }

  fileprivate static func unterminated(_ what: String, _ end: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic("this \(what) does not end", at: range, hint: "end it with \(end)")
  }

  fileprivate static func unclosed(_ open: UInt8, _ close: UInt8, _ range: SourceRange) -> Diagnostic {
    let (open, close) = (Character(Unicode.Scalar(open)), Character(Unicode.Scalar(close)))
    return Diagnostic("this '\(open)' is never closed", at: range, hint: "add '\(close)' where the block ends")
  }
}
