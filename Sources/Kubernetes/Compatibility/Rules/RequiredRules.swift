import Files

// Which fields an object must have.

extension CompatibilityRule {
  static let requiredRules = [requiredAdded, requiredWithDefault, requiredRemoved]

  static let requiredAdded = CompatibilityRule(
    "required-added", .narrowing, "a field is required that was not",
    effect: "Stored objects without it are invalid: they can be read, but not written until it is added.",
    mend: "Set the field on all objects before the definition changes, give it a default, or leave it optional.")

  static let requiredWithDefault = CompatibilityRule(
    "required-added-with-default", .additive, "a field is required that was not, and has a default",
    effect: "Stored objects without it are read with the default.")

  static let requiredRemoved = CompatibilityRule(
    "required-removed", .additive, "a field is not required any more",
    effect: "Stored objects stay as they are. Programs that read them must expect the field to be missing.")
}

extension SchemaPair {
  func checkRequired(_ findings: inout CompatibilityFindings) {
    for name in new.required where !old.required.contains(name) {
      let hasDefault = new.property(name)?.defaultValue != nil
      add(
        hasDefault ? .requiredWithDefault : .requiredAdded, name,
        hasDefault ? "is required from now on, and has a default" : "is required from now on")
    }
    for name in old.required where !new.required.contains(name) {
      add(.requiredRemoved, name, "is not required any more")
    }

    func add(_ rule: CompatibilityRule, _ name: ByteString, _ message: String) {
      findings.add(
        rule, path.appending(.key(name)), in: version, message, old: old.position(of: "required"),
        new: new.position(of: "required"))
    }
  }
}
