/// Text in Markdown as GitHub and GitLab read it. What comes from files is escaped, so that it is text and nothing else.
enum Markdown {
  /// The most characters of one cell.
  private static let widest = 300

  /// A cell of a table.
  static func cell(_ text: String) -> String {
    let short = text.count > widest ? text.prefix(widest) + "…" : text[...]
    return escaped(String(short)).replacing("\n", with: " ")
  }

  /// A cell of a table whose text is code.
  static func code(_ text: String) -> String { "<code>\(cell(text))</code>" }

  static func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |\n" }

  /// A table; its cells are Markdown already.
  static func table(_ head: [String], _ rows: [[String]]) -> String {
    row(head) + "|\(String(repeating: "---|", count: head.count))\n" + rows.map(row).joined()
  }

  /// What can be opened; `summary` and `body` are Markdown already.
  static func details(_ summary: String, _ body: String) -> String {
    "\n<details><summary>\(summary)</summary>\n\n\(body)\n</details>\n"
  }

  /// A block of code that nothing in `text` ends.
  static func block(_ text: String, language: String) -> String {
    let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\(language)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)\n"
  }

  /// Text that Markdown and HTML leave as it is.
  static func escaped(_ text: String) -> String {
    var out = ""
    for character in text.harmless {
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      // As references, which end no cell of a table and begin nothing, also inside of elements of HTML.
      case "|", "*", "_", "`", "[", "]", "~", "\\":
        out += character.unicodeScalars.map { "&#\($0.value);" }.joined()
      default: out.append(character)
      }
    }
    return out
  }
}
