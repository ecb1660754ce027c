import Files

// Rules in the Common Expression Language, `x-kubernetes-validations`. They are compared as text.

extension CompatibilityRule {
  static let expressionRules = [expressionAdded, expressionRemoved]

  static let expressionAdded = CompatibilityRule(
    "validation-rule-added", .narrowing, "there is a new rule in x-kubernetes-validations",
    effect: "Stored objects that break the rule are invalid: they can be read, but not written until mended.",
    mend: "Read the rule: sailplan does not evaluate it.")

  static let expressionRemoved = CompatibilityRule(
    "validation-rule-removed", .additive, "a rule in x-kubernetes-validations is gone",
    effect: "Stored objects stay as they are.")
}

extension SchemaPair {
  func checkExpressions(_ findings: inout CompatibilityFindings) {
    let key: ByteString = "x-kubernetes-validations"
    for rule in new.validations where !old.validations.contains(where: { $0.rule == rule.rule }) {
      findings.add(
        .expressionAdded, path, in: version, "must fulfil: \(rule.rule)", old: old.position(of: key),
        new: rule.position)
    }
    for rule in old.validations where !new.validations.contains(where: { $0.rule == rule.rule }) {
      findings.add(
        .expressionRemoved, path, in: version, "need not fulfil any more: \(rule.rule)", old: rule.position,
        new: new.position(of: key))
    }
  }
}
