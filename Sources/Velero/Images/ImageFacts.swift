package import Files

/// What a bundle knows of images that no template prints.
package struct ImageFacts: Sendable {
  package let catalogue: ReleaseCatalogue
  package let derived: [DerivedImage]

  /// Reads the files of a bundle's `config/`.
  package init(bundle: FileSet) throws(Diagnostics) {
    catalogue = try ReleaseCatalogue(bundle: bundle)
    derived = try DerivedImage.list(in: bundle)
  }

  /// Whether others are named after this image by its tag, so that it cannot be named by its digest alone.
  package func namesOthersByTag(_ image: ByteString) -> Bool {
    guard let plugin = catalogue.plugin(named: ImageReference(image.text).name) else { return false }
    return derived.contains { rule in
      if case .sibling(plugin, _, _) = rule.source { return true }
      return false
    }
  }

  /// Whether an image can be named by its tag only: others are named after it, or it is named after another.
  package func goesByTag(_ use: ImageUse) -> Bool {
    switch use.origin {
    case .field: namesOthersByTag(use.image)
    case .derived(let name, _, _):
      derived.contains { rule in if case .sibling = rule.source { rule.name == name } else { false } }
    }
  }
}
