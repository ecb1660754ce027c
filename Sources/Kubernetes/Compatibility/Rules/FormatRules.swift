import Files

// What text or a number has to be: a date, base64, 32 bits.

extension CompatibilityRule {
  static let formatRules = [formatChanged, formatLoosened]

  static let formatChanged = CompatibilityRule(
    "format-changed", .narrowing, "values have to be of a format, or of another one",
    effect: "Stored objects with other values are invalid: they can be read, but not written until they are changed.",
    mend: "Look at the values that are stored before the definition changes.")

  static let formatLoosened = CompatibilityRule(
    "format-loosened", .additive, "values need not be of a format any more, or of one that takes more",
    effect: "Stored objects stay as they are.")
}

extension SchemaPair {
  func checkFormat(_ findings: inout CompatibilityFindings) {
    guard old.format != new.format else { return }
    // The API server checks formats that it knows only.
    let before = ValueFormat(of: old)
    let after = ValueFormat(of: new)
    let change = "\(old.format?.text ?? "no format") becomes \(new.format?.text ?? "none")"
    if let after, before != after, !(before.map(after.holdsAll(of:)) ?? after.holdsEverything) {
      findings.add(.formatChanged, self, key: "format", change)
    } else {
      findings.add(.formatLoosened, self, key: "format", change)
    }
  }
}
