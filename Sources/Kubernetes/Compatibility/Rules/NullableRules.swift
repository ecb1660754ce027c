import Files

// Whether a value may be null.

extension CompatibilityRule {
  static let nullableRules = [nullableRemoved, nullableAdded]

  static let nullableRemoved = CompatibilityRule(
    "nullable-removed", .narrowing, "the value may not be null any more",
    effect: """
      A stored null is left out when the object is read, or replaced by the default if there is one; in a list it \
      makes the object invalid. An object that requires the field is invalid without it.
      """,
    mend: "Leave the field out in place of setting it to null.")

  static let nullableAdded = CompatibilityRule(
    "nullable-added", .additive, "the value may be null",
    effect: "Stored objects stay as they are. Programs that read them must expect null.")
}

extension SchemaPair {
  func checkNullable(_ findings: inout CompatibilityFindings) {
    guard old.isNullable != new.isNullable else { return }
    findings.add(
      new.isNullable ? .nullableAdded : .nullableRemoved, self, key: "nullable",
      new.isNullable ? "may be null from now on" : "may not be null any more")
  }
}
