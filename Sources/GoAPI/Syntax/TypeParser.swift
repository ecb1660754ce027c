import APISchema
import Files

/// Reads a type declaration from its name on: type expressions, and the fields of structures with tags and comments.
struct TypeParser {
  /// What stands behind the name of a type.
  struct Declaration {
    var typeParameterCount: Int
    var isAlias: Bool
    var definition: TypeExpression
  }

  /// How deep a type may be nested in others.
  static let deepest = 200

  private var lexer: Lexer
  /// The import path that a qualifier stands for in this file.
  private let importPath: (ByteString) -> ByteString?
  private var depth = 0
  /// The first group of comments that may still become a field's.
  private var nextGroup = 0
  /// The end of the last token.
  private var lastEnd = 0

  private init(_ lexer: Lexer, importPath: @escaping (ByteString) -> ByteString?) {
    self.lexer = lexer
    self.importPath = importPath
  }

  /// Reads the declaration whose name stands at `offset`.
  static func declaration(
    at offset: Int, in file: SourceFile, importPath: @escaping (ByteString) -> ByteString?
  ) throws(Diagnostic) -> Declaration {
    try file.contents.withBytes { (bytes) throws(Diagnostic) in
      var parser = TypeParser(Lexer(file, bytes, at: offset), importPath: importPath)
      try parser.advance()
      try parser.advance()
      let typeParameterCount = try parser.takeTypeParameters()
      let isAlias = parser.lexer.token == .equals
      if isAlias { try parser.advance() }
      let definition = try parser.type()
      try parser.lexer.takeSemicolon(after: "the type")
      return Declaration(typeParameterCount: typeParameterCount, isAlias: isAlias, definition: definition)
    }
  }

  private mutating func advance() throws(Diagnostic) {
    lastEnd = lexer.offset
    try lexer.advance()
  }

  // MARK: Type parameters

  /// Passes `[T any, U comparable]` and counts the names; a bracket that begins an array type stays.
  private mutating func takeTypeParameters() throws(Diagnostic) -> Int {
    guard lexer.token == .leftBracket else { return 0 }
    var ahead = self
    try ahead.advance()
    guard ahead.lexer.token == .identifier else { return 0 }
    try ahead.advance()
    let isParameter = ahead.lexer.token == .comma || ahead.lexer.token == .tilde || ahead.lexer.token.beginsType
    let isStar = ahead.lexer.token == .star
    var commas = 0
    var open = 1
    while open > 0 {
      switch ahead.lexer.token {
      case .leftBracket, .leftParenthesis: open += 1
      case .rightBracket, .rightParenthesis: open -= 1
      case .leftBrace: try ahead.lexer.skipBraces()
      case .comma where open == 1: commas += 1
      case .endOfFile: throw .expected("']'", at: ahead.lexer)
      default: break
      }
      try ahead.advance()
    }
    // `[N * 2]T` is an array, `[P *T,]` a parameter.
    guard isParameter, !isStar || commas > 0 else { return 0 }
    self = ahead
    return commas + 1
  }

  // MARK: Types

  private mutating func type() throws(Diagnostic) -> TypeExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw .nestedTooDeeply(Self.deepest, lexer.range) }
    let start = lexer.start
    let position = lexer.position
    switch lexer.token {
    case .identifier: return try namedType()
    case .star:
      try advance()
      return TypeExpression(.pointer(try type()), at: position)
    case .leftBracket: return try arrayType()
    case .mapKeyword:
      try advance()
      try take(.leftBracket, "'[' behind map")
      let key = try type()
      try take(.rightBracket, "']' behind the type of the keys")
      return TypeExpression(.map(key: key, value: try type()), at: position)
    case .structKeyword:
      try advance()
      guard lexer.token == .leftBrace else { throw .expected("'{' behind struct", at: lexer) }
      return TypeExpression(.structure(try fields()), at: position)
    case .interfaceKeyword:
      try advance()
      guard lexer.token == .leftBrace else { throw .expected("'{' behind interface", at: lexer) }
      try lexer.skipBraces()
      try advance()
      return unsupported(.interface, from: start)
    case .funcKeyword:
      try advance()
      try signature()
      return unsupported(.function, from: start)
    case .chanKeyword, .arrow:
      if lexer.token == .arrow { try advance() }
      try take(.chanKeyword, "'chan'")
      if lexer.token == .arrow { try advance() }
      _ = try type()
      return unsupported(.channel, from: start)
    case .leftParenthesis:
      try advance()
      let inner = try type()
      try take(.rightParenthesis, "')' behind the type")
      return inner
    default: throw .expected("a type", at: lexer)
    }
  }

  private mutating func take(_ token: Token, _ what: String) throws(Diagnostic) {
    lastEnd = lexer.offset
    try lexer.take(token, what)
  }

  private func unsupported(_ kind: TypeExpression.Unsupported, from start: Int) -> TypeExpression {
    TypeExpression(
      .unsupported(kind, text: lexer.file.contents[start..<lastEnd]), at: lexer.file.position(start))
  }

  private mutating func namedType() throws(Diagnostic) -> TypeExpression {
    let start = lexer.start
    let position = lexer.position
    let name = lexer.text
    try advance()
    return try namedType(name, start: start, position: position)
  }

  /// The rest of a named type, behind its first name.
  private mutating func namedType(
    _ name: ByteString, start: Int, position: Position
  ) throws(Diagnostic) -> TypeExpression {
    var form = TypeExpression.Form.named(name)
    if lexer.token == .period {
      try advance()
      guard lexer.token == .identifier else { throw .expected("the name of a type behind '.'", at: lexer) }
      form = .imported(qualifier: name, path: importPath(name), name: lexer.text)
      try advance()
    }
    guard lexer.token == .leftBracket else { return TypeExpression(form, at: position) }
    try skipBrackets()
    return unsupported(.genericInstance, from: start)
  }

  private mutating func skipBrackets() throws(Diagnostic) {
    try lexer.skipBrackets(UInt8(ascii: "["), UInt8(ascii: "]"))
    try advance()
  }

  private mutating func arrayType() throws(Diagnostic) -> TypeExpression {
    let position = lexer.position
    var ahead = lexer
    try ahead.advance()
    let isSlice = ahead.token == .rightBracket
    try skipBrackets()
    return TypeExpression(.array(try type(), isSlice: isSlice), at: position)
  }

  /// Parameters and results.
  private mutating func signature() throws(Diagnostic) {
    guard lexer.token == .leftParenthesis else { throw .expected("'(' behind func", at: lexer) }
    try lexer.skipParentheses()
    try advance()
    if lexer.token == .leftParenthesis {
      try lexer.skipParentheses()
      try advance()
    } else if lexer.token.beginsType {
      _ = try type()
    }
  }

  // MARK: Fields

  private mutating func fields() throws(Diagnostic) -> [APIField] {
    var fields: [APIField] = []
    nextGroup = lexer.comments.groups.count
    try advance()
    while lexer.token != .rightBrace { try appendFields(to: &fields) }
    nextGroup = lexer.comments.groups.count
    try advance()
    return fields
  }

  /// One line of a structure: `A, B type "tag"` or `embedded "tag"`.
  private mutating func appendFields(to fields: inout [APIField]) throws(Diagnostic) {
    let lead = lexer.leadGroup
    let end = lead ?? lexer.comments.groups.count
    let detached = nextGroup < end ? end - 1 : nil
    let (names, type) = try namesAndType()
    var tag: JSONTag?
    if lexer.token == .string || lexer.token == .rawString {
      tag = StructTag.json(lexer.text)
      try advance()
    }
    try finishField()
    let documentation = lexer.comments.group(lead, in: lexer.file)
    let detachedComment = lexer.comments.group(detached, in: lexer.file)
    for (name, position) in names {
      fields.append(
        APIField(
          name: name, position: position, type: type, tag: tag, documentation: documentation,
          detachedComment: detachedComment))
    }
  }

  private mutating func finishField() throws(Diagnostic) {
    let isWritten = lexer.token == .semicolon && !lexer.isInserted
    nextGroup = lexer.comments.groups.count
    guard lexer.token == .semicolon || lexer.token == .rightBrace else {
      throw .expected("a tag or the end of the line behind the field", at: lexer)
    }
    if lexer.token == .semicolon { try advance() }
    if isWritten, let comment = lexer.lineGroup { nextGroup = comment + 1 }
  }

  private mutating func namesAndType() throws(Diagnostic) -> ([(ByteString?, Position)], TypeExpression) {
    let start = lexer.start
    let position = lexer.position
    guard lexer.token == .identifier else {
      guard lexer.token == .star else {
        throw .expected("a field or '}'", at: lexer, hint: "a field is a name with a type, or the name of a type")
      }
      return ([(nil, position)], try type())
    }
    let name = lexer.text
    try advance()
    switch lexer.token {
    case .period, .semicolon, .rightBrace, .string, .rawString:
      return ([(nil, position)], try namedType(name, start: start, position: position))
    case .leftBracket where try isInstance():
      return ([(nil, position)], try namedType(name, start: start, position: position))
    default: break
    }
    var names: [(ByteString?, Position)] = [(name, position)]
    while lexer.token == .comma {
      try advance()
      guard lexer.token == .identifier else { throw .expected("the name of a field", at: lexer) }
      names.append((lexer.text, lexer.position))
      try advance()
    }
    return (names, try type())
  }

  /// Whether the bracket behind the first name of a field makes it an embedded instance of a generic type, `List[T]`,
  /// rather than a field that is an array, `list [4]T`.
  private func isInstance() throws(Diagnostic) -> Bool {
    var ahead = lexer
    try ahead.advance()
    if ahead.token == .rightBracket { return false }
    ahead = lexer
    try ahead.skipBrackets(UInt8(ascii: "["), UInt8(ascii: "]"))
    try ahead.advance()
    return !ahead.token.beginsType
  }
}
