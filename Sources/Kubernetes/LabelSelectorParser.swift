import Files

/// Reads selectors of labels.
///
/// ```
/// selector    = [ requirement { "," requirement } ]
/// requirement = [ "!" ] key
///             | key ( "=" | "==" | "!=" | ">" | "<" ) [ value ]
///             | key ( "in" | "notin" ) "(" [ value ] { "," [ value ] } ")"
/// ```
/// Blanks may stand between words; `in` and `notin` are keys and values where one is expected.
struct LabelSelectorParser {
  private let text: ByteString
  private let tokens: [Token]
  private var next = 0

  private struct Token {
    /// The word or sign; empty at the end.
    let word: ByteString
    let offset: Int
    let isSign: Bool
  }

  private static let signs: Set<UInt8> = Set("=!(),<>".utf8)

  init(_ text: ByteString) {
    self.text = text
    tokens = Self.split(text)
  }

  private static func split(_ text: ByteString) -> [Token] {
    var tokens: [Token] = []
    var at = 0
    while at < text.count {
      let start = at
      let byte = text[at]
      if [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
        at += 1
        continue
      }
      if signs.contains(byte) {
        // `==` and `!=` are the signs of two bytes.
        let isLong = (byte == UInt8(ascii: "=") || byte == UInt8(ascii: "!")) && start + 1 < text.count
        at += isLong && text[start + 1] == UInt8(ascii: "=") ? 2 : 1
      } else {
        while at < text.count, !signs.contains(text[at]), ![0x20, 0x09, 0x0A, 0x0D].contains(text[at]) { at += 1 }
      }
      tokens.append(Token(word: text[start..<at], offset: start, isSign: signs.contains(byte)))
    }
    return tokens + [Token(word: .empty, offset: text.count, isSign: true)]
  }

  private var token: Token { tokens[min(next, tokens.count - 1)] }

  private mutating func take(_ sign: ByteString) -> Bool {
    guard token.isSign, token.word == sign else { return false }
    next += 1
    return true
  }

  private mutating func word() -> ByteString? {
    guard !token.isSign else { return nil }
    next += 1
    return tokens[next - 1].word
  }

  // MARK: Requirements

  mutating func requirements() throws(Diagnostic) -> [LabelSelector.Requirement] {
    var list: [LabelSelector.Requirement] = []
    if token.isSign && token.word.isEmpty { return list }
    repeat { list.append(try requirement()) } while take(",")
    guard token.isSign, token.word.isEmpty else { throw expected("',' or the end") }
    return list
  }

  private mutating func requirement() throws(Diagnostic) -> LabelSelector.Requirement {
    let isNegated = take("!")
    let key = try key()
    if isNegated { return .isMissing(key) }
    if take("=") || take("==") { return .isOne(key, of: [try value()]) }
    if take("!=") { return .isNone(key, of: [try value()]) }
    if take(">") { return .isAbove(key, try number()) }
    if take("<") { return .isBelow(key, try number()) }
    if token.isSign {
      guard token.word.isEmpty || token.word == "," else { throw expected("an operator (=, ==, !=, in, notin, <, >)") }
      return .exists(key)
    }
    guard let word = word(), word == "in" || word == "notin" else {
      next -= 1
      throw expected("an operator (=, ==, !=, in, notin, <, >)")
    }
    let values = try values()
    return word == "in" ? .isOne(key, of: values) : .isNone(key, of: values)
  }

  private mutating func key() throws(Diagnostic) -> ByteString {
    guard let key = word() else { throw expected("the key of a label") }
    guard let reason = LabelSyntax.objection(toKey: key) else { return key }
    next -= 1
    throw refused("'\(key)' cannot be the key of a label: \(reason)")
  }

  /// A value; none is the empty one.
  private mutating func value() throws(Diagnostic) -> ByteString {
    if token.isSign {
      guard token.word.isEmpty || token.word == "," || token.word == ")" else { throw expected("a value") }
      return .empty
    }
    guard let value = word() else { return .empty }
    guard let reason = LabelSyntax.objection(toValue: value) else { return value }
    next -= 1
    throw refused("'\(value)' cannot be the value of a label: \(reason)")
  }

  private mutating func number() throws(Diagnostic) -> Int64 {
    guard !token.isSign, LabelSyntax.objection(toValue: token.word) == nil,
      let number = LabelSelector.Requirement.number(token.word)
    else { throw expected("a whole number") }
    next += 1
    return number
  }

  private mutating func values() throws(Diagnostic) -> Set<ByteString> {
    guard take("(") else { throw expected("'('") }
    if token.isSign, token.word == ")" { throw expected("a value") }
    var values: Set<ByteString> = []
    repeat { values.insert(try value()) } while take(",")
    guard take(")") else { throw expected("',' or ')'") }
    return values
  }

  // MARK: Mistakes

  private func expected(_ what: String) -> Diagnostic {
    let found = token.word.isEmpty ? "it ends" : "'\(token.word)' stands"
    return refused("\(found) where \(what) is expected")
  }

  private func refused(_ reason: String) -> Diagnostic {
    Diagnostic(
      "cannot read the selector '\(text)': character \(token.offset + 1): \(reason)",
      hint: "write it as for kubectl: 'tier=prod', 'tier in (prod,stage),!legacy'")
  }
}
