import BigInt
import Files

/// Reads tokens into a tree. Stops at the first error.
struct Parser {
  var lexer: Lexer
  var tree = Tree()
  var token = Token(kind: .endOfFile, start: 0, end: 0)
  /// The functions being read, innermost last; the file is the first.
  var functions: [FunctionCode] = []
  /// How many blocks wait for their `end`.
  var openBlocks = 0
  private var nesting = 0
  private let maximumNesting: Int
  private let stack = StackGuard()

  init(lexer: Lexer, limits: Limits) {
    self.lexer = lexer
    self.maximumNesting = limits.nesting
  }

  /// Reads everything; gives the function that stands for the file.
  mutating func parse() throws(Diagnostic) -> FunctionCode {
    let file = FunctionCode(name: "<toplevel>", position: 0)
    functions.append(file)
    try advance()
    var statements: [Int32] = []
    while token.kind != .endOfFile {
      if token.kind == .newline {
        try advance()
      } else {
        try parseStatement(into: &statements)
      }
    }
    file.body = tree.add(TreeNode(kind: .block, position: 0), list: statements)
    return file
  }

  mutating func advance() throws(Diagnostic) { token = try lexer.next() }

  /// Where the current token begins.
  var position: UInt32 { UInt32(clamping: token.start) }

  func failure(_ message: String, hint: String? = nil) -> Diagnostic {
    let range = token.start..<max(token.end, token.start + 1)
    if token.kind == .end && openBlocks == 0 {
      return lexer.failure("unexpected end", range, hint: "there is no block open that this 'end' could close")
    }
    return lexer.failure(message, range, hint: hint)
  }

  mutating func expect(_ kind: Token.Kind) throws(Diagnostic) {
    guard token.kind == kind || (kind == .rightParen && token.kind == .hostEnd) else {
      let failure = failure("got \(token.kind.shown), want \(kind.shown)")
      throw kind == .colon && token.kind == .newline ? missingColon(failure) : failure
    }
    try advance()
  }

  /// Says more about a header without its colon: how to mend it, and which line it would begin its block with.
  private func missingColon(_ failure: Diagnostic) -> Diagnostic {
    var failure = failure
    failure.hint = "missing colon at the end of 'if/for/def' statement?"
    var ahead = lexer
    if let next = try? ahead.next(), next.kind != .endOfFile {
      let range = lexer.file.range(next.start..<max(next.end, next.start + 1))
      failure.notes.append(Diagnostic.Note("the block that it opens begins here", at: range))
    }
    return failure
  }

  /// Runs `body` one level deeper; fails where the source nests too deep.
  mutating func nested<R>(_ body: (inout Parser) throws(Diagnostic) -> R) throws(Diagnostic) -> R {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= maximumNesting, stack.hasRoom else {
      throw failure("too many nested expressions or blocks (limit \(maximumNesting))")
    }
    return try body(&self)
  }

  /// Reads a name.
  mutating func parseName() throws(Diagnostic) -> (name: Int32, position: UInt32) {
    guard token.kind == .identifier else {
      if token.kind.isKeyword {
        let word = lexer.file.contents[token.start..<token.end]
        throw failure("use of reserved keyword '\(word)' is not allowed (expected identifier)")
      }
      throw failure("not an identifier")
    }
    let name = tree.intern(lexer.file.contents[token.start..<token.end])
    let position = position
    try advance()
    return (name, position)
  }
}

extension Program {
  /// Parses and resolves.
  static func make(
    _ file: SourceFile, segments: [Segment], predeclared: [ByteString], limits: Limits
  ) throws(Diagnostics) -> Program {
    var tree = Tree()
    let top: FunctionCode
    do throws(Diagnostic) {
      (top, tree) = try file.contents.withBytes { bytes throws(Diagnostic) in
        var parser = Parser(lexer: Lexer(file: file, bytes: bytes, segments: segments), limits: limits)
        let top = try parser.parse()
        return (top, parser.tree)
      }
    } catch {
      throw Diagnostics(error)
    }
    let resolver = Resolver(tree: tree, file: file, predeclared: predeclared)
    try resolver.resolve(top)
    return Program(file: file, top: top, resolver: resolver)
  }
}
