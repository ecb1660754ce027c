import Glibc

/// A moment as a commit holds it: seconds since 1970, and how far the local clock was ahead of UTC.
struct Timestamp: Hashable, CustomStringConvertible {
  var seconds: Int64
  /// Minutes ahead of UTC.
  var offset: Int

  /// Now, here.
  static var now: Timestamp {
    var seconds = time(nil)
    var local = tm()
    localtime_r(&seconds, &local)
    return Timestamp(seconds: Int64(seconds), offset: local.tm_gmtoff / 60)
  }

  /// `1700000000 +0100`.
  var description: String {
    let minutes = abs(offset)
    let digits = String(minutes / 60 * 100 + minutes % 60)
    return
      "\(seconds) \(offset < 0 ? "-" : "+")\(String(repeating: "0", count: max(0, 4 - digits.utf8.count)))\(digits)"
  }

  init(seconds: Int64, offset: Int) {
    self.seconds = seconds
    self.offset = offset
  }

  /// Reads `[@]SECONDS [±HHMM]` and `YYYY-MM-DD[T ]HH:MM:SS[Z|±HH:MM]`, which are the forms of git's dates that mean
  /// the same everywhere; without an offset it is UTC.
  init?(_ text: String) {
    let parsed = Timestamp.internalForm(text) ?? Timestamp.calendarForm(text)
    guard let parsed else { return nil }
    self = parsed
  }

  private static func internalForm(_ text: String) -> Timestamp? {
    let parts = (text.hasPrefix("@") ? text.dropFirst() : text[...]).split(separator: " ")
    guard parts.count == 1 || parts.count == 2, let seconds = number(parts[0]) else { return nil }
    guard parts.count == 2 else { return Timestamp(seconds: seconds, offset: 0) }
    return zone(parts[1]).map { Timestamp(seconds: seconds, offset: $0) }
  }

  private static func calendarForm(_ text: String) -> Timestamp? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ") else { return nil }
    func field(_ range: Range<Int>) -> Int32? {
      number(Substring(decoding: bytes[range], as: UTF8.self)).flatMap { Int32(exactly: $0) }
    }
    guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), bytes[13] == UInt8(ascii: ":"),
      bytes[16] == UInt8(ascii: ":"),
      let year = field(0..<4), let month = field(5..<7), let day = field(8..<10),
      let hour = field(11..<13), let minute = field(14..<16), let second = field(17..<19),
      year >= 1970, (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
    else { return nil }
    var rest = Substring(decoding: bytes[19...], as: UTF8.self)
    while rest.hasPrefix(" ") { rest.removeFirst() }
    guard let offset = rest.isEmpty || rest == "Z" ? 0 : zone(rest) else { return nil }
    var parts = tm()
    parts.tm_year = year - 1900
    parts.tm_mon = month - 1
    parts.tm_mday = day
    parts.tm_hour = hour
    parts.tm_min = minute
    parts.tm_sec = second
    return Timestamp(seconds: Int64(timegm(&parts)) - Int64(offset) * 60, offset: offset)
  }

  /// Minutes of `+0130`, `-01:30`.
  private static func zone(_ text: Substring) -> Int? {
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    let digits = text.dropFirst().filter { $0 != ":" }
    guard digits.utf8.count == 4, let value = number(digits[...]), value <= 1400, value % 100 < 60 else { return nil }
    let minutes = Int(value / 100 * 60 + value % 100)
    return sign == "-" ? -minutes : minutes
  }

  /// Digits only, and few enough that no commit's date overflows anywhere.
  private static func number(_ text: Substring) -> Int64? {
    guard (1...15).contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return Int64(text)
  }
}
