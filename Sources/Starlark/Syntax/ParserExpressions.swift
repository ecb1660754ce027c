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
  mutating func parseMore(_ first: [Int32], allowsTrailingComma: Bool) throws(Diagnostic) -> [Int32] {
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

  var endsList: Bool {
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
}
