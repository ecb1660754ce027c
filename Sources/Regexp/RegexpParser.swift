import Files

/// What a regular expression says.
indirect enum RegexpNode {
  case empty
  case set(CharacterSet)
  case assertion(RegexpAssertion)
  case group(Int, RegexpNode)
  case sequence([RegexpNode])
  case choice([RegexpNode])
  case repetition(RegexpNode, minimum: Int, maximum: Int?, isGreedy: Bool)
}

/// A condition on a place in the text.
enum RegexpAssertion: Sendable {
  case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
}

/// Why a regular expression cannot be read, in the words of Go's `regexp`.
package struct RegexpProblem: Error {
  package let message: String

  init(_ code: String, _ part: String) { message = "error parsing regexp: \(code): `\(part)`" }
}

/// Reads a regular expression in the syntax of RE2, as Go has it.
struct RegexpParser {
  private struct Flags {
    var foldsCase = false
    var dotMatchesNewline = false
    var isMultiline = false
    var isUngreedy = false
  }

  private let pattern: [Unicode.Scalar]
  private var index = 0
  private var flags = Flags()
  private var depth = 0
  /// The names of the groups, in order; the whole match comes first.
  private(set) var groups: [String] = [""]
  private static let maximumDepth = 500
  private static let maximumCount = 1_000

  init(_ pattern: ByteString) { self.pattern = Array(pattern.text.unicodeScalars) }

  mutating func parse() throws(RegexpProblem) -> RegexpNode {
    let node = try choice()
    if index < pattern.count { throw RegexpProblem("unexpected )", text(0..<pattern.count)) }
    return node
  }

  private func text(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: pattern[range])
    return String(text)
  }

  private var current: Unicode.Scalar? { index < pattern.count ? pattern[index] : nil }

  private func peek(_ offset: Int) -> Unicode.Scalar? {
    index + offset < pattern.count ? pattern[index + offset] : nil
  }

  private mutating func choice() throws(RegexpProblem) -> RegexpNode {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.maximumDepth else {
      throw RegexpProblem("expression nests too deeply", text(0..<pattern.count))
    }
    var options: [RegexpNode] = []
    var items: [RegexpNode] = []
    while let scalar = current, scalar != ")" {
      if scalar == "|" {
        index += 1
        options.append(.sequence(items))
        items = []
      } else {
        try item(&items)
      }
    }
    if options.isEmpty { return .sequence(items) }
    return .choice(options + [.sequence(items)])
  }

  /// Reads one item with the repetitions behind it.
  private mutating func item(_ items: inout [RegexpNode]) throws(RegexpProblem) {
    let start = index
    if let repetition = try repetition() {
      _ = repetition
      throw RegexpProblem("missing argument to repetition operator", text(start..<index))
    }
    guard var node = try atom(&items) else { return }
    var lastStart: Int?
    while true {
      let operatorStart = index
      guard let (minimum, maximum, isGreedy) = try repetition() else { break }
      if let lastStart {
        throw RegexpProblem("invalid nested repetition operator", text(lastStart..<index))
      }
      node = .repetition(node, minimum: minimum, maximum: maximum, isGreedy: isGreedy)
      lastStart = operatorStart
    }
    items.append(node)
  }

  /// A repetition operator, with the `?` behind it.
  private mutating func repetition() throws(RegexpProblem) -> (Int, Int?, Bool)? {
    let start = index
    var minimum = 0
    var maximum: Int?
    switch current {
    case "*"?: index += 1
    case "+"?:
      minimum = 1
      index += 1
    case "?"?:
      maximum = 1
      index += 1
    case "{"?:
      index += 1
      guard let first = count() else {
        index = start
        return nil
      }
      minimum = first
      maximum = first
      if current == "," {
        index += 1
        maximum = current == "}" ? nil : count()
        if maximum == nil, current != "}" {
          index = start
          return nil
        }
      }
      guard current == "}" else {
        index = start
        return nil
      }
      index += 1
      if minimum > Self.maximumCount || (maximum ?? 0) > Self.maximumCount || (maximum ?? minimum) < minimum {
        throw RegexpProblem("invalid repeat count", text(start..<index))
      }
    default: return nil
    }
    var isGreedy = !flags.isUngreedy
    if current == "?" {
      index += 1
      isGreedy.toggle()
    }
    return (minimum, maximum, isGreedy)
  }

  /// A decimal number without leading zeros.
  private mutating func count() -> Int? {
    let start = index
    var value = 0
    while let digit = current, ("0"..."9").contains(digit) {
      value = min(value * 10 + Int(digit.value - 48), 100_000)
      index += 1
    }
    if index == start || (index > start + 1 && pattern[start] == "0") { return nil }
    return value
  }

  /// One thing that can be repeated; nothing for a change of flags. Text between `\Q` and `\E` adds items of its own.
  private mutating func atom(_ items: inout [RegexpNode]) throws(RegexpProblem) -> RegexpNode? {
    guard let scalar = current else { return .empty }
    switch scalar {
    case "(": return try group()
    case "[": return .set(try bracket())
    case "\\": return try escape(&items)
    case "^":
      index += 1
      return .assertion(flags.isMultiline ? .lineStart : .textStart)
    case "$":
      index += 1
      return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
    case ".":
      index += 1
      return .set(CharacterSet(flags.dotMatchesNewline ? [] : [0x0A...0x0A], isNegated: true))
    default:
      index += 1
      return literal(scalar)
    }
  }

  private func literal(_ scalar: Unicode.Scalar) -> RegexpNode {
    var set = CharacterSet()
    set.add(scalar.value...scalar.value, folding: flags.foldsCase)
    return .set(set)
  }

  private mutating func group() throws(RegexpProblem) -> RegexpNode? {
    let start = index
    index += 1
    let outer = flags
    var number: Int?
    if current == "?" {
      if peek(1) == "P" || peek(1) == "<" {
        number = try name(from: start)
      } else if try flagsOnly(from: start) {
        return nil
      }
    } else {
      number = groups.count
      groups.append("")
    }
    let inner = try choice()
    guard current == ")" else { throw RegexpProblem("missing closing )", text(0..<pattern.count)) }
    index += 1
    flags = outer
    return number.map { .group($0, inner) } ?? inner
  }

  private mutating func name(from start: Int) throws(RegexpProblem) -> Int {
    let open = peek(1) == "P" ? index + 2 : index + 1
    guard open < pattern.count, pattern[open] == "<" else {
      throw RegexpProblem("invalid or unsupported Perl syntax", text(start..<min(open + 1, pattern.count)))
    }
    guard let close = pattern[open...].firstIndex(of: ">") else {
      throw RegexpProblem("invalid named capture", text(start..<pattern.count))
    }
    let name = pattern[open + 1..<close]
    guard !name.isEmpty, name.allSatisfy(\.isWordCharacter) else {
      throw RegexpProblem("invalid named capture", text(start..<close + 1))
    }
    guard !groups.contains(text(open + 1..<close)) else {
      throw RegexpProblem("duplicate capture group name", text(open + 1..<close))
    }
    groups.append(text(open + 1..<close))
    index = close + 1
    return groups.count - 1
  }

  /// Reads `?flags)` or `?flags:`; true for the first, after which nothing is grouped.
  private mutating func flagsOnly(from start: Int) throws(RegexpProblem) -> Bool {
    index += 1
    var turnsOn = true
    var hasFlag = false
    while let scalar = current {
      index += 1
      switch scalar {
      case "i": flags.foldsCase = turnsOn
      case "s": flags.dotMatchesNewline = turnsOn
      case "m": flags.isMultiline = turnsOn
      case "U": flags.isUngreedy = turnsOn
      case "-" where turnsOn:
        turnsOn = false
        hasFlag = false
        continue
      case ":" where turnsOn || hasFlag: return false
      case ")" where turnsOn || hasFlag: return true
      default: throw RegexpProblem("invalid or unsupported Perl syntax", text(start..<index))
      }
      hasFlag = true
    }
    throw RegexpProblem("missing closing )", text(0..<pattern.count))
  }

  private mutating func escape(_ items: inout [RegexpNode]) throws(RegexpProblem) -> RegexpNode? {
    switch peek(1) {
    case "A"?: return advance(.assertion(.textStart))
    case "z"?: return advance(.assertion(.textEnd))
    case "b"?: return advance(.assertion(.wordBoundary))
    case "B"?: return advance(.assertion(.noWordBoundary))
    case "Q"?:
      index += 2
      var literals: [RegexpNode] = []
      while index < pattern.count, !(current == "\\" && peek(1) == "E") {
        literals.append(literal(pattern[index]))
        index += 1
      }
      index = min(index + 2, pattern.count)
      guard let last = literals.popLast() else { return nil }
      items += literals
      return last
    default:
      if let set = try classEscape() { return .set(set) }
      return literal(try characterEscape())
    }
  }

  private mutating func advance(_ node: RegexpNode) -> RegexpNode {
    index += 2
    return node
  }

  /// `\d`, `\pL` and the like.
  private mutating func classEscape() throws(RegexpProblem) -> CharacterSet? {
    let start = index
    switch peek(1) {
    case "d"?, "D"?, "s"?, "S"?, "w"?, "W"?:
      let letter = pattern[index + 1]
      index += 2
      var set =
        switch letter {
        case "d", "D": CharacterSet([0x30...0x39])
        case "s", "S": CharacterSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
        default: CharacterSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
        }
      set.isNegated = ("A"..."Z").contains(letter)
      return set
    case "p"?, "P"?:
      var isNegated = peek(1) == "P"
      index += 2
      guard let first = current else { throw RegexpProblem("invalid character class range", text(start..<index)) }
      index += 1
      var name = String(first)
      if first == "{" {
        guard let close = pattern[index...].firstIndex(of: "}") else {
          throw RegexpProblem("invalid character class range", text(start..<pattern.count))
        }
        name = text(index..<close)
        index = close + 1
      }
      if name.hasPrefix("^") {
        isNegated.toggle()
        name.removeFirst()
      }
      guard CharacterSet.Property.isKnown(name) else {
        throw RegexpProblem("invalid character class range", text(start..<index))
      }
      return CharacterSet(CharacterSet.Property(name: name, isNegated: isNegated))
    default: return nil
    }
  }

  /// `\n`, `\x41`, `\.` and the like.
  private mutating func characterEscape() throws(RegexpProblem) -> Unicode.Scalar {
    let start = index
    index += 1
    guard let scalar = current else { throw RegexpProblem("trailing backslash at end of expression", "") }
    index += 1
    switch scalar {
    case "a": return "\u{07}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    case "0"..."7":
      // A single digit but for 0 would be a reference to a group.
      guard scalar == "0" || current.map({ ("0"..."7").contains($0) }) == true else { break }
      var value = scalar.value - 48
      for _ in 0..<2 {
        guard let digit = current, ("0"..."7").contains(digit) else { break }
        value = value * 8 + digit.value - 48
        index += 1
      }
      if let scalar = Unicode.Scalar(value) { return scalar }
    case "x":
      if let value = hexadecimal(), let scalar = Unicode.Scalar(value) { return scalar }
    default:
      if scalar.value < 0x80, !scalar.isWordCharacter { return scalar }
    }
    throw RegexpProblem("invalid escape sequence", text(start..<min(index, pattern.count)))
  }

  private mutating func hexadecimal() -> UInt32? {
    if current == "{" {
      guard let close = pattern[index...].firstIndex(of: "}") else { return nil }
      let digits = text(index + 1..<close)
      index = close + 1
      return digits.utf8.count <= 6 ? UInt32(digits, radix: 16) : nil
    }
    guard index + 2 <= pattern.count else { return nil }
    let value = UInt32(text(index..<index + 2), radix: 16)
    index += 2
    return value
  }

  private static let named: [String: [ClosedRange<UInt32>]] = [
    "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A], "alpha": [0x41...0x5A, 0x61...0x7A], "ascii": [0...0x7F],
    "blank": [0x09...0x09, 0x20...0x20], "cntrl": [0...0x1F, 0x7F...0x7F], "digit": [0x30...0x39],
    "graph": [0x21...0x7E], "lower": [0x61...0x7A], "print": [0x20...0x7E],
    "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E], "space": [0x09...0x0D, 0x20...0x20],
    "upper": [0x41...0x5A], "word": [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A],
    "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
  ]

  private mutating func bracket() throws(RegexpProblem) -> CharacterSet {
    let start = index
    index += 1
    var set = CharacterSet()
    var isNegated = false
    if current == "^" {
      isNegated = true
      index += 1
    }
    var isFirst = true
    while current != "]" || isFirst {
      guard let scalar = current else { throw RegexpProblem("missing closing ]", text(start..<pattern.count)) }
      // A dash stands for itself at either end only.
      if scalar == "-", !isFirst, let next = peek(1), next != "]" {
        throw RegexpProblem("invalid character class range", text(index..<min(index + 2, pattern.count)))
      }
      isFirst = false
      if scalar == "[", peek(1) == ":", let named = try namedClass() {
        set.add(named)
        continue
      }
      if scalar == "\\", let escaped = try classEscape() {
        set.add(escaped)
        continue
      }
      let rangeStart = index
      let low = try bracketCharacter(start)
      var high = low
      if current == "-", let next = peek(1), next != "]" {
        index += 1
        high = try bracketCharacter(start)
        if high.value < low.value {
          throw RegexpProblem("invalid character class range", text(rangeStart..<index))
        }
      }
      set.add(low.value...high.value, folding: flags.foldsCase)
    }
    index += 1
    set.isNegated = isNegated
    return set
  }

  private mutating func bracketCharacter(_ start: Int) throws(RegexpProblem) -> Unicode.Scalar {
    guard let scalar = current else { throw RegexpProblem("missing closing ]", text(start..<pattern.count)) }
    if scalar == "\\" { return try characterEscape() }
    index += 1
    return scalar
  }

  private mutating func namedClass() throws(RegexpProblem) -> CharacterSet? {
    var end = index + 2
    while end + 1 < pattern.count, !(pattern[end] == ":" && pattern[end + 1] == "]") { end += 1 }
    guard end + 1 < pattern.count else { return nil }
    var name = text(index + 2..<end)
    let isNegated = name.hasPrefix("^")
    if isNegated { name.removeFirst() }
    guard let ranges = Self.named[name] else {
      throw RegexpProblem("invalid character class range", text(index..<end + 2))
    }
    index = end + 2
    return CharacterSet(ranges, isNegated: isNegated)
  }
}

extension Unicode.Scalar {
  /// Whether it is an ASCII letter, a digit or `_`.
  var isWordCharacter: Bool {
    switch self {
    case "0"..."9", "A"..."Z", "a"..."z", "_": true
    default: false
    }
  }
}
