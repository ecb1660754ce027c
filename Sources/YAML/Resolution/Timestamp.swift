import Files

extension PlainMeaning {
  /// Whether go-yaml takes this for a point in time: `2001-2-3`, or with a time behind `T`, `t` (and then a zone) or
  /// blanks (and then none).
  static func isTimestamp(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count >= 8, bytes[4] == UInt8(ascii: "-"), bytes[0..<4].allSatisfy(isDigit) else { return false }
    var rest = TimestampReader(bytes: bytes, index: 5)
    let year = bytes[0..<4].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    guard let month = rest.number(), (1...12).contains(month), rest.skip(UInt8(ascii: "-")),
      let day = rest.number(), (1...daysIn(month, year)).contains(day)
    else { return false }
    if rest.isAtEnd { return true }
    if rest.skip(UInt8(ascii: "T")) || rest.skip(UInt8(ascii: "t")) {
      return rest.skipTime() && rest.skipZone() && rest.isAtEnd
    }
    guard rest.skip(UInt8(ascii: " ")) else { return false }
    while rest.skip(UInt8(ascii: " ")) {}
    return rest.skipTime() && rest.isAtEnd
  }

  private static func daysIn(_ month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

private struct TimestampReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var index: Int

  var isAtEnd: Bool { index == bytes.count }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  /// One digit or two.
  mutating func number() -> Int? {
    guard index < bytes.count, PlainMeaning.isDigit(bytes[index]) else { return nil }
    var value = Int(bytes[index] - UInt8(ascii: "0"))
    index += 1
    if index < bytes.count, PlainMeaning.isDigit(bytes[index]) {
      value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
      index += 1
    }
    return value
  }

  /// Hours, minutes and seconds, with a fraction or without.
  mutating func skipTime() -> Bool {
    guard let hour = number(), hour < 24, skip(UInt8(ascii: ":")), let minute = number(), minute < 60,
      skip(UInt8(ascii: ":")), let second = number(), second < 60
    else { return false }
    if index + 1 < bytes.count, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ","),
      PlainMeaning.isDigit(bytes[index + 1])
    {
      index += 1
      while index < bytes.count, PlainMeaning.isDigit(bytes[index]) { index += 1 }
    }
    return true
  }

  /// `Z`, or an offset such as `+02:00`.
  mutating func skipZone() -> Bool {
    if skip(UInt8(ascii: "Z")) { return true }
    guard bytes.count - index == 6, skip(UInt8(ascii: "+")) || skip(UInt8(ascii: "-")) else { return false }
    let start = index
    guard let hours = number(), index == start + 2, hours <= 24, skip(UInt8(ascii: ":")), let minutes = number(),
      index == start + 5, minutes <= 60
    else { return false }
    return true
  }
}
