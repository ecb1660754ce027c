import Files

/// A condition on build tags: the expression behind `//go:build`, or all `// +build` lines of a file together.
struct BuildConstraint: Sendable {
  private indirect enum Expression: Sendable {
    case tag(ByteString)
    case not(Expression)
    case all([Expression])
    case any([Expression])
  }

  private let expression: Expression

  /// Whether it holds when `isSet` tells which tags are.
  func isMet(_ isSet: (ByteString) -> Bool) -> Bool { Self.isMet(expression, isSet) }

  private static func isMet(_ expression: Expression, _ isSet: (ByteString) -> Bool) -> Bool {
    switch expression {
    case .tag(let tag): isSet(tag)
    case .not(let inner): !isMet(inner, isSet)
    case .all(let inner): inner.allSatisfy { isMet($0, isSet) }
    case .any(let inner): inner.contains { isMet($0, isSet) }
    }
  }

  // MARK: // +build

  /// Lines without their `+build`: all of them, on each any of the words, in each all that commas separate.
  init(lines: [ByteString]) {
    expression = .all(
      lines.map { line in
        let words = line.bytes.split { $0 == 0x20 || $0 == 0x09 }
        return .any(
          words.map { word in
            .all(
              word.split(separator: UInt8(ascii: ",")).map { term in
                term.first == UInt8(ascii: "!") ? .not(.tag(ByteString(term.dropFirst()))) : .tag(ByteString(term))
              })
          })
      })
  }

  // MARK: //go:build

  /// An expression of tags, `&&`, `||`, `!` and parentheses; nothing if it is malformed.
  init?(expression text: ByteString) {
    var reader = Reader(bytes: text.bytes)
    guard let expression = reader.disjunction(), reader.isAtEnd else { return nil }
    self.expression = expression
  }

  private struct Reader {
    let bytes: [UInt8]
    private var at = 0
    private var depth = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool {
      mutating get {
        skipBlanks()
        return at == bytes.count
      }
    }

    private mutating func skipBlanks() {
      while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == 0x0D { at += 1 }
    }

    private mutating func take(_ word: StaticString) -> Bool {
      skipBlanks()
      let count = word.utf8CodeUnitCount
      guard at + count <= bytes.count, (0..<count).allSatisfy({ bytes[at + $0] == word.utf8Start[$0] }) else {
        return false
      }
      at += count
      return true
    }

    mutating func disjunction() -> Expression? {
      guard var result = conjunction().map({ [$0] }) else { return nil }
      while take("||") {
        guard let next = conjunction() else { return nil }
        result.append(next)
      }
      return .any(result)
    }

    private mutating func conjunction() -> Expression? {
      guard var result = term().map({ [$0] }) else { return nil }
      while take("&&") {
        guard let next = term() else { return nil }
        result.append(next)
      }
      return .all(result)
    }

    private mutating func term() -> Expression? {
      depth += 1
      defer { depth -= 1 }
      // Go itself refuses expressions of more than a thousand terms.
      guard depth <= 100 else { return nil }
      if take("!") { return term().map { .not($0) } }
      if take("(") {
        guard let inner = disjunction(), take(")") else { return nil }
        return inner
      }
      let start = at
      while at < bytes.count, Self.isTagByte(bytes[at]) { at += 1 }
      return at > start ? .tag(ByteString(bytes[start..<at])) : nil
    }

    private static func isTagByte(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), 0x80...:
        true
      default: false
      }
    }
  }
}
