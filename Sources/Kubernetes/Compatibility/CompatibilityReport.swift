import Files

/// What replacing some CustomResourceDefinitions by others means for the objects that are stored in a cluster and for
/// those who read and write them.
///
/// It compares what both say, and knows no cluster: a finding tells what happens to an object that uses what changed,
/// not that there is one.
package struct CompatibilityReport: Sendable {
  /// By definition, then by path, then by rule.
  package let findings: [CompatibilityFinding]
  /// How many definitions stand on both sides.
  package let compared: Int

  /// Compares what is installed with what is to replace it.
  package init(from old: DefinitionSet, to new: DefinitionSet) {
    var findings: [CompatibilityFinding] = []
    var compared = 0
    for definition in old.definitions {
      var found = CompatibilityFindings(definition: definition.name)
      if let replacement = new.definition(definition.name) {
        compared += 1
        DefinitionPair(old: definition, new: replacement).check(&found)
      } else {
        definition.checkRemoval(in: new, &found)
      }
      findings += found.list
    }
    for definition in new.definitions where old.definition(definition.name) == nil {
      var found = CompatibilityFindings(definition: definition.name)
      definition.checkAddition(&found)
      findings += found.list
    }
    self.compared = compared
    self.findings = findings.sorted {
      ($0.definition, ByteString($0.path), ByteString($0.rule.id))
        < ($1.definition, ByteString($1.path), ByteString($1.rule.id))
    }
  }

  /// The worst of the findings; nothing where nothing changed.
  package var worst: CompatibilitySeverity? { findings.map(\.severity).max() }

  /// The findings of one severity.
  package func findings(_ severity: CompatibilitySeverity) -> [CompatibilityFinding] {
    findings.filter { $0.severity == severity }
  }
}

/// An installed definition and the one that is to replace it.
struct DefinitionPair {
  let old: CustomResourceDefinition
  let new: CustomResourceDefinition

  func check(_ findings: inout CompatibilityFindings) {
    checkNames(&findings)
    checkVersions(&findings)
    checkStorage(&findings)
    for version in new.versions {
      guard let before = old.version(version.name) else { continue }
      let versions = VersionPair(old: before, new: version)
      versions.checkSubresources(&findings)
      versions.checkClients(&findings)
      compareSchemas(before, version, as: version.name, &findings)
    }
    checkStructure(&findings)
  }

  /// Compares what two versions, of one name or of two, say about objects.
  func compareSchemas(
    _ before: CustomResourceDefinition.Version, _ after: CustomResourceDefinition.Version, as name: ByteString,
    _ findings: inout CompatibilityFindings
  ) {
    guard let oldSchema = before.schema, let newSchema = after.schema else { return }
    let pair = SchemaPair(
      old: oldSchema, new: newSchema, version: name, path: FieldPath(),
      oldUnknown: old.preservesUnknownFields ? .neverPruned : .pruned,
      newUnknown: new.preservesUnknownFields ? .neverPruned : .pruned)
    pair.check(&findings)
  }
}

/// A version as it was and as it will be.
struct VersionPair {
  let old: CustomResourceDefinition.Version
  let new: CustomResourceDefinition.Version

  var path: String { "spec.versions[\(new.name)]" }
}
