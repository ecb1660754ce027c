import Files
import YAML

// Which values there are to choose from.

extension CompatibilityRule {
  static let enumRules = [enumValuesRemoved, enumValuesAdded, enumIntroduced, enumLifted]

  static let enumValuesRemoved = CompatibilityRule(
    "enum-values-removed", .narrowing, "some values are not accepted any more",
    effect: """
      Stored objects with one of these values are invalid: they can be read, but not written, not even their status or \
      finalizers, until the value is another one.
      """,
    mend: "Wait until no object has such a value, or change those that do, before the definition changes.")

  static let enumValuesAdded = CompatibilityRule(
    "enum-values-added", .additive, "more values are accepted",
    effect: "Stored objects stay as they are. Programs that read them must expect the new values.")

  static let enumIntroduced = CompatibilityRule(
    "enum-introduced", .narrowing, "only certain values are accepted, where any was",
    effect: "Stored objects with another value are invalid: they can be read, but not written until it is changed.",
    mend: "Look at the values that are stored before the definition changes.")

  static let enumLifted = CompatibilityRule(
    "enum-lifted", .additive, "any value is accepted, where only certain ones were",
    effect: "Stored objects stay as they are. Programs that read them must expect other values.")
}

extension SchemaPair {
  func checkEnumeration(_ findings: inout CompatibilityFindings) {
    switch (old.enumeration, new.enumeration) {
    case (nil, nil): break
    case (nil, let after?):
      findings.add(.enumIntroduced, self, key: "enum", "must be one of \(after.listed)")
    case (let before?, nil):
      findings.add(.enumLifted, self, key: "enum", "need not be one of \(before.listed) any more")
    case (let before?, let after?):
      let gone = before.filter { !after.holds($0) }
      let added = after.filter { !before.holds($0) }
      if !gone.isEmpty {
        findings.add(.enumValuesRemoved, self, key: "enum", "not accepted any more: \(gone.listed)")
      }
      if !added.isEmpty {
        findings.add(.enumValuesAdded, self, key: "enum", "accepted as well: \(added.listed)")
      }
    }
  }
}

extension [SequenceItem] {
  fileprivate func holds(_ item: SequenceItem) -> Bool { contains { $0.value.isEquivalent(to: item.value) } }

  fileprivate var listed: String { map { FieldValue.text($0.value) }.joined(separator: ", ") }
}
