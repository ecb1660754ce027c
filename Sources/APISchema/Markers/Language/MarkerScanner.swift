import Files

/// Cuts the arguments of a marker into tokens, as Go's text/scanner does: identifiers, numbers, strings, single
/// characters.
///
/// What it takes for a token decides where bare strings end, so its ways are followed to the letter.
struct MarkerScanner {
  enum Token: Equatable {
    case end, identifier, integer, float, string, rawString
    case character(Unicode.Scalar)
  }

  /// Which numbers are tokens of their own; what is not is read digit by digit.
  struct Numbers: OptionSet {
    let rawValue: UInt8
    static let integers = Numbers(rawValue: 1)
    static let floats = Numbers(rawValue: 2)
  }

  private let bytes: [UInt8]
  /// Where the next character begins.
  private(set) var offset: Int
  private let end: Int
  var numbers: Numbers
  /// Where the last token begins. It stays when blanks are skipped, which empty the token's text.
  private(set) var tokenStart: Int
  private(set) var tokenEnd: Int
  /// What is wrong, in the order in which it was met.
  private(set) var mistakes: [MarkerMistake] = []

  init(_ bytes: [UInt8], from start: Int = 0, numbers: Numbers) {
    self.bytes = bytes
    self.numbers = numbers
    offset = start
    end = bytes.count
    tokenStart = start
    tokenEnd = start
  }

  /// A scanner of what is left, to look ahead with.
  func lookingAhead() -> MarkerScanner { MarkerScanner(bytes, from: offset, numbers: numbers) }

  /// The text of the last token; empty once blanks behind it were skipped.
  var tokenText: ByteString { text(tokenStart..<max(tokenStart, tokenEnd)) }

  func text(_ range: Range<Int>) -> ByteString { ByteString(bytes[range]) }

  /// Everything from the last token on.
  var rest: ByteString { text(tokenStart..<end) }

  mutating func report(_ message: String, hint: String? = nil) {
    mistakes.append(MarkerMistake(message, hint: hint, offset: tokenStart))
  }

  mutating func adopt(mistakesOf other: MarkerScanner) { mistakes += other.mistakes }

  /// The next character; nothing at the end.
  var peek: Unicode.Scalar? { character(at: offset)?.scalar }

  /// The next character that is no blank. Skipping blanks forgets the text of the last token.
  mutating func peekPastBlanks() -> Unicode.Scalar? {
    while let next = peek, Self.isBlank(next) {
      offset += 1
      tokenEnd = tokenStart
    }
    return peek
  }

  /// Reads a token.
  mutating func scan() -> Token {
    while let next = peek, Self.isBlank(next) { offset += 1 }
    tokenStart = offset
    defer { tokenEnd = offset }
    guard let first = next() else { return .end }
    switch first {
    case _ where Self.isLetter(first):
      while let scalar = peek, Self.isLetter(scalar) || scalar.properties.generalCategory == .decimalNumber {
        _ = next()
      }
      return .identifier
    case "0"..."9":
      return numbers.isEmpty ? .character(first) : scanNumber(first, isFraction: false)
    case ".":
      if numbers.contains(.floats), let digit = peek, Self.isDecimal(digit) {
        return scanNumber(first, isFraction: true)
      }
      return .character(first)
    case "\"":
      scanString()
      return .string
    case "`":
      while let scalar = next() { if scalar == "`" { return .rawString } }
      report("literal not terminated", hint: "close it with `")
      return .rawString
    default:
      return .character(first)
    }
  }

  private mutating func scanString() {
    while true {
      guard let scalar = peek, scalar != "\n" else {
        report("literal not terminated", hint: "close it with \"")
        return
      }
      _ = next()
      if scalar == "\"" { return }
      if scalar == "\\" { scanEscape() }
    }
  }

  private mutating func scanEscape() {
    let digits: (count: Int, base: Int)
    switch peek {
    case "a", "b", "f", "n", "r", "t", "v", "\\", "\"":
      _ = next()
      return
    case "0", "1", "2", "3", "4", "5", "6", "7": digits = (3, 8)
    case "x": digits = (2, 16)
    case "u": digits = (4, 16)
    case "U": digits = (8, 16)
    default:
      report("invalid char escape", hint: "write a backslash as \\\\, or put the text in `")
      return
    }
    if digits.base == 16 { _ = next() }
    for _ in 0..<digits.count {
      guard let scalar = peek, let value = Self.hexValue(scalar), value < digits.base else {
        report("invalid char escape", hint: "write a backslash as \\\\, or put the text in `")
        return
      }
      _ = next()
    }
  }

  private mutating func next() -> Unicode.Scalar? {
    guard let (scalar, width) = character(at: offset) else { return nil }
    offset += width
    if scalar == "\0" { report("invalid character NUL", hint: "remove it") }
    return scalar
  }

  private func character(at offset: Int) -> (scalar: Unicode.Scalar, width: Int)? {
    guard offset < end else { return nil }
    if bytes[offset] < 0x80 { return (Unicode.Scalar(bytes[offset]), 1) }
    var decoder = UTF8()
    var rest = bytes[offset..<min(offset + 4, end)].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return ("\u{FFFD}", 1) }
    return (scalar, UTF8.width(scalar))
  }
}

extension MarkerScanner {
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
  }

  static func isDecimal(_ scalar: Unicode.Scalar) -> Bool { scalar >= "0" && scalar <= "9" }

  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return scalar == "_" || (scalar >= "a" && scalar <= "z") || (scalar >= "A" && scalar <= "Z")
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
    default: return false
    }
  }

  static func hexValue(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "0"..."9": Int(scalar.value - 0x30)
    case "a"..."f": Int(scalar.value - 0x61 + 10)
    case "A"..."F": Int(scalar.value - 0x41 + 10)
    default: nil
    }
  }
}

// MARK: - Numbers

extension MarkerScanner {
  /// What was met in a run of digits.
  private struct Digits {
    var hasDigit = false
    var hasSeparator = false
    /// The first digit beyond the base.
    var excess: Unicode.Scalar?
  }

  /// Reads the rest of a number whose first character is `first`: a digit, or the point of a fraction.
  private mutating func scanNumber(_ first: Unicode.Scalar, isFraction: Bool) -> Token {
    var base = 10
    var prefix: Unicode.Scalar?
    var digits = Digits()
    var token = Token.integer
    var hasPoint = isFraction
    if !isFraction {
      if first == "0" {
        switch peek {
        case "x", "X": (base, prefix) = (16, "x")
        case "o", "O": (base, prefix) = (8, "o")
        case "b", "B": (base, prefix) = (2, "b")
        default:
          (base, prefix) = (8, "0")
          digits.hasDigit = true
        }
        if prefix != "0" { _ = next() }
      } else {
        digits.hasDigit = true
      }
      scanDigits(base, &digits)
      if peek == ".", numbers.contains(.floats) {
        _ = next()
        hasPoint = true
      }
    }
    if hasPoint {
      token = .float
      if prefix == "o" || prefix == "b" { report("invalid radix point in \(Self.name(prefix))") }
      scanDigits(base, &digits)
    }
    if !digits.hasDigit { report("\(Self.name(prefix)) has no digits") }
    if let mark = peek, numbers.contains(.floats), mark == "e" || mark == "E" || mark == "p" || mark == "P" {
      let isHexadecimal = mark == "p" || mark == "P"
      if !isHexadecimal, let prefix, prefix != "0" {
        report("'\(mark)' exponent requires decimal mantissa")
      } else if isHexadecimal && prefix != "x" {
        report("'\(mark)' exponent requires hexadecimal mantissa")
      }
      _ = next()
      token = .float
      if peek == "+" || peek == "-" { _ = next() }
      var exponent = Digits()
      scanDigits(10, &exponent)
      if !exponent.hasDigit { report("exponent has no digits") }
      if exponent.hasSeparator { digits.hasSeparator = true }
    } else if prefix == "x" && token == .float {
      report("hexadecimal mantissa requires a 'p' exponent")
    }
    if token == .integer, let excess = digits.excess { report("invalid digit '\(excess)' in \(Self.name(prefix))") }
    if digits.hasSeparator && !hasSeparatorsBetweenDigits() { report("'_' must separate successive digits") }
    return token
  }

  private mutating func scanDigits(_ base: Int, _ digits: inout Digits) {
    while let scalar = peek {
      if scalar == "_" {
        digits.hasSeparator = true
      } else if let value = Self.hexValue(scalar), value < max(base, 10) {
        digits.hasDigit = true
        if value >= base && digits.excess == nil { digits.excess = scalar }
      } else {
        return
      }
      _ = next()
    }
  }

  private func hasSeparatorsBetweenDigits() -> Bool {
    var previous: UInt8 = UInt8(ascii: ".")
    var index = tokenStart
    if offset - tokenStart >= 2, bytes[tokenStart] == UInt8(ascii: "0"),
      [UInt8(ascii: "x"), UInt8(ascii: "o"), UInt8(ascii: "b")].contains(bytes[tokenStart + 1] | 0x20)
    {
      previous = UInt8(ascii: "0")
      index += 2
    }
    let isHexadecimal = index > tokenStart && bytes[tokenStart + 1] | 0x20 == UInt8(ascii: "x")
    func kind(_ byte: UInt8) -> UInt8 {
      if byte == UInt8(ascii: "_") { return byte }
      let scalar = Unicode.Scalar(byte)
      let isDigit = isHexadecimal ? Self.hexValue(scalar) != nil : Self.isDecimal(scalar)
      return isDigit ? UInt8(ascii: "0") : UInt8(ascii: ".")
    }
    while index < offset {
      let this = kind(bytes[index])
      if this == UInt8(ascii: "_") && previous != UInt8(ascii: "0") { return false }
      if this == UInt8(ascii: ".") && previous == UInt8(ascii: "_") { return false }
      previous = this
      index += 1
    }
    return previous != UInt8(ascii: "_")
  }

  private static func name(_ prefix: Unicode.Scalar?) -> String {
    switch prefix {
    case "x": "hexadecimal literal"
    case "o", "0": "octal literal"
    case "b": "binary literal"
    default: "decimal literal"
    }
  }
}
