import Files

/// What `float` takes for a number: Go's syntax. Hexadecimal numbers need an exponent, underscores may stand between
/// digits, infinity may have a sign and NaN may not. Source: the documentation of Go's `strconv.ParseFloat`.
enum FloatSyntax {
  /// The number, rounded to the nearest; infinite if it is too large; nothing if the text is none.
  static func number(_ text: ByteString) -> Double? {
    var digits = text.bytes
    if digits.first.map({ $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }) == true { digits.removeFirst() }
    let isNumber = isFinite(digits) || saysInfinity(text) || text.text.lowercased() == "nan"
    return isNumber ? Double(String(decoding: text.bytes.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)) : nil
  }

  /// Whether the text is a word for infinity.
  static func saysInfinity(_ text: ByteString) -> Bool {
    ["inf", "+inf", "-inf", "infinity", "+infinity", "-infinity"].contains(text.text.lowercased())
  }

  /// Whether bytes without a sign are those of a finite number.
  private static func isFinite(_ bytes: [UInt8]) -> Bool {
    let isHexadecimal = bytes.count > 2 && bytes[0] == UInt8(ascii: "0") && bytes[1] | 0x20 == UInt8(ascii: "x")
    var rest = bytes[(isHexadecimal ? 2 : 0)...]
    // An underscore may follow the prefix.
    if isHexadecimal, rest.first == UInt8(ascii: "_") { rest.removeFirst() }
    let marker = UInt8(ascii: isHexadecimal ? "p" : "e")
    let mantissa = rest.prefix { $0 | 0x20 != marker }
    let parts = mantissa.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard mantissa.count > parts.count - 1,
      parts.allSatisfy({ $0.isEmpty || isDigits($0, hexadecimal: isHexadecimal) })
    else { return false }
    var exponent = rest[mantissa.endIndex...]
    if exponent.isEmpty { return !isHexadecimal }
    exponent.removeFirst()
    if exponent.first == UInt8(ascii: "+") || exponent.first == UInt8(ascii: "-") { exponent.removeFirst() }
    return isDigits(exponent, hexadecimal: false)
  }

  /// Whether there are only digits, and single underscores between them.
  private static func isDigits(_ bytes: ArraySlice<UInt8>, hexadecimal: Bool) -> Bool {
    bytes.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false).allSatisfy { group in
      !group.isEmpty
        && group.allSatisfy { byte in
          (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || hexadecimal && (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
        }
    }
  }
}
