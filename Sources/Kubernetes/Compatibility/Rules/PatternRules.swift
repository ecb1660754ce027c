import Files

// What text has to match.

extension CompatibilityRule {
  static let patternRules = [patternChanged, patternRemoved]

  static let patternChanged = CompatibilityRule(
    "pattern-changed", .narrowing, "text has to match a pattern, or another one",
    effect: """
      Stored objects with other text are invalid: they can be read, but not written until it is changed. Whether the \
      new pattern takes all that the old one took is not worked out.
      """,
    mend: "Match the values that are stored with the new pattern before the definition changes.")

  static let patternRemoved = CompatibilityRule(
    "pattern-removed", .additive, "text need not match a pattern any more", effect: "Stored objects stay as they are.")
}

extension SchemaPair {
  func checkPattern(_ findings: inout CompatibilityFindings) {
    guard old.pattern != new.pattern else { return }
    if let after = new.pattern, !after.isEmpty {
      findings.add(
        .patternChanged, self, key: "pattern",
        old.pattern.map { "'\($0)' becomes '\(after)'" } ?? "must match '\(after)' from now on")
    } else if let before = old.pattern, !before.isEmpty {
      findings.add(.patternRemoved, self, key: "pattern", "need not match '\(before)' any more")
    }
  }
}
