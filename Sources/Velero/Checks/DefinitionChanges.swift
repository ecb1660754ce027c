import Kubernetes

// What the CustomResourceDefinitions of a tree lack beside those of its release. The comparison is that of
// `sailplan crd check RELEASE TREE`; here its findings are told apart by what a server runs into.

extension CheckedTree {
  /// What a server of the release runs into where the definitions are those of the tree.
  enum DefinitionFault {
    case kind, version, enumValue, field, refusal
  }

  /// The changes that amount to a fault, in their order.
  func definitionChanges(_ fault: DefinitionFault) -> [CompatibilityFinding] {
    definitionChanges.filter { Self.fault(of: $0) == fault }
  }

  /// The object of the tree that a change is about.
  func definition(_ change: CompatibilityFinding) -> CheckedObject? {
    definitions.first { $0.identity.name == change.definition }
  }

  /// The changes that amount to a fault, those of one definition together.
  func changesByDefinition(_ fault: DefinitionFault) -> [(CheckedObject?, [CompatibilityFinding])] {
    var groups: [(CheckedObject?, [CompatibilityFinding])] = []
    for change in definitionChanges(fault) {
      if groups.last?.1.first?.definition == change.definition {
        groups[groups.count - 1].1.append(change)
      } else {
        groups.append((definition(change), [change]))
      }
    }
    return groups
  }

  /// How findings name the server that the definitions have to serve.
  var serverName: String { "Velero \(release.map(\.description) ?? "of this release")" }

  static var definitionMend: String {
    """
    take the definitions of the server's release: 'sailplan render' writes them, 'sailplan crd export' prints them; \
    or run a server of the release that the definitions are of
    """
  }

  private static func fault(of change: CompatibilityFinding) -> DefinitionFault? {
    switch change.rule.id {
    case "definition-removed": .kind
    case "version-removed", "stored-version-removed", "version-unserved": .version
    case "enum-values-removed", "enum-introduced": .enumValue
    case "field-removed", "unknown-fields-pruned", "map-closed": .field
    // They matter to people, to appliers and to programs that convert; the server writes on.
    case "names-removed", "selectable-field-removed", "default-changed", "default-removed", "list-map-keys-changed",
      "map-type-granular", "conversion-removed", "scale-subresource-removed", "embedded-resource-removed":
      nil
    default: change.severity > .additive ? .refusal : nil
    }
  }
}

extension [String] {
  /// The first few, and how many more there are.
  func listed(_ most: Int = 6) -> String {
    let rest = count > most ? " and \(count - most) more" : ""
    return prefix(most).joined(separator: ", ") + rest
  }
}
