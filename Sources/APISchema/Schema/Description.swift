import Files

/// Turns the comment above a declaration into a description.
enum Description {
  /// The text without comment marks, markers and, depending on the release, remarks for developers.
  static func text(of group: CommentGroup?, style: Dialect.DescriptionStyle) -> ByteString {
    guard let group else { return .empty }
    let comments = group.comments.filter { MarkerText(comment: $0.text) == nil }
    let lines = plainLines(comments)
    let hasBlockComments = comments.contains { $0.text.hasPrefix("/*") }
    switch style {
    case .joined: return join(lines, with: " ", emptyLine: "\n")
    case .joinedTrimmed: return join(lines.map { $0.trimmingWhiteSpace() }, with: " ", emptyLine: "\n")
    case .linesDoubled:
      return join(hasBlockComments ? lines.map { $0.trimmingWhiteSpace() } : lines, with: "\n", emptyLine: "\n")
    case .lines:
      return join(
        withoutRemarks(hasBlockComments ? lines.map { $0.trimmingWhiteSpace() } : lines), with: "\n", emptyLine: .empty)
    }
  }

  private static func join(_ lines: [ByteString], with separator: ByteString, emptyLine: ByteString) -> ByteString {
    if lines.count == 1, !lines[0].isEmpty { return lines[0] }
    var out = ByteBuffer()
    for (index, line) in lines.enumerated() {
      if index > 0 { out.append(separator) }
      out.append(line.isEmpty ? emptyLine : line)
    }
    return out.finish()
  }

  /// Leaves out what authors note for themselves, as controller-gen does: lines that begin with TODO, and everything from
  /// a line that begins with `---` on, unless they stand in a code block.
  private static func withoutRemarks(_ lines: [ByteString]) -> [ByteString] {
    var kept: [ByteString] = []
    var isCode = false
    for line in lines {
      if line.hasPrefix("```") || line.hasPrefix("~~~") { isCode.toggle() }
      if !isCode {
        if line.hasPrefix("TODO") { continue }
        if line.hasPrefix("---") { break }
      }
      kept.append(line)
    }
    return kept
  }

  /// The lines of comments as Go reads them: without marks and directives, ends trimmed, runs of empty lines as one,
  /// none at the start and the end.
  private static func plainLines(_ comments: [CommentGroup.Comment]) -> [ByteString] {
    var lines: [ByteString] = []
    for comment in comments {
      var text = comment.text
      guard text.count >= 2 else { continue }
      if text[1] == UInt8(ascii: "*") {
        text = text[2..<max(2, text.count - 2)]
        split(text, into: &lines)
      } else {
        text = text[2..<text.count]
        if !text.isEmpty, text[0] == UInt8(ascii: " ") {
          text = text[1..<text.count]
        } else if isDirective(text) {
          continue
        }
        lines.append(trimmingEnd(text))
      }
    }
    var kept: [ByteString] = []
    for line in lines where !line.isEmpty || kept.last?.isEmpty == false { kept.append(line) }
    if kept.last?.isEmpty == true { kept.removeLast() }
    return kept
  }

  private static func split(_ text: ByteString, into lines: inout [ByteString]) {
    var start = 0
    while true {
      let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? text.count
      lines.append(trimmingEnd(text[start..<end]))
      if end == text.count { return }
      start = end + 1
    }
  }

  private static func trimmingEnd(_ line: ByteString) -> ByteString {
    var end = line.count
    while end > 0, [0x20, 0x09, 0x0A, 0x0D].contains(line[end - 1]) { end -= 1 }
    return line[0..<end]
  }

  /// Whether `//` is followed by an order to a tool: `go:generate`, `nolint:all`, `line `, `extern `, `export `.
  private static func isDirective(_ text: ByteString) -> Bool {
    if text.hasPrefix("line ") || text.hasPrefix("extern ") || text.hasPrefix("export ") { return true }
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > 0, colon + 1 < text.count else { return false }
    for index in 0...colon + 1 where index != colon {
      let byte = text[index]
      guard
        (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"))
          || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
      else { return false }
    }
    return true
  }
}
