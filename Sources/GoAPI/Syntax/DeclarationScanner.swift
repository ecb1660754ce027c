import Files

/// Reads the top level of a Go file: what is declared where, and whose the comments are. Bodies are skipped.
///
/// A comment belongs to the declaration that follows it on the next line. Of the others above a type, the closest
/// one is kept with it; the rest are loose.
struct DeclarationScanner {
  private var lexer: Lexer
  private var index = FileIndex()
  /// The first group of comments that may still become anybody's.
  private var nextGroup = 0

  private init(_ file: SourceFile, _ bytes: UnsafeBufferPointer<UInt8>) { lexer = Lexer(file, bytes) }

  /// - Throws: what is wrong with the syntax of the top level, at the first place where it is.
  static func index(_ file: SourceFile) throws(Diagnostic) -> FileIndex {
    try SourceText.check(file)
    return try file.contents.withBytes { (bytes) throws(Diagnostic) in
      var scanner = DeclarationScanner(file, bytes)
      try scanner.scanFile()
      scanner.index.comments = scanner.lexer.comments
      return scanner.index
    }
  }

  private mutating func scanFile() throws(Diagnostic) {
    try scanPackageClause()
    while lexer.token == .importKeyword { try scanImports() }
    while lexer.token != .endOfFile {
      switch lexer.token {
      case .semicolon: try lexer.advance()
      case .typeKeyword: try scanTypes()
      case .funcKeyword: try scanFunction()
      case .varKeyword: try scanValues()
      case .constKeyword:
        index.constants.append(lexer.start)
        try scanValues()
      case .importKeyword: throw .lateImport(lexer.range)
      default: throw .expected("a declaration", at: lexer, hint: "begin it with type, const, var or func")
      }
    }
    makeLoose(upTo: lexer.comments.groups.count)
  }

  private mutating func scanPackageClause() throws(Diagnostic) {
    try lexer.advance()
    guard lexer.token == .packageKeyword else {
      throw .expected("the package clause", at: lexer, hint: "begin the file with 'package' and a name")
    }
    makeLoose(upTo: lexer.comments.groups.count)
    try lexer.advance()
    index.packageName = try lexer.takeName("of the package")
    try lexer.takeSemicolon(after: "the package clause")
  }

  // MARK: Comments

  /// Those that nobody has claimed so far.
  private mutating func makeLoose(upTo end: Int) {
    guard nextGroup < end else { return }
    index.looseGroups += nextGroup..<end
    nextGroup = end
  }

  /// Gives up the comments above a declaration that is no type: its documentation is of no interest, the rest loose.
  private mutating func passComments() {
    makeLoose(upTo: lexer.leadGroup ?? lexer.comments.groups.count)
    nextGroup = lexer.comments.groups.count
  }

  /// The end of something that keeps the comment behind it on its line.
  private mutating func finishSpecification(_ what: String) throws(Diagnostic) {
    let isWritten = lexer.token == .semicolon && !lexer.isInserted
    nextGroup = lexer.comments.groups.count
    try lexer.takeSemicolon(after: what)
    if isWritten, let comment = lexer.lineGroup { nextGroup = comment + 1 }
  }

  /// The bracket that ends something that does not: comments before it are nobody's, those behind it loose.
  private mutating func finishBlock(_ what: String) throws(Diagnostic) {
    nextGroup = lexer.comments.groups.count
    try lexer.advance()
    try lexer.takeSemicolon(after: what)
  }

  // MARK: Imports

  private mutating func scanImports() throws(Diagnostic) {
    passComments()
    try lexer.advance()
    guard lexer.token == .leftParenthesis else { return try scanImport() }
    try lexer.advance()
    while lexer.token != .rightParenthesis { try scanImport() }
    try finishBlock("the imports")
  }

  private mutating func scanImport() throws(Diagnostic) {
    var alias: ByteString?
    if lexer.token == .identifier || lexer.token == .period {
      alias = lexer.text
      try lexer.advance()
    }
    guard lexer.token == .string || lexer.token == .rawString, let path = StringLiteral.value(lexer.text),
      !path.isEmpty
    else {
      throw .expected("an import path", at: lexer, hint: "write the path of a package in quotes")
    }
    index.imports.append(FileIndex.Import(alias: alias, path: path, offset: lexer.start))
    try lexer.advance()
    try finishSpecification("an import")
  }

  // MARK: Constants and variables

  private mutating func scanValues() throws(Diagnostic) {
    passComments()
    try lexer.advance()
    if lexer.token == .leftParenthesis {
      try lexer.skipParentheses()
      return try finishBlock("the declaration")
    }
    guard lexer.token == .identifier else { throw .expected("a name", at: lexer) }
    try skipToSemicolon()
    try finishSpecification("the declaration")
  }

  /// What ends a specification is a semicolon, or the parenthesis that closes the group.
  private mutating func skipToSemicolon() throws(Diagnostic) {
    while true {
      switch lexer.token {
      case .semicolon, .endOfFile, .rightParenthesis, .rightBrace: return
      case .leftBrace: try lexer.skipBraces()
      case .leftParenthesis: try lexer.skipParentheses()
      default: break
      }
      try lexer.advance()
    }
  }

  // MARK: Types

  private mutating func scanTypes() throws(Diagnostic) {
    let lead = lexer.leadGroup
    let end = lead ?? lexer.comments.groups.count
    let detached = nextGroup < end ? end - 1 : nil
    try lexer.advance()
    guard lexer.token == .leftParenthesis else {
      makeLoose(upTo: detached ?? nextGroup)
      try scanType(documentation: lead, detached: detached)
      return try finishSpecification("the type")
    }
    makeLoose(upTo: end)
    nextGroup = lead.map { $0 + 1 } ?? end
    try lexer.advance()
    while lexer.token != .rightParenthesis {
      let end = lexer.leadGroup ?? lexer.comments.groups.count
      try scanType(documentation: lexer.leadGroup, detached: nextGroup < end ? end - 1 : nil)
      try finishSpecification("the type")
    }
    try finishBlock("the types")
  }

  private mutating func scanType(documentation: Int?, detached: Int?) throws(Diagnostic) {
    let offset = lexer.start
    let name = try lexer.takeName("of the type")
    index.types.append(
      FileIndex.TypeDeclaration(name: name, offset: offset, documentation: documentation, detached: detached))
    guard lexer.token != .semicolon else { throw .expected("what the type is", at: lexer) }
    try skipToSemicolon()
  }

  // MARK: Functions

  private mutating func scanFunction() throws(Diagnostic) {
    passComments()
    try lexer.advance()
    var receiver: ByteString?
    if lexer.token == .leftParenthesis { receiver = try takeReceiver() }
    let name = try lexer.takeName("of the function")
    if let receiver, let marshaler = Self.marshaler(name) {
      if try takesNothingAndGivesBytes() { index.marshalers.append((receiver, marshaler)) }
    }
    // A brace behind one of these words belongs to a type.
    while true {
      switch lexer.token {
      case .structKeyword, .interfaceKeyword:
        try lexer.advance()
        guard lexer.token == .leftBrace else { throw .expected("'{'", at: lexer) }
        try lexer.skipBraces()
      case .leftParenthesis: try lexer.skipParentheses()
      case .leftBrace:
        try lexer.skipBraces()
        return try finishBlock("the function")
      case .semicolon, .endOfFile: return try lexer.takeSemicolon(after: "the function")
      default: break
      }
      try lexer.advance()
    }
  }

  /// The name of the type of `(r *Name[T])`.
  private mutating func takeReceiver() throws(Diagnostic) -> ByteString? {
    var name: ByteString?
    try lexer.advance()
    while lexer.token == .identifier || lexer.token == .star || lexer.token == .comma {
      if lexer.token == .identifier { name = lexer.text }
      try lexer.advance()
    }
    if lexer.token == .leftBracket {
      try lexer.skipBrackets(UInt8(ascii: "["), UInt8(ascii: "]"))
      try lexer.advance()
    }
    guard lexer.token == .rightParenthesis else { throw .expected("')' behind the receiver", at: lexer) }
    try lexer.advance()
    return name
  }

  private static func marshaler(_ name: ByteString) -> FileIndex.Marshaler? {
    name == "MarshalJSON" ? .json : name == "MarshalText" ? .text : nil
  }

  /// Whether what follows the name is `() ([]byte, error)`, with or without names for the results.
  private mutating func takesNothingAndGivesBytes() throws(Diagnostic) -> Bool {
    guard lexer.token == .leftParenthesis else { return false }
    try lexer.advance()
    guard lexer.token == .rightParenthesis else { return try failSignature() }
    try lexer.advance()
    guard lexer.token == .leftParenthesis else { return false }
    try lexer.advance()
    var words: [ByteString] = []
    while [.identifier, .leftBracket, .rightBracket, .comma].contains(lexer.token) {
      words.append(lexer.text)
      try lexer.advance()
    }
    guard lexer.token == .rightParenthesis else { return try failSignature() }
    try lexer.advance()
    if words.count == 7 {
      words.remove(at: 5)
      words.remove(at: 0)
    }
    return words == ["[", "]", "byte", ",", "error"] || words == ["[", "]", "uint8", ",", "error"]
  }

  /// Another signature: leaves it, wherever it was given up.
  private mutating func failSignature() throws(Diagnostic) -> Bool {
    while lexer.token != .rightParenthesis, lexer.token != .leftBrace, lexer.token != .endOfFile {
      if lexer.token == .leftParenthesis { try lexer.skipParentheses() }
      try lexer.advance()
    }
    if lexer.token == .rightParenthesis { try lexer.advance() }
    return false
  }
}
