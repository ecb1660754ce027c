/// When a schedule is due, as Velero's cron reads it: five fields, or a word with `@`.
enum CronExpression {
  private struct Field {
    let name: String
    let range: ClosedRange<Int>
    var words: [String] = []
  }

  private static let fields = [
    Field(name: "minute", range: 0...59), Field(name: "hour", range: 0...23),
    Field(name: "day of the month", range: 1...31),
    Field(
      name: "month", range: 1...12,
      words: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
    Field(name: "day of the week", range: 0...6, words: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
  ]

  private static let descriptors = [
    "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly",
  ]

  /// What is wrong with an expression; nothing if Velero can read it.
  static func objection(to text: String) -> String? {
    var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    if words.isEmpty { return "it is empty" }
    // A time zone goes in front; whether there is one of that name, the server's image knows.
    if let first = words.first, first.hasPrefix("TZ=") || first.hasPrefix("CRON_TZ=") { words.removeFirst() }
    if let first = words.first, first.hasPrefix("@") { return objection(toDescriptor: words) }
    guard words.count == fields.count else {
      return "it has \(words.count) field\(words.count == 1 ? "" : "s"), not \(fields.count)"
    }
    for (word, field) in zip(words, fields) {
      for part in word.split(separator: ",", omittingEmptySubsequences: false) {
        if let reason = objection(toPart: String(part), of: field) { return "\(field.name) '\(word)': \(reason)" }
      }
    }
    return nil
  }

  private static func objection(toDescriptor words: [String]) -> String? {
    if words.first == "@every" {
      guard words.count == 2 else { return "@every wants a duration, such as @every 6h" }
      guard GoDuration.isPositive(words[1]) else { return "'\(words[1])' is no duration, such as 6h or 1h30m" }
      return nil
    }
    guard words.count == 1, let word = words.first, descriptors.contains(word) else {
      return "'\(words.joined(separator: " "))' is none of \(descriptors.joined(separator: ", ")), @every DURATION"
    }
    return nil
  }

  private static func objection(toPart part: String, of field: Field) -> String? {
    let steps = part.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard steps.count <= 2, let head = steps.first else { return "more than one '/'" }
    if steps.count == 2 {
      guard let step = Int(steps[1]), step > 0 else { return "the step '\(steps[1])' is no number above 0" }
    }
    if head == "*" || head == "?" { return nil }
    let ends = head.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard ends.count <= 2 else { return "more than one '-'" }
    var numbers: [Int] = []
    for end in ends {
      guard let number = number(end, field) else { return "'\(end)' is no number" }
      guard field.range.contains(number) else {
        return "\(number) is not between \(field.range.lowerBound) and \(field.range.upperBound)"
      }
      numbers.append(number)
    }
    if let first = numbers.first, let last = numbers.last, first > last { return "it runs backwards" }
    return nil
  }

  private static func number(_ text: String, _ field: Field) -> Int? {
    if let index = field.words.firstIndex(of: text.lowercased()) { return index + field.range.lowerBound }
    guard !text.isEmpty, text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return Int(text)
  }
}

/// Durations as Go writes them.
enum GoDuration {
  private static let units = ["ns", "us", "µs", "ms", "s", "m", "h"]

  /// Whether the text is a duration above 0: numbers, each with its unit.
  static func isPositive(_ text: String) -> Bool {
    var rest = text[...]
    if rest.hasPrefix("+") { rest = rest.dropFirst() }
    guard !rest.isEmpty else { return false }
    var isAboveZero = false
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      guard digits.contains(where: \.isNumber), digits.count(where: { $0 == "." }) <= 1 else { return false }
      if digits.contains(where: { ("1"..."9").contains($0) }) { isAboveZero = true }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { !$0.isNumber && $0 != "." }
      guard units.contains(String(unit)) else { return false }
      rest = rest.dropFirst(unit.count)
    }
    return isAboveZero
  }
}
