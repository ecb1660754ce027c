import Files
import Starlark

/// Violations under a common heading, and how ytt prints them.
struct SchemaReport {
  var heading: String
  var violations: [SchemaViolation]
  /// Whether ytt puts its report into another one that only says that the schema is invalid.
  var isNested = false

  /// A failure with ytt's text as its message and our diagnostics as its cause.
  var failure: Failure { Failure(text, cause: .diagnostics(Diagnostics(violations.map(\.diagnostic)))) }

  /// The report as ytt prints it: the heading underlined, then for each violation the lines it is about, what was
  /// found and what was expected.
  private var text: String {
    let width = violations.map { Self.line($0.position).utf8.count }.max() ?? 1
    let gutter = "  " + String(repeating: " ", count: width)
    var text = isNested ? Self.underlined("Invalid schema") : ""
    text += Self.underlined(heading)
    for violation in violations {
      if let summary = violation.summary { text += "\n\(summary)" }
      text += "\n" + Self.excerpt(violation, gutter: gutter, width: width) + "\n\n"
      text += violation.found.isEmpty ? "" : "\(gutter) = found: \(violation.found)"
      text += "\n"
      text += violation.expected.isEmpty ? "" : "\(gutter) = expected: \(violation.expectedText)"
      for hint in violation.hints { text += "\n\(gutter) = hint: \(hint)" }
      text += "\n"
    }
    return text + "\n"
  }

  private static func underlined(_ heading: String) -> String {
    "\n\(heading)\n\(String(repeating: "=", count: heading.utf8.count))\n"
  }

  private static func excerpt(_ violation: SchemaViolation, gutter: String, width: Int) -> String {
    guard let source = violation.position.source else {
      return "Data value calculated:\n\(gutter) #\n\(gutter) # \(violation.calculated ?? "")\n\(gutter) #"
    }
    var text = "\(source.path):\n\(gutter) |"
    var last: Position?
    for position in violation.annotations.sorted(by: { $0.line < $1.line }) + [violation.position] {
      if let last, last.file != position.file || abs(last.line - position.line) > 1 { text += "\n\(gutter) | ..." }
      let number = line(position)
      let padding = String(repeating: " ", count: max(0, width - number.utf8.count))
      text += "\n  \(padding)\(number) | \(position.source?.lineText(position.line).text ?? "")"
      last = position
    }
    return text + "\n\(gutter) |"
  }

  private static func line(_ position: Position) -> String {
    position.file == 0 ? "?" : String(position.line)
  }
}

/// Why a schema cannot be used.
enum SchemaError: Error {
  case report(SchemaReport)
  case failure(Failure)
}
