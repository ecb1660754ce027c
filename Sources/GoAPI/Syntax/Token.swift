/// What a word of Go source is, as far as declarations tell words apart.
enum Token: UInt8, Sendable {
  case endOfFile
  /// Written, or inserted at the end of a line (Go specification, "Semicolons").
  case semicolon
  case comment
  case identifier
  case string, rawString, number, rune
  case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
  case comma, period, equals, star, plus, tilde
  /// `<-`
  case arrow
  /// Any other operator.
  case otherOperator
  case packageKeyword, importKeyword, constKeyword, varKeyword, typeKeyword, funcKeyword
  case structKeyword, interfaceKeyword, mapKeyword, chanKeyword
  /// A keyword of statements.
  case otherKeyword

  /// Whether a line may end a statement behind it, so that a semicolon is inserted there.
  var endsStatement: Bool {
    switch self {
    case .identifier, .string, .rawString, .number, .rune, .rightParenthesis, .rightBracket, .rightBrace: true
    default: false
    }
  }

  /// Whether a type can begin with it.
  var beginsType: Bool {
    switch self {
    case .identifier, .star, .leftBracket, .leftParenthesis, .arrow, .structKeyword, .interfaceKeyword, .mapKeyword,
      .chanKeyword, .funcKeyword:
      true
    default: false
    }
  }
}
