import Files
import Starlark

extension TOMLReader {
  /// Passes the bytes that are in `set`, and gives all from `start` on.
  private mutating func passed(_ set: String, from start: Int) -> String {
    while let byte = current, set.utf8.contains(byte) { index += 1 }
    return text[start..<index].text
  }

  mutating func signedNumber() throws(Problem) -> Value {
    let start = index
    index += 1
    for (word, number) in [("inf", Double.infinity), ("nan", Double.nan)] as [(ByteString, Double)]
    where current == word[0] {
      var count = 0
      while count < word.count, current == word[count] {
        count += 1
        index += 1
      }
      guard count == word.count else {
        throw problem("invalid float: '\(text[start..<index])'", .ahead)
      }
      return .float(text[start] == UInt8(ascii: "-") ? -number : number)
    }
    if current == UInt8(ascii: "0"), index + 1 < limit, "box".utf8.contains(text[index + 1]) {
      throw problem("cannot use sign with non-decimal numbers: '\(text[start..<index + 2])'")
    }
    if current == UInt8(ascii: ".") { throw problem("floats must start with a digit, not '.'") }
    guard let byte = current, "0123456789".utf8.contains(byte) else {
      throw problem("expected a digit but got \(quotedCharacter)")
    }
    return try decimal(from: start)
  }

  mutating func numberOrDate() throws(Problem) -> Value {
    let start = index
    for (prefix, kind, digits) in [
      ("0b", "a binary number", "01"), ("0o", "an octal number", "01234567"),
      ("0x", "a hexidecimal number", "0123456789abcdefABCDEF"),
    ] where follows(ByteString(prefix)) {
      index += 2
      guard let byte = current, digits.utf8.contains(byte) else {
        throw problem("not \(kind): '\(prefix)\(character.map { String($0) } ?? "\0")'", .ahead)
      }
      return try integer(passed(digits + "_", from: start))
    }
    let digits = passed("0123456789", from: start)
    guard digits != "0", current == UInt8(ascii: "-") || current == UInt8(ascii: ":") else {
      return try decimal(from: start)
    }
    var date = passed("0123456789-:Tt .Zz+", from: start)
    while date.last == " " { date.removeLast() }
    guard TOMLDate.isValid(date) else {
      throw problem("Invalid TOML Datetime: \(Value.string(ByteString(TOMLDate.normalized(date))).repr).", .ahead)
    }
    hasDate = true
    return .none
  }

  private mutating func decimal(from start: Int) throws(Problem) -> Value {
    let whole = passed("0123456789_", from: start)
    guard let byte = current, ".eE".utf8.contains(byte) else { return try integer(whole) }
    return try float(passed("0123456789_.-+eE", from: start))
  }

  private func integer(_ digits: String) throws(Problem) -> Value {
    let shown = Value.string(ByteString(digits)).repr
    guard Self.underscoresStandBetweenDigits(digits[...]) else {
      throw problem("Invalid integer \(shown): underscores must be surrounded by digits", .ahead)
    }
    guard !Self.hasLeadingZero(digits[...]) else {
      throw problem("Invalid integer \(shown): cannot have leading zeroes", .ahead)
    }
    let plain = digits.filter { $0 != "_" }
    let radixes = ["0b": 2, "0o": 8, "0x": 16]
    let number =
      radixes[String(plain.prefix(2))].map { Int64(plain.dropFirst(2), radix: $0) } ?? Int64(plain)
    guard let number else { throw problem("\(digits) is out of range for int64", .ahead) }
    return .int(number)
  }

  private func float(_ digits: String) throws(Problem) -> Value {
    let shown = Value.string(ByteString(digits)).repr
    let parts = digits.split { $0 == "." || $0 == "e" || $0 == "E" }
    guard parts.allSatisfy({ Self.underscoresStandBetweenDigits($0) }) else {
      throw problem("Invalid float \(shown): underscores must be surrounded by digits", .ahead)
    }
    if let whole = parts.first, Self.hasLeadingZero(whole) {
      throw problem("Invalid float \(shown): cannot have leading zeroes", .ahead)
    }
    let points = digits.indices.filter { digits[$0] == "." }.map { digits.index(after: $0) }
    guard points.allSatisfy({ $0 < digits.endIndex && digits[$0].isNumber }) else {
      throw problem("Invalid float \(shown): '.' must be followed by one or more digits", .ahead)
    }
    guard let number = Double(digits.filter { $0 != "_" }) else {
      throw problem("Invalid float value: \(shown)", .ahead)
    }
    guard number.isFinite else { throw problem("\(digits) is out of range for float64", .ahead) }
    return .float(number)
  }

  private static func hasLeadingZero(_ digits: Substring) -> Bool {
    let isSigned = digits.first == "+" || digits.first == "-"
    let rest = isSigned ? digits.dropFirst() : digits
    guard rest.count > 1, rest.first == "0" else { return false }
    return isSigned || !"box".contains(rest.dropFirst().first ?? "b")
  }

  private static func underscoresStandBetweenDigits(_ digits: Substring) -> Bool {
    var isBehindDigit = false
    for character in digits {
      if character == "_" && !isBehindDigit { return false }
      isBehindDigit = character.isHexDigit
    }
    return isBehindDigit
  }
}
