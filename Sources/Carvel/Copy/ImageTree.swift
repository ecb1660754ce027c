package import Files
package import OCI

/// An image, or a list of images with all that it lists: what has to be known to copy it.
package struct ImageTree: Sendable {
  /// What an image consists of.
  package struct Parts: Sendable {
    package let manifest: ImageManifest
    /// The configuration as it is written.
    package let configuration: ByteString
    /// What the configuration says; nothing where it is not that of a container's image.
    package let description: ImageConfiguration?
  }

  /// Where it is read, by its digest.
  package let reference: ImageReference
  package let manifest: FetchedManifest
  /// Nothing for a list.
  package let parts: Parts?
  /// What a list lists, in its order.
  package let members: [ImageTree]
  /// What it runs on, as the list says that lists it, or else its configuration.
  package private(set) var platform: Platform?

  /// How many lists may lie in each other, and how many images below one.
  private static let deepest = 4
  private static let mostMembers = 1_000
  private static let configurationLimit = 8 << 20

  /// Reads manifests and configurations.
  package init(_ reference: ImageReference, from source: some ImageSource) throws(Diagnostic) {
    var count = 0
    try self.init(reference, from: source, depth: 0, &count)
  }

  /// - Parameter count: how many images were met so far below the first list.
  private init(
    _ reference: ImageReference, from source: some ImageSource, depth: Int, _ count: inout Int
  ) throws(Diagnostic) {
    let manifest = try source.manifest(reference)
    self.manifest = manifest
    self.reference = reference.with(digest: manifest.digest)
    let shown = "the manifest of \(self.reference)"
    if manifest.mediaType.isIndex {
      let index = try ImageIndex(manifest.bytes, mediaType: manifest.mediaType, shown: shown)
      count += index.manifests.count
      guard depth < Self.deepest, count <= Self.mostMembers else {
        throw Diagnostic(
          "\(self.reference) lists more than \(Self.mostMembers) images, or lists in lists beyond \(Self.deepest) levels"
        )
      }
      parts = nil
      platform = nil
      var members: [ImageTree] = []
      for member in index.manifests {
        var tree = try ImageTree(reference.with(digest: member.digest), from: source, depth: depth + 1, &count)
        tree.platform = member.platform ?? tree.platform
        members.append(tree)
      }
      self.members = members
    } else {
      let image = try ImageManifest(manifest.bytes, mediaType: manifest.mediaType, shown: shown)
      let bytes = try source.blob(image.configuration, from: reference, limit: Self.configurationLimit)
      let isImage = [.dockerConfiguration, .configuration].contains(image.configuration.mediaType)
      let description =
        isImage ? try ImageConfiguration(bytes, shown: "the configuration of \(self.reference)") : nil
      parts = Parts(manifest: image, configuration: bytes, description: description)
      platform = description?.platform
      members = []
    }
  }

  package var digest: ContentDigest { manifest.digest }

  /// Whether its label says that it is a bundle.
  package var isBundle: Bool { parts?.description?.label(Image.bundleLabel) == "true" }

  /// It and all below it, what is listed before what lists it.
  package var all: [ImageTree] { members.flatMap(\.all) + [self] }

  /// The files of a bundle.
  package func bundle(from source: some ImageSource) throws(Diagnostics) -> BundleContents {
    guard isBundle, let layer = parts?.manifest.layers.first, parts?.manifest.layers.count == 1 else {
      throw Diagnostics(Diagnostic("\(reference) is no bundle", hint: "give it with -i if it is another image"))
    }
    let tree: LayerTree
    do throws(Diagnostic) {
      let bytes = try source.blob(layer, from: reference, limit: LayerLimits.configuration.size)
      tree = try LayerTree(.bytes(bytes), shown: "the layer of \(reference)")
    } catch { throw Diagnostics(error) }
    return try BundleContents(tree, shown: reference.description)
  }
}
