import Files

// Versions of the API come, go, and are served or not.

extension CompatibilityRule {
  static let versionRules = [
    storedVersionRemoved, versionRemoved, versionAdded, versionUnserved, versionServed, versionDeprecated,
  ]

  static let storedVersionRemoved = CompatibilityRule(
    "stored-version-removed", .refused, "a version in which objects are stored is gone",
    effect: """
      The API server refuses the change while status.storedVersions of the definition names the version; were it let \
      through, the objects stored in it could not be read.
      """,
    mend: """
      Keep the version, not served if need be. To be rid of it: make another one the storage version, write every \
      object once, take the version out of status.storedVersions, then out of the definition.
      """)

  static let versionRemoved = CompatibilityRule(
    "version-removed", .narrowing, "a version that is not stored is gone",
    effect: "Stored objects stay as they are. Whoever asks for the version gets 404.",
    mend: "Change clients and manifests to a version that is left; the objects can be read in each.")

  static let versionAdded = CompatibilityRule(
    "version-added", .additive, "there is one more version", effect: "Stored objects stay as they are.")

  static let versionUnserved = CompatibilityRule(
    "version-unserved", .narrowing, "a version is not served any more",
    effect: "Stored objects stay as they are. Whoever asks for the version gets 404.",
    mend: "Change clients and manifests to a version that is served.")

  static let versionServed = CompatibilityRule(
    "version-served", .additive, "a version is served again", effect: "Stored objects stay as they are.")

  static let versionDeprecated = CompatibilityRule(
    "version-deprecated", .additive, "a version is deprecated, or not any more",
    effect: "Stored objects stay as they are. Whoever uses a deprecated version is sent a warning.")
}

extension DefinitionPair {
  func checkVersions(_ findings: inout CompatibilityFindings) {
    for version in old.versions {
      let path = "spec.versions[\(version.name)]"
      guard let after = new.version(version.name) else {
        let isStored = version.isStorage || old.storedVersions.contains(version.name)
        findings.add(
          isStored ? .storedVersionRemoved : .versionRemoved, path, "version \(version.name) is gone",
          old: version.position, new: new.position(of: "versions"), version: version.name)
        continue
      }
      if version.isServed != after.isServed {
        findings.add(
          after.isServed ? .versionServed : .versionUnserved, "\(path).served",
          after.isServed ? "served from now on" : "not served any more", old: version.position(of: "served"),
          new: after.position(of: "served"), version: version.name)
      }
      if version.isDeprecated != after.isDeprecated {
        findings.add(
          .versionDeprecated, "\(path).deprecated", after.isDeprecated ? "deprecated" : "not deprecated any more",
          old: version.position(of: "deprecated"), new: after.position(of: "deprecated"), version: version.name)
      }
    }
    for version in new.versions where old.version(version.name) == nil {
      findings.add(
        .versionAdded, "spec.versions[\(version.name)]", "version \(version.name) is new",
        old: old.position(of: "versions"), new: version.position, version: version.name)
    }
  }
}
