import Files

// Of what type values are.

extension CompatibilityRule {
  static let typeRules = [typeNarrowed, typeWidened]

  static let typeNarrowed = CompatibilityRule(
    "type-narrowed", .narrowing, "values of some type are not accepted any more",
    effect: "Stored objects with a value of such a type are invalid: they can be read, but not written until mended.",
    mend: "Give the field of the new type another name, or rewrite the stored objects first.")

  static let typeWidened = CompatibilityRule(
    "type-widened", .additive, "values of one more type are accepted",
    effect: "Stored objects stay as they are. Programs that read them must expect the new type.")
}

extension SchemaPair {
  func checkType(_ findings: inout CompatibilityFindings) {
    let (before, after) = (old.valueTypes, new.valueTypes)
    let gone = before.subtracting(after)
    let added = after.subtracting(before)
    let change = "\(old.summary) becomes \(new.summary)"
    if !gone.isEmpty {
      findings.add(.typeNarrowed, self, key: "type", "\(change): \(gone.listed) are not accepted any more")
    } else if !added.isEmpty {
      findings.add(.typeWidened, self, key: "type", "\(change): \(added.listed) are accepted as well")
    }
  }
}
