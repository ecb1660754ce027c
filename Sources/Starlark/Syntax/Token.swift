import Files

/// A word of the language.
struct Token {
  enum Kind: UInt8 {
    case endOfFile, newline, end, identifier, int, float, string
    case plus, minus, star, slash, slashSlash, percent, ampersand, pipe, caret, shiftLeft, shiftRight, tilde
    case dot, comma, assign, semicolon, colon
    case leftParen, rightParen, leftBracket, rightBracket, leftBrace, rightBrace
    case less, greater, greaterEqual, lessEqual, equal, notEqual
    case plusAssign, minusAssign, starAssign, slashAssign, slashSlashAssign, percentAssign
    case ampersandAssign, pipeAssign, caretAssign, shiftLeftAssign, shiftRightAssign
    case starStar
    case and, `break`, `continue`, def, elif, `else`, `for`, `if`, `in`, lambda, load, not, or, pass, `return`, `while`
    case reserved
    /// A statement of the host begins.
    case host
    /// The arguments of a host statement end.
    case hostEnd
  }

  var kind: Kind
  /// The bytes of the file.
  var start: Int
  var end: Int
  /// The value of a string literal.
  var text: ByteString?
}

extension Token.Kind {
  /// The word in the error messages of the real tool, without quotes.
  var name: String {
    switch self {
    case .endOfFile: "end of file"
    case .newline: "newline"
    case .end: "outdent"
    case .identifier, .host: "identifier"
    case .int: "int literal"
    case .float: "float literal"
    case .string: "string literal"
    case .plus: "+"
    case .minus: "-"
    case .star: "*"
    case .slash: "/"
    case .slashSlash: "//"
    case .percent: "%"
    case .ampersand: "&"
    case .pipe: "|"
    case .caret: "^"
    case .shiftLeft: "<<"
    case .shiftRight: ">>"
    case .tilde: "~"
    case .dot: "."
    case .comma: ","
    case .assign: "="
    case .semicolon: ";"
    case .colon: ":"
    case .leftParen: "("
    case .rightParen, .hostEnd: ")"
    case .leftBracket: "["
    case .rightBracket: "]"
    case .leftBrace: "{"
    case .rightBrace: "}"
    case .less: "<"
    case .greater: ">"
    case .greaterEqual: ">="
    case .lessEqual: "<="
    case .equal: "=="
    case .notEqual: "!="
    case .plusAssign: "+="
    case .minusAssign: "-="
    case .starAssign: "*="
    case .slashAssign: "/="
    case .slashSlashAssign: "//="
    case .percentAssign: "%="
    case .ampersandAssign: "&="
    case .pipeAssign: "|="
    case .caretAssign: "^="
    case .shiftLeftAssign: "<<="
    case .shiftRightAssign: ">>="
    case .starStar: "**"
    case .and: "and"
    case .break: "break"
    case .continue: "continue"
    case .def: "def"
    case .elif: "elif"
    case .else: "else"
    case .for: "for"
    case .if: "if"
    case .in: "in"
    case .lambda: "lambda"
    case .load: "load"
    case .not: "not"
    case .or: "or"
    case .pass: "pass"
    case .return: "return"
    case .while: "while"
    case .reserved: "illegal token"
    }
  }

  /// The word as messages show it: punctuation in quotes, names of kinds and keywords without.
  var shown: String {
    let isPunctuation =
      (Self.plus.rawValue...Self.starStar.rawValue).contains(rawValue) || self == .hostEnd
    return isPunctuation ? "'\(name)'" : name
  }

  var isKeyword: Bool { (Self.and.rawValue...Self.reserved.rawValue).contains(rawValue) }

  /// The operator before the `=` of an augmented assignment.
  var augmentedOperator: BinaryOperator? {
    switch self {
    case .plusAssign: .add
    case .minusAssign: .subtract
    case .starAssign: .multiply
    case .slashAssign: .divide
    case .slashSlashAssign: .floorDivide
    case .percentAssign: .modulo
    case .ampersandAssign: .and
    case .pipeAssign: .or
    case .caretAssign: .exclusiveOr
    case .shiftLeftAssign: .shiftLeft
    case .shiftRightAssign: .shiftRight
    default: nil
    }
  }

  private static let keywords: [ByteString: Token.Kind] = [
    "and": .and, "break": .break, "continue": .continue, "def": .def, "elif": .elif, "else": .else, "for": .for,
    "if": .if, "in": .in, "lambda": .lambda, "load": .load, "not": .not, "or": .or, "pass": .pass,
    "return": .return, "while": .while, "end": .end,
    "as": .reserved, "class": .reserved, "del": .reserved, "except": .reserved, "finally": .reserved,
    "from": .reserved, "global": .reserved, "import": .reserved, "is": .reserved, "nonlocal": .reserved,
    "raise": .reserved, "try": .reserved, "with": .reserved, "yield": .reserved,
  ]

  /// The keyword that a word is, or `identifier`. `end` closes a block wherever it stands.
  static func word(_ text: ByteString) -> Token.Kind {
    text.count > 8 ? .identifier : keywords[text] ?? .identifier
  }
}
