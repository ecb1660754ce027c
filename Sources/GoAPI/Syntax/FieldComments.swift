import APISchema
import Files

/// Reads the comments above all fields and methods of a file: of every structure and interface, whatever it stands in.
struct FieldComments {
  private var lexer: Lexer
  private var groups: [Int] = []
  /// What is open: for the fields of a structure or an interface, the first group of comments that may become a field's.
  private var open: [Int?] = []
  /// Whether the current token begins a field.
  private var isAtField = false

  private init(_ file: SourceFile, _ bytes: UnsafeBufferPointer<UInt8>) { lexer = Lexer(file, bytes) }

  /// The groups, detached ones before the documentation of the same field; as far as the file can be read.
  static func read(_ file: SourceFile) -> [CommentGroup] {
    file.contents.withBytes { bytes in
      var reader = FieldComments(file, bytes)
      try? reader.readFile()
      return reader.groups.compactMap { reader.lexer.comments.group($0, in: file) }
    }
  }

  private mutating func readFile() throws(Diagnostic) {
    var isFieldBlock = false
    try lexer.advance()
    while lexer.token != .endOfFile {
      if isAtField, lexer.token != .rightBrace { takeComments() }
      isAtField = false
      switch lexer.token {
      case .leftBrace: open.append(isFieldBlock ? lexer.comments.groups.count : nil)
      case .leftParenthesis, .leftBracket: open.append(nil)
      case .rightBrace, .rightParenthesis, .rightBracket: _ = open.popLast()
      default: break
      }
      let isBlock = open.last.flatMap { $0 } != nil
      let beginsField = isBlock && (lexer.token == .semicolon || lexer.token == .leftBrace && isFieldBlock)
      isFieldBlock = lexer.token == .structKeyword || lexer.token == .interfaceKeyword
      try advance(beginsField: beginsField)
    }
  }

  /// Passes the current token; behind the end of a field, the comments on its line are nobody's.
  private mutating func advance(beginsField: Bool) throws(Diagnostic) {
    let isEnd = beginsField && lexer.token == .semicolon
    let isWritten = isEnd && !lexer.isInserted
    if isEnd { open[open.count - 1] = lexer.comments.groups.count }
    try lexer.advance()
    if isWritten, let comment = lexer.lineGroup { open[open.count - 1] = comment + 1 }
    isAtField = beginsField
  }

  private mutating func takeComments() {
    guard let last = open.last, let first = last else { return }
    let end = lexer.leadGroup ?? lexer.comments.groups.count
    if first < end { groups.append(end - 1) }
    if let documentation = lexer.leadGroup { groups.append(documentation) }
  }
}
