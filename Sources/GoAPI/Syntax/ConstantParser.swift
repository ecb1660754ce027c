import Files

/// Reads declarations of constants as far as strings are concerned: literals, sums of them, names and conversions.
struct ConstantParser {
  private var lexer: Lexer
  private var table: ConstantTable

  /// How deep parentheses may be nested.
  private static let deepest = 50

  /// Reads the declaration that begins at `offset` with `const`.
  static func read(at offset: Int, in file: SourceFile, into table: inout ConstantTable) throws(Diagnostic) {
    table = try file.contents.withBytes { [table] (bytes) throws(Diagnostic) in
      var parser = ConstantParser(lexer: Lexer(file, bytes, at: offset), table: table)
      try parser.declaration()
      return parser.table
    }
  }

  private mutating func declaration() throws(Diagnostic) {
    try lexer.advance()
    try lexer.advance()
    var last: (type: ByteString?, values: [ConstantTable.Value]) = (nil, [])
    guard lexer.token == .leftParenthesis else { return try specification(repeating: &last) }
    try lexer.advance()
    while lexer.token != .rightParenthesis, lexer.token != .endOfFile {
      try specification(repeating: &last)
      if lexer.token == .semicolon { try lexer.advance() }
    }
  }

  /// `A, B Type = value, value`; without a value it has that of the line above.
  private mutating func specification(
    repeating last: inout (type: ByteString?, values: [ConstantTable.Value])
  ) throws(Diagnostic) {
    var names: [ByteString] = [try lexer.takeName("of the constant")]
    while lexer.token == .comma {
      try lexer.advance()
      names.append(try lexer.takeName("of the constant"))
    }
    if lexer.token != .semicolon && lexer.token != .rightParenthesis {
      last = (nil, [])
      if lexer.token == .identifier { last.type = try typeName() }
      try lexer.take(.equals, "'=' behind the name of the constant")
      last.values = [try value(depth: 0)]
      while lexer.token == .comma {
        try lexer.advance()
        last.values.append(try value(depth: 0))
      }
    }
    for (index, name) in names.enumerated() where last.values.indices.contains(index) {
      table.append(name, type: last.type, value: last.values[index])
    }
  }

  /// The name of a type; one of another package is called nothing that a type of this one can be.
  private mutating func typeName() throws(Diagnostic) -> ByteString {
    var name = try lexer.takeName("of the type")
    while lexer.token == .period {
      try lexer.advance()
      name = name.appending(".").appending(try lexer.takeName("of the type"))
    }
    return name
  }

  private mutating func value(depth: Int) throws(Diagnostic) -> ConstantTable.Value {
    var terms = [try operand(depth: depth)]
    while lexer.token == .plus {
      try lexer.advance()
      terms.append(try operand(depth: depth))
    }
    switch lexer.token {
    case .comma, .semicolon, .rightParenthesis, .endOfFile: return terms.count == 1 ? terms[0] : .sum(terms)
    default:
      try skipExpression()
      return .other
    }
  }

  private mutating func operand(depth: Int) throws(Diagnostic) -> ConstantTable.Value {
    guard depth < Self.deepest else { throw .nestedTooDeeply(Self.deepest, lexer.range) }
    switch lexer.token {
    case .string, .rawString:
      let value = StringLiteral.value(lexer.text)
      try lexer.advance()
      return value.map { .string($0) } ?? .other
    case .leftParenthesis:
      try lexer.advance()
      let inner = try value(depth: depth + 1)
      try lexer.take(.rightParenthesis, "')'")
      return inner
    case .identifier:
      let name = try typeName()
      guard lexer.token == .leftParenthesis else { return .name(name) }
      try lexer.advance()
      if lexer.token == .rightParenthesis {
        try lexer.advance()
        return .other
      }
      let inner = try value(depth: depth + 1)
      guard lexer.token == .rightParenthesis else {
        try skipExpression()
        if lexer.token == .rightParenthesis { try lexer.advance() }
        return .other
      }
      try lexer.advance()
      return .conversion(type: name, inner)
    default: return .other
    }
  }

  /// Passes everything up to what can follow a value.
  private mutating func skipExpression() throws(Diagnostic) {
    while true {
      switch lexer.token {
      case .comma, .semicolon, .rightParenthesis, .endOfFile: return
      case .leftParenthesis: try lexer.skipParentheses()
      case .leftBrace: try lexer.skipBraces()
      default: break
      }
      try lexer.advance()
    }
  }
}
