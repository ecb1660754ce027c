import Files

// In which version objects are stored, how they get from one to another, and whether anything is dropped on the way.

extension CompatibilityRule {
  static let storageRules = [
    storageVersionChanged, storageVersionConverted, conversionRemoved, conversionAdded, pruningBegins, pruningEnds,
  ]

  static let storageVersionChanged = CompatibilityRule(
    "storage-version-changed", .narrowing, "objects are stored in another version, and nothing converts them",
    effect: """
      Stored objects are read as the new version with only apiVersion changed; each is stored anew when it is next \
      written, and what the new version's schema does not name is pruned then. The findings below the path \
      spec.versions[OLD→NEW] say what differs.
      """,
    mend: "Let both versions have the same fields, or convert them by a webhook.")

  static let storageVersionConverted = CompatibilityRule(
    "storage-version-converted", .additive, "objects are stored in another version, and a webhook converts them",
    effect: "Each stored object is stored anew when it is next written; what the webhook makes of it is kept.",
    mend: "Keep the old version in the definition until every object was written once.")

  static let conversionRemoved = CompatibilityRule(
    "conversion-removed", .narrowing, "versions are not converted by a webhook any more",
    effect: """
      Objects are handed out in every version with only apiVersion changed: fields that the version asked for does \
      not name are missing from answers, and from what is then written back.
      """,
    mend: "Keep the webhook as long as more than one version is stored or served.")

  static let conversionAdded = CompatibilityRule(
    "conversion-added", .additive, "versions are converted by a webhook from now on",
    effect: "Stored objects stay as they are; reading one in another version than it is stored in needs the webhook.")

  static let pruningBegins = CompatibilityRule(
    "pruning-begins", .dataLoss, "the definition does not preserve unknown fields any more",
    effect: "Every field that the schema does not name is dropped from an object when it is next written.",
    mend: """
      Name the fields in the schema, or mark the objects that may hold more with \
      x-kubernetes-preserve-unknown-fields: true.
      """)

  static let pruningEnds = CompatibilityRule(
    "pruning-ends", .refused, "the definition is to preserve unknown fields from now on",
    effect: "The API server refuses the change: preserveUnknownFields cannot become true in apiextensions.k8s.io/v1.",
    mend: "Write x-kubernetes-preserve-unknown-fields: true into the schema where fields are to be kept.")
}

extension DefinitionPair {
  func checkStorage(_ findings: inout CompatibilityFindings) {
    if let before = old.storageVersion, let after = new.storageVersion, before.name != after.name {
      let isConverted = new.conversionStrategy != "None"
      findings.add(
        isConverted ? .storageVersionConverted : .storageVersionChanged, "spec.versions[\(after.name)].storage",
        "objects were stored in \(before.name) and will be in \(after.name)", old: before.position(of: "storage"),
        new: after.position(of: "storage"), version: after.name)
      if !isConverted {
        compareSchemas(before, after, as: ByteString("\(before.name)→\(after.name)"), &findings)
      }
    }
    if old.conversionStrategy != new.conversionStrategy {
      findings.add(
        new.conversionStrategy == "None" ? .conversionRemoved : .conversionAdded, "spec.conversion.strategy",
        "\(old.conversionStrategy) becomes \(new.conversionStrategy)", old: old.position(of: "conversion"),
        new: new.position(of: "conversion"))
    }
    if old.preservesUnknownFields != new.preservesUnknownFields {
      findings.add(
        new.preservesUnknownFields ? .pruningEnds : .pruningBegins, "spec.preserveUnknownFields",
        "\(old.preservesUnknownFields) becomes \(new.preservesUnknownFields)",
        old: old.position(of: "preserveUnknownFields"), new: new.position(of: "preserveUnknownFields"))
    }
  }
}
