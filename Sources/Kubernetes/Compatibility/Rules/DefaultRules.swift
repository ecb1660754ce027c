import Files

// What a field is if nobody says so.

extension CompatibilityRule {
  static let defaultRules = [defaultChanged, defaultRemoved, defaultAdded]

  static let defaultChanged = CompatibilityRule(
    "default-changed", .narrowing, "the default is another one",
    effect: """
      Objects that were written since the field has a default hold the old one. Objects stored before, and new ones, \
      are read with the new one: they may behave otherwise.
      """,
    mend: "Set the field where it matters.")

  static let defaultRemoved = CompatibilityRule(
    "default-removed", .narrowing, "there is no default any more",
    effect: "Objects that do not hold the field are read without it; programs that counted on it may fail.",
    mend: "Set the field where it matters.")

  static let defaultAdded = CompatibilityRule(
    "default-added", .additive, "there is a default",
    effect: "Stored objects without the field are read with the default.")
}

extension SchemaPair {
  func checkDefault(_ findings: inout CompatibilityFindings) {
    switch (old.defaultValue, new.defaultValue) {
    case (nil, nil): break
    case (nil, let after?):
      findings.add(.defaultAdded, self, key: "default", "\(FieldValue.text(after)) unless it is set")
    case (let before?, nil):
      findings.add(.defaultRemoved, self, key: "default", "not \(FieldValue.text(before)) any more unless it is set")
    case (let before?, let after?):
      guard !before.isEquivalent(to: after) else { return }
      findings.add(
        .defaultChanged, self, key: "default", "\(FieldValue.text(before)) becomes \(FieldValue.text(after))")
    }
  }
}
