import BigInt
import Files

extension Parser {
  /// One expression, or several with commas between them, which make a tuple.
  mutating func parseExpression(allowsTrailingComma: Bool) throws(Diagnostic) -> Int32 {
    let start = position
    let first = try parseTest()
    guard token.kind == .comma else { return first }
    let list = try parseMore([first], allowsTrailingComma: allowsTrailingComma)
    return tree.add(TreeNode(kind: .tuple, position: start), list: list)
  }

  /// ("," test)* ","?
  private mutating func parseMore(_ first: [Int32], allowsTrailingComma: Bool) throws(Diagnostic) -> [Int32] {
    var list = first
    while token.kind == .comma {
      let comma = token
      try advance()
      if endsList {
        if !allowsTrailingComma {
          throw lexer.failure(
            "unparenthesized tuple with trailing comma", comma.start..<comma.end,
            hint: "remove the comma, or put the tuple in brackets")
        }
        break
      }
      list.append(try parseTest())
    }
    return list
  }

  private var endsList: Bool {
    switch token.kind {
    case .endOfFile, .newline, .assign, .rightBrace, .rightBracket, .rightParen, .semicolon, .hostEnd: true
    default: false
    }
  }

  /// A single expression; with `if … else` unless `allowsCondition` is false.
  mutating func parseTest(allowsCondition: Bool = true) throws(Diagnostic) -> Int32 {
    try nested { parser throws(Diagnostic) in
      if parser.token.kind == .lambda { return try parser.parseLambda(allowsCondition: allowsCondition) }
      let value = try parser.parseOperators(0)
      guard allowsCondition, parser.token.kind == .if else { return value }
      let word = parser.token
      try parser.advance()
      let condition = try parser.parseOperators(0)
      guard parser.token.kind == .else else {
        throw parser.lexer.failure("conditional expression without else clause", word.start..<word.end)
      }
      try parser.advance()
      let otherwise = try parser.parseTest()
      return parser.tree.add(
        TreeNode(
          kind: .conditional, a: condition, b: value, c: otherwise, position: UInt32(clamping: word.start)),
        children: condition, value, otherwise)
    }
  }

  private mutating func parseLambda(allowsCondition: Bool) throws(Diagnostic) -> Int32 {
    let start = position
    try advance()
    let code = FunctionCode(name: "lambda", position: start)
    try parseParameters(of: code, until: .colon)
    try expect(.colon)
    code.isExpression = true
    code.body = try parseTest(allowsCondition: allowsCondition)
    tree.functions.append(code)
    return tree.add(
      TreeNode(kind: .function, a: Int32(tree.functions.count - 1), position: start), children: code.body)
  }

  /// The parameters of a function, up to the token behind them.
  mutating func parseParameters(of code: FunctionCode, until end: Token.Kind) throws(Diagnostic) {
    var parameters: [Parameter] = []
    var sawStar = false
    while token.kind != end && token.kind != .endOfFile {
      if !parameters.isEmpty {
        try expect(.comma)
        if token.kind == end {
          if sawStar { throw failure("got \(token.kind.shown), want parameter") }
          break
        }
      }
      let start = position
      if token.kind == .star || token.kind == .starStar {
        sawStar = true
        let isDouble = token.kind == .starStar
        try advance()
        if isDouble || token.kind == .identifier {
          let name = try parseName()
          parameters.append(
            Parameter(kind: isDouble ? .starStar : .star, name: name.name, position: name.position))
        } else {
          parameters.append(Parameter(kind: .star, name: -1, position: start))
        }
        continue
      }
      let name = try parseName()
      if token.kind == .assign {
        try advance()
        let value = try parseTest()
        parameters.append(
          Parameter(kind: .optional, name: name.name, position: name.position, defaultValue: value))
      } else {
        parameters.append(Parameter(kind: .required, name: name.name, position: name.position))
      }
    }
    code.parameters = parameters
  }

  // MARK: Operators

  /// How strongly an operator binds; nothing for other tokens. Comparisons have level 3.
  private static func level(_ kind: Token.Kind) -> Int? {
    switch kind {
    case .or: 0
    case .and: 1
    case .equal, .notEqual, .less, .greater, .lessEqual, .greaterEqual, .in: 3
    case .pipe: 4
    case .caret: 5
    case .ampersand: 6
    case .shiftLeft, .shiftRight: 7
    case .plus, .minus: 8
    case .star, .percent, .slash, .slashSlash: 9
    default: nil
    }
  }

  /// Operands and the operators between them that bind at least as strongly as `level`.
  mutating func parseOperators(_ level: Int) throws(Diagnostic) -> Int32 {
    var left: Int32
    if token.kind == .not, level <= 2 {
      let start = position
      try advance()
      left = try nested { parser throws(Diagnostic) in try parser.parseOperators(2) }
      left = tree.add(TreeNode(kind: .not, a: left, position: start), children: left)
    } else {
      left = try parsePrimaryWithSuffix()
    }
    var comparison: Token.Kind?
    while true {
      let word = token
      var isNegated = false
      if token.kind == .not {
        guard level <= 3 else { return left }
        try advance()
        guard token.kind == .in else { throw failure("got \(token.kind.shown), want in") }
        isNegated = true
      }
      guard let operatorLevel = Self.level(token.kind), operatorLevel >= level else { return left }
      if operatorLevel == 3 {
        if let comparison {
          throw failure(
            "\(comparison.name) does not associate with \(isNegated ? "not in" : token.kind.name) (use parens)")
        }
        comparison = isNegated ? .not : token.kind
      } else {
        comparison = nil
      }
      let kind = token.kind
      try advance()
      let right = try nested { parser throws(Diagnostic) in try parser.parseOperators(operatorLevel + 1) }
      left = tree.add(
        Self.operatorNode(kind, isNegated: isNegated, left, right, position: UInt32(clamping: word.start)),
        children: left, right)
    }
  }

  private static func operatorNode(
    _ token: Token.Kind, isNegated: Bool, _ left: Int32, _ right: Int32, position: UInt32
  ) -> TreeNode {
    func node(_ kind: TreeNode.Kind, _ operation: BinaryOperator? = nil) -> TreeNode {
      TreeNode(kind: kind, op: operation?.rawValue ?? 0, a: left, b: right, position: position)
    }
    return switch token {
    case .or: node(.or)
    case .and: node(.and)
    case .equal: node(.equal)
    case .notEqual: node(.notEqual)
    case .less: node(.less)
    case .greater: node(.greater)
    case .lessEqual: node(.lessEqual)
    case .greaterEqual: node(.greaterEqual)
    case .in: node(.binary, isNegated ? .isNotIn : .isIn)
    case .pipe: node(.binary, .or)
    case .caret: node(.binary, .exclusiveOr)
    case .ampersand: node(.binary, .and)
    case .shiftLeft: node(.binary, .shiftLeft)
    case .shiftRight: node(.binary, .shiftRight)
    case .plus: node(.add, .add)
    case .minus: node(.subtract, .subtract)
    case .star: node(.binary, .multiply)
    case .percent: node(.binary, .modulo)
    case .slash: node(.binary, .divide)
    default: node(.binary, .floorDivide)
    }
  }

  // MARK: Primaries

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
