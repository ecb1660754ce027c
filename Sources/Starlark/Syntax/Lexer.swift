import Files

/// Cuts the segments of a program into tokens. Lends the bytes of the file for as long as it lives.
///
/// The segments behave like lines of one text. A line ends with its segment, unless brackets are open or a backslash
/// stands last. The arguments of a host statement come as tokens between `host` and `hostEnd`.
struct Lexer {
  let file: SourceFile
  let bytes: UnsafeBufferPointer<UInt8>
  let segments: [Segment]
  private var segmentIndex = -1
  /// The next byte, and the end of the segment it is in.
  var cursor = 0
  var limit = 0
  /// Brackets open.
  private var depth = 0
  /// Whether nothing but white space has been seen on this line.
  private var atLineStart = true
  private var inHostArguments = false
  /// Whether the line goes on in the next segment.
  private var isUnfinished = false
  /// A host statement was begun whose arguments have not been handed out yet.
  private var hostArguments: Range<Int>?

  init(file: SourceFile, bytes: UnsafeBufferPointer<UInt8>, segments: [Segment]) {
    self.file = file
    self.bytes = bytes
    self.segments = segments
  }

  /// The host operation of the `host` token handed out last.
  private(set) var hostOperation: Int32 = 0
  /// Whether its arguments are a single expression.
  private(set) var hostTakesExpression = false

  func failure(_ message: String, _ range: Range<Int>, hint: String? = nil) -> Diagnostic {
    Diagnostic(message, at: file.range(range), hint: hint)
  }

  /// The next token.
  mutating func next() throws(Diagnostic) -> Token {
    if let arguments = hostArguments {
      // The bytes of the arguments are lexed in place of those of the segment.
      hostArguments = nil
      cursor = arguments.lowerBound
      limit = arguments.upperBound
      inHostArguments = true
      depth = 1
      atLineStart = false
    }
    while true {
      guard cursor < limit else {
        if let token = nextSegment() { return token }
        continue
      }
      let byte = bytes[cursor]
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        cursor += 1
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        let start = cursor
        cursor += 1
        if byte == UInt8(ascii: "\r"), cursor < limit, bytes[cursor] == UInt8(ascii: "\n") { cursor += 1 }
        if depth > 0 || atLineStart { continue }
        atLineStart = true
        return Token(kind: .newline, start: start, end: start)
      case UInt8(ascii: "#"):
        if inHostArguments {
          throw failure(
            "got identifier, want ')'", cursor..<limit,
            hint: "a value cannot be followed by a # comment; put the comment on a line of its own")
        }
        while cursor < limit, bytes[cursor] != UInt8(ascii: "\n"), bytes[cursor] != UInt8(ascii: "\r") { cursor += 1 }
      case UInt8(ascii: "\\"):
        try continueLine()
      default:
        atLineStart = false
        return try scan(byte)
      }
    }
  }

  /// Passes a backslash and the end of line behind it.
  private mutating func continueLine() throws(Diagnostic) {
    let start = cursor
    cursor += 1
    if cursor < limit {
      let byte = bytes[cursor]
      guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else {
        throw failure("stray backslash in program", start..<cursor)
      }
      cursor += 1
      if byte == UInt8(ascii: "\r"), cursor < limit, bytes[cursor] == UInt8(ascii: "\n") { cursor += 1 }
    } else if case .code(let range)? = segmentIndex + 1 < segments.count ? segments[segmentIndex + 1] : nil {
      segmentIndex += 1
      cursor = range.lowerBound
      limit = range.upperBound
    }
  }

  /// Ends a segment and begins the next one; gives the token that this makes, if any.
  private mutating func nextSegment() -> Token? {
    if inHostArguments {
      inHostArguments = false
      depth = 0
      return Token(kind: .hostEnd, start: cursor, end: cursor)
    }
    if !atLineStart && depth == 0 && !isUnfinished {
      atLineStart = true
      return Token(kind: .newline, start: cursor, end: cursor)
    }
    guard segmentIndex + 1 < segments.count else {
      return Token(kind: .endOfFile, start: cursor, end: cursor)
    }
    segmentIndex += 1
    isUnfinished = false
    switch segments[segmentIndex] {
    case .code(let range):
      cursor = range.lowerBound
      limit = range.upperBound
      return nil
    case .unfinishedCode(let range):
      cursor = range.lowerBound
      limit = range.upperBound
      isUnfinished = true
      return nil
    case .end(let range):
      cursor = range.upperBound
      limit = cursor
      return Token(kind: .end, start: range.lowerBound, end: range.upperBound)
    case .host(let operation, let arguments, let position):
      hostOperation = operation
      cursor = position
      limit = position
      switch arguments {
      case .none: hostArguments = position..<position
      case .list(let range), .expression(let range): hostArguments = range
      }
      if case .expression = arguments { hostTakesExpression = true } else { hostTakesExpression = false }
      return Token(kind: .host, start: position, end: position)
    }
  }

  private mutating func scan(_ byte: UInt8) throws(Diagnostic) -> Token {
    let start = cursor
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      return try scanString(raw: false, from: start)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try scanNumber()
    case UInt8(ascii: ".") where cursor + 1 < limit && isDigit(bytes[cursor + 1]):
      return try scanNumber()
    default:
      break
    }
    if let length = identifierStart(at: cursor) {
      if byte == UInt8(ascii: "r"), cursor + 1 < limit,
        bytes[cursor + 1] == UInt8(ascii: "\"") || bytes[cursor + 1] == UInt8(ascii: "'")
      {
        cursor += 1
        return try scanString(raw: true, from: start)
      }
      cursor += length
      while cursor < limit {
        if isDigit(bytes[cursor]) {
          cursor += 1
        } else if let length = identifierStart(at: cursor) {
          cursor += length
        } else {
          break
        }
      }
      return Token(kind: .word(file.contents[start..<cursor]), start: start, end: cursor)
    }
    return try scanPunctuation(byte)
  }

  private mutating func scanPunctuation(_ byte: UInt8) throws(Diagnostic) -> Token {
    let start = cursor
    func follows(_ offset: Int, _ expected: Unicode.Scalar) -> Bool {
      start + offset < limit && bytes[start + offset] == UInt8(ascii: expected)
    }
    let kind: Token.Kind
    var length = 1
    switch Unicode.Scalar(byte) {
    case ",": kind = .comma
    case ":": kind = .colon
    case ";": kind = .semicolon
    case "~": kind = .tilde
    case ".": kind = .dot
    case "(":
      kind = .leftParen
      depth += 1
    case "[":
      kind = .leftBracket
      depth += 1
    case "{":
      kind = .leftBrace
      depth += 1
    case ")", "]", "}":
      if depth == (inHostArguments ? 1 : 0) {
        throw failure("unexpected '\(Unicode.Scalar(byte))'", start..<start + 1)
      }
      depth -= 1
      kind = byte == UInt8(ascii: ")") ? .rightParen : byte == UInt8(ascii: "]") ? .rightBracket : .rightBrace
    case "=": (kind, length) = follows(1, "=") ? (.equal, 2) : (.assign, 1)
    case "!":
      guard follows(1, "=") else {
        throw failure("unexpected input character '!'", start..<start + 1, hint: "write 'not' for negation")
      }
      (kind, length) = (.notEqual, 2)
    case "+": (kind, length) = follows(1, "=") ? (.plusAssign, 2) : (.plus, 1)
    case "-": (kind, length) = follows(1, "=") ? (.minusAssign, 2) : (.minus, 1)
    case "%": (kind, length) = follows(1, "=") ? (.percentAssign, 2) : (.percent, 1)
    case "&": (kind, length) = follows(1, "=") ? (.ampersandAssign, 2) : (.ampersand, 1)
    case "|": (kind, length) = follows(1, "=") ? (.pipeAssign, 2) : (.pipe, 1)
    case "^": (kind, length) = follows(1, "=") ? (.caretAssign, 2) : (.caret, 1)
    case "*":
      (kind, length) = follows(1, "*") ? (.starStar, 2) : follows(1, "=") ? (.starAssign, 2) : (.star, 1)
    case "/":
      if follows(1, "/") {
        (kind, length) = follows(2, "=") ? (.slashSlashAssign, 3) : (.slashSlash, 2)
      } else {
        (kind, length) = follows(1, "=") ? (.slashAssign, 2) : (.slash, 1)
      }
    case "<":
      if follows(1, "<") {
        (kind, length) = follows(2, "=") ? (.shiftLeftAssign, 3) : (.shiftLeft, 2)
      } else {
        (kind, length) = follows(1, "=") ? (.lessEqual, 2) : (.less, 1)
      }
    case ">":
      if follows(1, ">") {
        (kind, length) = follows(2, "=") ? (.shiftRightAssign, 3) : (.shiftRight, 2)
      } else {
        (kind, length) = follows(1, "=") ? (.greaterEqual, 2) : (.greater, 1)
      }
    default:
      throw failure("unexpected input character '\(shownCharacter(at: start))'", start..<start + 1)
    }
    cursor += length
    return Token(kind: kind, start: start, end: cursor)
  }

  private func shownCharacter(at index: Int) -> String {
    let (scalar, _) = decodeUTF8(bytes, at: index, limit: limit)
    return scalar.properties.generalCategory == .control ? "\\x" + String(scalar.value, radix: 16) : String(scalar)
  }

  /// How many bytes the letter at `index` takes; nothing if there is no letter.
  private func identifierStart(at index: Int) -> Int? {
    switch bytes[index] {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): return 1
    case 0x80...0xFF:
      let (scalar, length) = decodeUTF8(bytes, at: index, limit: limit)
      return isLetter(scalar) && length > 1 ? length : nil
    default: return nil
    }
  }

  /// Passes the blanks that a line of a string literal begins with. ytt takes them away from every line of code, and
  /// literals make no difference to it; only the values of nodes stay as they are.
  mutating func passIndentation() {
    while !inHostArguments, cursor < limit, bytes[cursor] == UInt8(ascii: " ") || bytes[cursor] == UInt8(ascii: "\t") {
      cursor += 1
    }
  }

  /// Moves a string literal that is not closed at the end of its segment on to the next one, as if the two were
  /// lines of one text; false where there is none. Behind a backslash blanks stay.
  mutating func continueInNextSegment(passingIndentation: Bool = true) -> Bool {
    guard !inHostArguments, segmentIndex + 1 < segments.count, case .code(let range) = segments[segmentIndex + 1]
    else { return false }
    segmentIndex += 1
    cursor = range.lowerBound
    limit = range.upperBound
    if passingIndentation { passIndentation() }
    return true
  }
}

func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

/// Whether a name may contain it, by Unicode's categories of letters.
func isLetter(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
  default: false
  }
}
