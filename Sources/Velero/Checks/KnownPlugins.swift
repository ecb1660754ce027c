// Plugins of the catalogue, told by the last part of their images' names: mirrors change what is in front of it.

extension CheckedPlugin {
  /// What the catalogue knows of the plugin in any release.
  func names(in catalogue: ReleaseCatalogue) -> String? { catalogue.plugin(named: image.name) }

  /// Whether it is one of the catalogue's.
  func isKnown(to tree: CheckedTree) -> Bool { names(in: tree.facts.catalogue) != nil }
}

extension CheckedTree {
  /// The name of a provider without the group of Velero's own plugins: `velero.io/aws` is aws.
  static func provider(_ text: String) -> String {
    text.hasPrefix("velero.io/") ? String(text.dropFirst("velero.io/".count)) : text
  }
}
