import BigInt
import Files

/// What operators stand between: names, literals, collections, comprehensions, and what follows them in brackets.
extension Parser {
  /// The variables of a loop: primaries with commas between them.
  mutating func parseLoopVariables() throws(Diagnostic) -> Int32 {
    let start = position
    let first = try parsePrimaryWithSuffix()
    guard token.kind == .comma else { return first }
    var list = [first]
    while token.kind == .comma {
      try advance()
      if endsList { break }
      list.append(try parsePrimaryWithSuffix())
    }
    return tree.add(TreeNode(kind: .tuple, position: start), list: list)
  }

  mutating func parsePrimaryWithSuffix() throws(Diagnostic) -> Int32 {
    var value = try parsePrimary()
    while true {
      switch token.kind {
      case .dot:
        try advance()
        let (name, namePosition) = try parseName()
        let method = Method.named(tree.names[Int(name)]).map { Int32($0.rawValue) } ?? -1
        value = tree.add(
          TreeNode(kind: .attribute, a: value, b: name, c: method, position: namePosition), children: value)
      case .leftBracket:
        value = try parseIndex(of: value)
      case .leftParen:
        let callPosition = tree.nodes[Int(value)].position
        try advance()
        let (arguments, hasNames) = try parseArguments(until: .rightParen)
        try expect(.rightParen)
        let kind: TreeNode.Kind =
          hasNames ? .callWithNames : tree.nodes[Int(value)].kind == .attribute ? .methodCall : .call
        value = tree.add(TreeNode(kind: kind, a: value, position: callPosition), list: arguments, and: value)
      default:
        return value
      }
    }
  }

  private mutating func parseIndex(of value: Int32) throws(Diagnostic) -> Int32 {
    let start = position
    try advance()
    var parts: [Int32] = [-1, -1, -1]
    if token.kind != .colon {
      parts[0] = try parseExpression(allowsTrailingComma: false)
      if token.kind == .rightBracket {
        try advance()
        return tree.add(
          TreeNode(kind: .index, a: value, b: parts[0], position: start), children: value, parts[0])
      }
    }
    if token.kind == .colon {
      try advance()
      if token.kind != .colon && token.kind != .rightBracket { parts[1] = try parseTest() }
    }
    if token.kind == .colon {
      try advance()
      if token.kind != .rightBracket { parts[2] = try parseTest() }
    }
    try expect(.rightBracket)
    let list = Int32(tree.lists.count)
    tree.lists.append(contentsOf: parts)
    return tree.add(
      TreeNode(kind: .slice, a: value, b: list, position: start), children: value, parts[0], parts[1], parts[2])
  }

  /// The arguments of a call, up to the token behind them; says whether any of them is not plainly positional.
  mutating func parseArguments(until end: Token.Kind) throws(Diagnostic) -> (list: [Int32], hasNames: Bool) {
    var list: [Int32] = []
    var hasNames = false
    var sawStar = false
    while token.kind != end && token.kind != .endOfFile {
      if !list.isEmpty {
        try expect(.comma)
        if token.kind == end {
          if sawStar { throw failure("got \(token.kind.shown), want argument") }
          break
        }
      }
      let start = position
      if token.kind == .star || token.kind == .starStar {
        let kind: TreeNode.Kind = token.kind == .star ? .starArgument : .starStarArgument
        sawStar = true
        hasNames = true
        try advance()
        let value = try parseTest()
        list.append(tree.add(TreeNode(kind: kind, a: value, position: start), children: value))
        continue
      }
      let value = try parseTest()
      guard token.kind == .assign else {
        list.append(value)
        continue
      }
      let node = tree.nodes[Int(value)]
      guard node.kind == .name else { throw failure("keyword argument must have form name=expr") }
      hasNames = true
      try advance()
      let named = try parseTest()
      list.append(
        tree.add(TreeNode(kind: .namedArgument, a: node.a, b: named, position: start), children: named))
    }
    return (list, hasNames)
  }

  private mutating func parsePrimary() throws(Diagnostic) -> Int32 {
    let start = position
    switch token.kind {
    case .identifier:
      let (name, position) = try parseName()
      return tree.add(TreeNode(kind: .name, a: name, position: position))
    case .int, .float, .string:
      let node = try literal(token)
      try advance()
      return tree.add(node)
    case .leftBracket:
      return try parseList()
    case .leftBrace:
      return try parseDict()
    case .leftParen:
      try advance()
      if token.kind == .rightParen {
        try advance()
        return tree.add(TreeNode(kind: .tuple, position: start), list: [])
      }
      let value = try parseExpression(allowsTrailingComma: true)
      try expect(.rightParen)
      return value
    case .minus, .plus, .tilde:
      let operation: UnaryOperator = token.kind == .minus ? .minus : token.kind == .plus ? .plus : .complement
      try advance()
      let value = try nested { parser throws(Diagnostic) in try parser.parsePrimaryWithSuffix() }
      return tree.add(
        TreeNode(kind: .unary, op: operation.rawValue, a: value, position: start), children: value)
    default:
      throw failure("got \(token.kind.shown), want primary expression", hint: primaryHint)
    }
  }

  private var primaryHint: String? {
    switch token.kind {
    case .ampersand: "use 'and' instead of '&&' for logical-and"
    case .pipe: "use 'or' instead of '||' for logical-or"
    default: nil
    }
  }

  private mutating func literal(_ token: Token) throws(Diagnostic) -> TreeNode {
    let position = UInt32(clamping: token.start)
    switch token.kind {
    case .string:
      return TreeNode(kind: .constant, a: tree.constant(.string(token.text ?? .empty)), position: position)
    case .float:
      guard let value = Double(lexer.file.contents[token.start..<token.end].text), value.isFinite else {
        throw failure("invalid float literal")
      }
      return TreeNode(kind: .constant, a: tree.constant(.float(value)), position: position)
    default:
      var text = lexer.file.contents[token.start..<token.end]
      var radix = 10
      if text.count > 2, text[0] == UInt8(ascii: "0") {
        switch text[1] | 0x20 {
        case UInt8(ascii: "x"): radix = 16
        case UInt8(ascii: "o"): radix = 8
        case UInt8(ascii: "b"): radix = 2
        default: break
        }
        if radix != 10 { text = text[2..<text.count] }
      }
      guard let value = Value.integer(text, radix: radix) else { throw failure("invalid int literal") }
      if case .int(let number) = value, let small = Int32(exactly: number) {
        return TreeNode(kind: .smallInt, a: small, position: position)
      }
      return TreeNode(kind: .constant, a: tree.constant(value), position: position)
    }
  }

  private mutating func parseList() throws(Diagnostic) -> Int32 {
    let start = position
    try advance()
    if token.kind == .rightBracket {
      try advance()
      return tree.add(TreeNode(kind: .list, position: start), list: [])
    }
    let first = try parseTest()
    if token.kind == .for {
      let clause = try parseClauses(until: .rightBracket)
      return tree.add(
        TreeNode(kind: .listComprehension, a: first, c: clause, position: start), children: first, clause)
    }
    let list = try parseMore([first], allowsTrailingComma: true)
    try expect(.rightBracket)
    return tree.add(TreeNode(kind: .list, position: start), list: list)
  }

  private mutating func parseDict() throws(Diagnostic) -> Int32 {
    let start = position
    try advance()
    var list: [Int32] = []
    while token.kind != .rightBrace {
      let key = try parseTest()
      try expect(.colon)
      let value = try parseTest()
      if token.kind == .for, list.isEmpty {
        let clause = try parseClauses(until: .rightBrace)
        return tree.add(
          TreeNode(kind: .dictComprehension, a: key, b: value, c: clause, position: start), children: key, value,
          clause)
      }
      list += [key, value]
      guard token.kind == .comma else { break }
      try advance()
    }
    try expect(.rightBrace)
    return tree.add(TreeNode(kind: .dict, position: start), list: list)
  }

  /// The clauses of a comprehension and the bracket behind them; gives the first clause.
  private mutating func parseClauses(until end: Token.Kind) throws(Diagnostic) -> Int32 {
    var clauses: [TreeNode] = []
    while token.kind != end {
      let start = position
      switch token.kind {
      case .for:
        try advance()
        let target = try parseLoopVariables()
        try expect(.in)
        let iterable = try nested { parser throws(Diagnostic) in try parser.parseOperators(0) }
        clauses.append(TreeNode(kind: .forClause, a: target, b: iterable, position: start))
      case .if:
        try advance()
        let condition = try parseTest(allowsCondition: false)
        clauses.append(TreeNode(kind: .ifClause, a: condition, position: start))
      default:
        throw failure("got \(token.kind.shown), want '\(end.name)', for, or if")
      }
    }
    try advance()
    var next: Int32 = -1
    for var clause in clauses.reversed() {
      clause.c = next
      next = tree.add(clause, children: clause.a, clause.b, next)
    }
    return next
  }
}
