import Glibc

/// The moment that outputs may name in place of the time at which they are made, so that the same inputs give the same
/// bytes: what the variable SOURCE_DATE_EPOCH says (https://reproducible-builds.org/specs/source-date-epoch).
package struct SourceDate: Hashable, Sendable {
  /// Seconds since 1970 in UTC.
  package let seconds: Int64

  /// The latest moment that has four digits for its year.
  private static let latest: Int64 = 253_402_300_799

  package init?(seconds: Int64) {
    guard (0...Self.latest).contains(seconds) else { return nil }
    self.seconds = seconds
  }

  private init() { seconds = 0 }

  /// The beginning of 1970, for formats that ask for a moment where nobody has named one.
  package static let epoch = SourceDate()

  /// The moment that the process is given; nothing where the variable is unset or empty.
  /// - Throws: a diagnostic where it holds something else than a moment.
  package static var process: SourceDate? {
    get throws(Diagnostic) {
      guard let value = getenv("SOURCE_DATE_EPOCH"), value.pointee != 0 else { return nil }
      let text = String(cString: value)
      guard let date = Int64(text).flatMap({ SourceDate(seconds: $0) }) else {
        throw Diagnostic(
          "SOURCE_DATE_EPOCH is '\(text)'",
          hint: "set it to seconds since 1970, as 'git log -1 --format=%ct' prints them")
      }
      return date
    }
  }

  /// As RFC 3339 has it: `2024-01-31T23:59:59Z`.
  package var rfc3339: ByteString {
    var seconds = time_t(seconds)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func digits(_ value: Int32, _ count: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
    let day = "\(digits(parts.tm_year + 1900, 4))-\(digits(parts.tm_mon + 1, 2))-\(digits(parts.tm_mday, 2))"
    return ByteString(
      "\(day)T\(digits(parts.tm_hour, 2)):\(digits(parts.tm_min, 2)):\(digits(parts.tm_sec, 2))Z")
  }
}
