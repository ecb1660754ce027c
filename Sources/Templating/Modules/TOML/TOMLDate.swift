/// Dates and times as TOML writes them: they are told from what is none, and no more.
enum TOMLDate {
  /// The text with capital letters, and `T` in place of the blank.
  static func normalized(_ text: String) -> String {
    String(text.map { $0 == "z" ? "Z" : $0 == "t" || $0 == " " ? "T" : $0 })
  }

  /// Whether it is a date, a time, or both; only both together may have a zone.
  static func isValid(_ text: String) -> Bool {
    let parts = normalized(text).split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first else { return false }
    if parts.count == 1 { return isDate(first) || isTime(first) }
    return isDate(first) && isTime(withoutZone(parts[1]))
  }

  private static func number(_ text: Substring, digits: Int) -> Int? {
    text.count == digits && text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
  }

  private static func isDate(_ text: Substring) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, let year = number(parts[0], digits: 4), let month = number(parts[1], digits: 2),
      let day = number(parts[2], digits: 2), (1...12).contains(month)
    else { return false }
    let isLeapYear = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    let days = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  private static func isTime(_ text: Substring) -> Bool {
    let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    if halves.count == 2, !(halves[1].allSatisfy { $0.isASCII && $0.isNumber } && !halves[1].isEmpty) { return false }
    let parts = halves[0].split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let hour = number(parts[0], digits: 2), let minute = number(parts[1], digits: 2),
      let second = number(parts[2], digits: 2)
    else { return false }
    return hour < 24 && minute < 60 && second < 60
  }

  private static func withoutZone(_ time: Substring) -> Substring {
    if time.hasSuffix("Z") { return time.dropLast() }
    let zone = time.suffix(6)
    guard let sign = zone.first, sign == "+" || sign == "-" else { return time }
    let parts = zone.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let hours = number(parts[0], digits: 2), let minutes = number(parts[1], digits: 2),
      hours <= 24, minutes < 60
    else { return time }
    return time.dropLast(6)
  }
}
