import Files

extension Parser {
  /// Reads a statement, or several on one line.
  mutating func parseStatement(into statements: inout [Int32]) throws(Diagnostic) {
    switch token.kind {
    case .def: statements.append(try nested { parser throws(Diagnostic) in try parser.parseDef() })
    case .if: statements.append(try nested { parser throws(Diagnostic) in try parser.parseIf() })
    case .for: statements.append(try nested { parser throws(Diagnostic) in try parser.parseFor() })
    case .while: statements.append(try nested { parser throws(Diagnostic) in try parser.parseWhile() })
    case .host: statements.append(try parseHost())
    case .end: throw failure("unexpected end")
    default: try parseSimpleStatements(into: &statements)
    }
  }

  /// simple (";" simple)* ";"? newline
  private mutating func parseSimpleStatements(into statements: inout [Int32]) throws(Diagnostic) {
    while true {
      statements.append(try parseSimpleStatement())
      guard token.kind == .semicolon else { break }
      try advance()
      if token.kind == .newline || token.kind == .endOfFile { break }
    }
    if token.kind != .endOfFile { try expect(.newline) }
  }

  private mutating func parseSimpleStatement() throws(Diagnostic) -> Int32 {
    let start = position
    switch token.kind {
    case .return:
      try advance()
      let isBare = token.kind == .newline || token.kind == .semicolon || token.kind == .endOfFile
      let value = isBare ? -1 : try parseExpression(allowsTrailingComma: false)
      return tree.add(TreeNode(kind: .returnStatement, a: value, position: start), children: value)
    case .break, .continue:
      let kind: TreeNode.Kind = token.kind == .break ? .breakStatement : .continueStatement
      try advance()
      return tree.add(TreeNode(kind: kind, position: start))
    case .pass:
      throw failure(
        "use of reserved keyword 'pass' is not allowed", hint: "leave the block empty: 'end' closes it")
    case .load:
      return try parseLoad()
    default:
      break
    }
    let target = try parseExpression(allowsTrailingComma: false)
    let operatorPosition = position
    if token.kind == .assign {
      try advance()
      let value = try parseExpression(allowsTrailingComma: false)
      return tree.add(
        TreeNode(kind: .assign, a: target, b: value, position: operatorPosition), children: target, value)
    }
    if let operation = token.kind.augmentedOperator {
      try advance()
      let value = try parseExpression(allowsTrailingComma: false)
      return tree.add(
        TreeNode(
          kind: .augmentedAssign, op: operation.rawValue, a: target, b: value, position: operatorPosition),
        children: target, value)
    }
    return tree.add(TreeNode(kind: .expressionStatement, a: target, position: start), children: target)
  }

  /// What follows a colon: the rest of the line, or the lines up to `end`. The word that closes lines may be `elif` or
  /// `else` where `mayContinue`; these are left for the caller. Also says whether it
  /// was one of them that closed the block.
  private mutating func parseSuite(
    openedAt opener: Token, mayContinue: Bool
  ) throws(Diagnostic) -> (block: Int32, isOpen: Bool) {
    var statements: [Int32] = []
    let start = position
    guard token.kind == .newline else {
      try parseSimpleStatements(into: &statements)
      return (tree.add(TreeNode(kind: .block, position: start), list: statements), false)
    }
    openBlocks += 1
    defer { openBlocks -= 1 }
    try advance()
    var isOpen = false
    loop: while true {
      switch token.kind {
      case .newline:
        try advance()
      case .end:
        try advance()
        if token.kind == .newline { try advance() }
        break loop
      case .elif where mayContinue, .else where mayContinue:
        isOpen = true
        break loop
      case .endOfFile:
        throw lexer.failure(
          "mismatched set of block openings (if/else/elif/for/def) and closing (end)", opener.start..<opener.end,
          hint: "close this block with 'end'")
      default:
        try parseStatement(into: &statements)
      }
    }
    return (tree.add(TreeNode(kind: .block, position: start), list: statements), isOpen)
  }

  private mutating func parseDef() throws(Diagnostic) -> Int32 {
    let opener = token
    try advance()
    let (name, namePosition) = try parseName()
    let code = FunctionCode(name: tree.names[Int(name)], position: namePosition)
    try expect(.leftParen)
    try parseParameters(of: code, until: .rightParen)
    try expect(.rightParen)
    try expect(.colon)
    functions.append(code)
    code.body = try parseSuite(openedAt: opener, mayContinue: false).block
    functions.removeLast()
    tree.functions.append(code)
    let target = tree.add(TreeNode(kind: .name, a: name, position: namePosition))
    return tree.add(
      TreeNode(kind: .def, a: target, b: Int32(tree.functions.count - 1), position: namePosition), children: code.body)
  }

  private mutating func parseIf() throws(Diagnostic) -> Int32 {
    let opener = token
    try advance()
    let condition = try parseTest()
    try expect(.colon)
    let (block, isOpen) = try parseSuite(openedAt: opener, mayContinue: true)
    var otherwise: Int32 = -1
    // Behind a block on one line, and behind `end`, `else` belongs to the `if` around this one.
    if isOpen, token.kind == .elif {
      otherwise = try nested { parser throws(Diagnostic) in try parser.parseIf() }
    } else if isOpen, token.kind == .else {
      let opener = token
      try advance()
      try expect(.colon)
      otherwise = try parseSuite(openedAt: opener, mayContinue: false).block
    }
    return tree.add(
      TreeNode(
        kind: .ifStatement, a: condition, b: block, c: otherwise, position: UInt32(clamping: opener.start)),
      children: condition, block, otherwise)
  }

  private mutating func parseFor() throws(Diagnostic) -> Int32 {
    let opener = token
    try advance()
    let target = try parseLoopVariables()
    try expect(.in)
    let iterable = try parseExpression(allowsTrailingComma: false)
    try expect(.colon)
    let block = try parseSuite(openedAt: opener, mayContinue: false).block
    return tree.add(
      TreeNode(
        kind: .forStatement, a: target, b: iterable, c: block, position: UInt32(clamping: opener.start)),
      children: target, iterable, block)
  }

  private mutating func parseWhile() throws(Diagnostic) -> Int32 {
    let opener = token
    try advance()
    let condition = try parseTest()
    try expect(.colon)
    let block = try parseSuite(openedAt: opener, mayContinue: false).block
    return tree.add(
      TreeNode(kind: .whileStatement, a: condition, b: block, position: UInt32(clamping: opener.start)),
      children: condition, block)
  }

  /// "load" "(" string ("," (string | name "=" string))+ ","? ")"
  private mutating func parseLoad() throws(Diagnostic) -> Int32 {
    let start = position
    try advance()
    let bracket = token
    try expect(.leftParen)
    guard token.kind == .string, let module = token.text else {
      throw failure("first operand of load statement must be a string literal")
    }
    var load = LoadStatement(module: module, modulePosition: position)
    try advance()
    while token.kind != .rightParen && token.kind != .endOfFile {
      try expect(.comma)
      if token.kind == .rightParen { break }
      let local: (name: Int32, position: UInt32)
      switch token.kind {
      case .string:
        local = (tree.intern(token.text ?? .empty), position)
      case .identifier:
        local = try parseName()
        let name = tree.names[Int(local.name)]
        guard token.kind == .assign else {
          throw failure(
            "load operand must be \"\(name)\" or \(name)=\"originalname\" (want '=' after \(name))")
        }
        try advance()
        guard token.kind == .string else {
          throw failure("original name of loaded symbol must be quoted: \(name)=\"originalname\"")
        }
      default:
        throw failure(
          "load operand must be \"name\" or localname=\"name\" (got \(token.kind.shown))")
      }
      let target = tree.add(TreeNode(kind: .name, a: local.name, position: local.position))
      load.symbols.append((token.text ?? .empty, position, target))
      try advance()
    }
    try expect(.rightParen)
    if load.symbols.isEmpty {
      throw lexer.failure("load statement must import at least 1 symbol", bracket.start..<bracket.end)
    }
    tree.loads.append(load)
    return tree.add(TreeNode(kind: .loadStatement, a: Int32(tree.loads.count - 1), position: start))
  }

  private mutating func parseHost() throws(Diagnostic) -> Int32 {
    let start = position
    let operation = lexer.hostOperation
    let takesExpression = lexer.hostTakesExpression
    // The statements of the file are not a function that somebody calls.
    for code in functions.dropFirst().suffix(1) { code.usesHost = true }
    try advance()
    var arguments: [Int32] = []
    var hasNames = false
    if takesExpression {
      if token.kind == .hostEnd {
        arguments = [tree.add(TreeNode(kind: .tuple, position: start), list: [])]
      } else {
        arguments = [try parseExpression(allowsTrailingComma: true)]
      }
    } else {
      (arguments, hasNames) = try parseArguments(until: .hostEnd)
    }
    guard token.kind == .hostEnd else { throw failure("got \(token.kind.shown), want ')'") }
    try advance()
    return tree.add(
      TreeNode(kind: .hostStatement, op: hasNames ? 0 : 1, a: operation, position: start), list: arguments)
  }
}
