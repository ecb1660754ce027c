import Files

// A definition comes, goes, or is one that the API server does not take.

extension CompatibilityRule {
  static let definitionRules = [definitionRemoved, definitionAdded, kindTaken, notStructural]

  static let definitionRemoved = CompatibilityRule(
    "definition-removed", .dataLoss, "a CustomResourceDefinition is not there any more",
    effect: """
      Deleting the definition deletes every object of its kind. Where nobody deletes it (kubectl apply leaves it), it \
      stays behind with its objects, and nothing works on them.
      """,
    mend:
      "Keep the definition until its objects are not needed any more, or save them first: kubectl get PLURAL -A -o yaml."
  )

  static let definitionAdded = CompatibilityRule(
    "definition-added", .additive, "a CustomResourceDefinition is new",
    effect: "There are no stored objects yet.")

  static let kindTaken = CompatibilityRule(
    "kind-taken", .refused, "a new definition wants the kind of one that goes away",
    effect: """
      The API server creates the new definition but does not serve it (condition NamesAccepted is false) until the old \
      one is deleted; deleting it deletes its objects.
      """,
    mend: "Keep the plural. If it must change: save the objects, delete the old definition, apply the new one, restore."
  )

  static let notStructural = CompatibilityRule(
    "not-structural", .refused, "the new schema breaks the rules of structural schemas",
    effect: "The API server refuses the new definition; the old one and its objects stay as they are.",
    mend: "Mend the schema as the message says.")
}

extension CustomResourceDefinition {
  func checkRemoval(in new: DefinitionSet, _ findings: inout CompatibilityFindings) {
    if let heir = new.definition(group: group, kind: names.kind) {
      findings.add(
        .kindTaken, "spec.names.plural",
        "\(names.kind) was served as '\(names.plural)', and '\(heir.names.plural)' claims the same kind",
        old: position, new: heir.position)
    } else {
      findings.add(.definitionRemoved, ".", "kind \(names.kind) goes away", old: position, new: .none)
    }
  }

  func checkAddition(_ findings: inout CompatibilityFindings) {
    findings.add(.definitionAdded, ".", "kind \(names.kind) is new", old: .none, new: position)
    checkStructure(&findings)
  }

  /// Adds what the API server would refuse; what v1beta1 lets pass is no matter.
  func checkStructure(_ findings: inout CompatibilityFindings) {
    for violation in StructuralRules.violations(of: self) {
      findings.add(
        .notStructural, violation.path, violation.message, old: .none, new: violation.position,
        version: violation.version)
    }
  }
}

extension DefinitionPair {
  /// What was wrong before is none of the change, and the API server lets it stay.
  func checkStructure(_ findings: inout CompatibilityFindings) {
    var fresh = CompatibilityFindings(definition: new.name)
    new.checkStructure(&fresh)
    guard !fresh.list.isEmpty else { return }
    var known = CompatibilityFindings(definition: old.name)
    old.checkStructure(&known)
    for finding in fresh.list
    where !known.list.contains(where: { $0.path == finding.path && $0.message == finding.message }) {
      findings.add(
        .notStructural, finding.path, finding.message, old: old.position, new: finding.new, version: finding.version)
    }
  }
}
