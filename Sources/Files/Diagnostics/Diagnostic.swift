/// Something to tell the user about what they gave us: what is wrong, where, and how to mend it.
package struct Diagnostic: Error, Sendable, Hashable {
  /// How much it matters.
  package enum Severity: String, Sendable, Hashable {
    case error, warning
  }

  /// A further place or fact that explains the diagnostic.
  package struct Note: Sendable, Hashable {
    package var message: String
    package var range: SourceRange?

    package init(_ message: String, at range: SourceRange? = nil) {
      self.message = message
      self.range = range
    }
  }

  package var severity: Severity
  /// What is wrong and what was expected: one sentence, lower case, no full stop. Further lines are shown indented.
  package var message: String
  /// Where; nothing if it is about no place in a file.
  package var range: SourceRange?
  package var notes: [Note]
  /// How to mend it: one sentence in the imperative.
  package var hint: String?
  /// The path of the value that it is about, such as `backupStorage.bucket`, where it is about one.
  package var field: String?

  package init(
    _ message: String, at range: SourceRange? = nil, notes: [Note] = [], hint: String? = nil,
    severity: Severity = .error
  ) {
    self.severity = severity
    self.message = message
    self.range = range
    self.notes = notes
    self.hint = hint
  }

  package init(_ message: String, at position: Position, notes: [Note] = [], hint: String? = nil) {
    self.init(message, at: SourceRange(position), notes: notes, hint: hint)
  }
}

/// One or more diagnostics that ended a stage.
package struct Diagnostics: Error, Sendable {
  package private(set) var list: [Diagnostic]

  package init(_ list: [Diagnostic] = []) { self.list = list }

  package init(_ diagnostic: Diagnostic) { self.list = [diagnostic] }

  /// Whether a stage has to stop.
  package var hasErrors: Bool { list.contains { $0.severity == .error } }

  package mutating func append(_ diagnostic: Diagnostic) { list.append(diagnostic) }

  package mutating func append(contentsOf other: Diagnostics) { list += other.list }

  /// Ends a stage that has collected errors.
  package func throwIfErrors() throws(Diagnostics) {
    if hasErrors { throw self }
  }
}
