import Files

extension CheckRule {
  static let pluginMissing = CheckRule(
    "plugin-missing", .error, "no plugin is installed for the provider of a location",
    why: "The location never becomes available: no backup is written to it, and no snapshot is taken."
  ) { tree, findings in
    guard let server = tree.servers.first else { return }
    let catalogue = tree.facts.catalogue
    let installed = server.plugins.map { $0.names(in: catalogue) }
    // What plugins bring that the catalogue does not know, nobody can tell from manifests.
    guard installed.allSatisfy({ $0 != nil }) else { return }
    for location in tree.backupLocations + tree.snapshotLocations where tree.isInReach(location) {
      guard let text = location.text("spec", "provider") else { continue }
      let provider = CheckedTree.provider(text)
      guard !installed.contains(provider) else { continue }
      let isKnown = catalogue.minors.contains { $0.plugins.contains { $0.name == provider } }
      let image = tree.minor?.plugins.first { $0.name == provider }?.image
      findings.add(
        "no plugin that is installed serves provider '\(text)'", in: tree, location,
        at: location.position("spec", "provider"),
        mend: image.map { "add the plugin \($0)" }
          ?? (isKnown ? "add a plugin for it" : "add the plugin that serves it, or name another provider"))
    }
  }
}
