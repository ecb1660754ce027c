package import Files

/// A value that is not what it must be.
package struct InvalidValue: Sendable {
  /// One requirement that is not met.
  package struct Finding: Sendable {
    /// What the value must be.
    package var requirement: String
    /// What it is instead; empty if the rule does not say.
    package var found: String
    /// Where the rule stands.
    package var rule: Position
  }

  /// The value's path in the document: `a.b[0]`.
  package var path: String
  /// Where the value stands: the place of its key, or of its dash.
  package var position: Position
  package var findings: [Finding]
}

extension [InvalidValue] {
  /// The findings as ytt prints them behind "Validating final data values:".
  package var text: String {
    var text = ""
    for value in self {
      text += "  \(value.path)\n    from: \(value.position)\n"
      for finding in value.findings {
        text += "    - must be: \(finding.requirement) (by: \(finding.rule))\n"
        if !finding.found.isEmpty { text += "      found: \(finding.found)\n" }
      }
      text += "\n"
    }
    return text
  }

  /// The findings with their places, for reports of our own.
  package var diagnostics: Diagnostics {
    Diagnostics(
      flatMap { value in
        value.findings.map { finding in
          var diagnostic = Diagnostic(
            "value '\(value.path)' must be \(finding.requirement)"
              + (finding.found.isEmpty ? "" : " (found: \(finding.found))"),
            at: value.position.rangeOfValue,
            notes: [Diagnostic.Note("the rule stands here", at: SourceRange(finding.rule))])
          diagnostic.field = value.path
          return diagnostic
        }
      })
  }
}
