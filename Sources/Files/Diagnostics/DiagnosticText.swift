extension Diagnostic {
  /// The diagnostic as a person reads it:
  ///
  ///     environments/prod/values.yaml:3:1: error: unknown key 'bucktes' (expected one of: bucket, prefix)
  ///       |
  ///     3 | bucktes: acme
  ///       | ^^^^^^^
  ///       = hint: did you mean 'bucket'?
  package var description: String {
    var text = ""
    if let place = Self.place(range) { text += place + ": " }
    text += "\(severity.rawValue): \(indentedMessage(message))\n"
    if let range { text += Self.excerpt(range) }
    for note in notes {
      text += "  = note: "
      if let place = Self.place(note.range) { text += place + ": " }
      text += indentedMessage(note.message) + "\n"
      if let range = note.range { text += Self.excerpt(range) }
    }
    if let hint { text += "  = hint: \(indentedMessage(hint))\n" }
    return text
  }

  private func indentedMessage(_ message: String) -> String {
    message.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n    ")
  }

  private static func place(_ range: SourceRange?) -> String? {
    guard let range, let file = range.start.source else { return nil }
    return "\(file.path):\(file.line(Int(range.start.offset))):\(file.column(Int(range.start.offset)))"
  }

  /// How much of a long line is shown.
  private static let widest = 160

  private static func excerpt(_ range: SourceRange) -> String {
    guard let file = range.start.source else { return "" }
    let line = file.line(Int(range.start.offset))
    let column = file.column(Int(range.start.offset))
    let whole = file.lineText(line)
    // A line too long to show is cut around the place that is meant.
    let from = column > widest ? column - widest / 2 : 0
    let shown = whole[min(from, whole.count)..<min(whole.count, from + widest)]
    let number = String(line)
    let gutter = String(repeating: " ", count: number.utf8.count)
    if file.isSecret { return "\(gutter) |\n\(number) | (not shown: it is of a Secret)\n" }
    let before = whole[min(from, whole.count)..<min(max(column - 1, from), whole.count)]
    let marked = min(max(Int(range.length), 1), max(1, shown.count - before.count))
    let underlined = whole[min(max(column - 1, 0), whole.count)..<min(max(column - 1, 0) + marked, whole.count)]
    let carets = String(repeating: "^", count: max(1, width(underlined)))
    return "\(gutter) |\n\(number) | \(printable(shown))\n\(gutter) | \(blank(before))\(carets)\n"
  }

  /// Control characters as spaces, so that a hostile file cannot steer the terminal; tabs stay, for alignment.
  private static func printable(_ text: ByteString) -> String {
    String(String.UnicodeScalarView(text.text.unicodeScalars.map { isControl($0) && $0 != "\t" ? " " : $0 }))
  }

  private static func blank(_ text: ByteString) -> String {
    String(String.UnicodeScalarView(text.text.unicodeScalars.map { $0 == "\t" ? "\t" : " " }))
  }

  private static func width(_ text: ByteString) -> Int { text.text.unicodeScalars.count }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (scalar.value >= 0x7F && scalar.value < 0xA0) || (0x202A...0x202E).contains(scalar.value)
      || (0x2066...0x2069).contains(scalar.value)
  }
}

extension Diagnostics {
  /// All of them, an empty line between two.
  package var description: String { list.map(\.description).joined(separator: "\n") }
}
