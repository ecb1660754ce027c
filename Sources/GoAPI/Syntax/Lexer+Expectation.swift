import Files

extension Lexer {
  /// The current token, which has to be a name; the next one becomes current.
  mutating func takeName(_ ofWhat: String) throws(Diagnostic) -> ByteString {
    guard token == .identifier else { throw .expected("the name \(ofWhat)", at: self) }
    let name = text
    try advance()
    return name
  }

  /// Passes the end of a statement, which the closing bracket of a group also is.
  mutating func takeSemicolon(after what: String) throws(Diagnostic) {
    switch token {
    case .semicolon: try advance()
    case .rightParenthesis, .rightBrace, .endOfFile: break
    default: throw .expected("the end of the line behind \(what)", at: self)
    }
  }

  mutating func take(_ wanted: Token, _ what: String) throws(Diagnostic) {
    guard token == wanted else { throw .expected(what, at: self) }
    try advance()
  }
}

extension Diagnostic {
  /// Another word stands where only `what` can.
  static func expected(_ what: String, at lexer: Lexer, hint: String? = nil) -> Diagnostic {
    let found: String
    switch lexer.token {
    case .endOfFile: found = "the end of the file"
    case .semicolon where lexer.isInserted: found = "the end of the line"
    default:
      // As much as fits into a sentence.
      let text = lexer.text
      found = "'\(text.count > 40 ? "\(text[0..<40])…" : text.text)'"
    }
    return Diagnostic("expected \(what), found \(found)", at: lexer.range, hint: hint)
  }

  static func lateImport(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "imports have to come before all other declarations", at: range, hint: "move it below the package clause")
  }

  static func nestedTooDeeply(_ limit: Int, _ range: SourceRange) -> Diagnostic {
    Diagnostic("the type is nested more than \(limit) deep", at: range, hint: "give the inner types names")
  }
}
