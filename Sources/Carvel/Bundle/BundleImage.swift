package import Files
package import OCI
import YAML

extension Image {
  /// The label by which an image is known to be a bundle.
  package static let bundleLabel: ByteString = "dev.carvel.imgpkg.bundle"

  /// The image that imgpkg makes of files, apart from how well they are compressed.
  ///
  /// Nothing in it depends on when, where or by whom it is made.
  /// - Parameter labels: what is said about it besides what it is.
  package init(_ tree: LayerTree, labels: [ByteString: ByteString]) throws(Diagnostic) {
    let archive = TarWriter.archive(tree)
    guard archive.count <= LayerLimits.configuration.size else {
      throw Diagnostic(
        "the files have \(archive.count) bytes together; an image for configuration may have "
          + "\(LayerLimits.configuration.size)")
    }
    let configuration = Self.configuration(ContentDigest(archive), labels)
    self.init(docker: configuration, layers: [Gzip.compress(archive)])
  }

  /// The image of a bundle.
  package init(_ bundle: BundleContents, labels: [ByteString: ByteString] = [:]) throws(Diagnostic) {
    try self.init(bundle.tree, labels: labels.merging([Self.bundleLabel: "true"]) { $1 })
  }

  private static func configuration(_ layer: ContentDigest, _ labels: [ByteString: ByteString]) -> ByteString {
    let never: Node = .string("0001-01-01T00:00:00Z")
    let history = Node.ordered([("author", .string("imgpkg")), ("created", never), ("created_by", .string("imgpkg"))])
    let layers = Node.ordered([
      ("type", .string("layers")), ("diff_ids", .sequence([SequenceItem(.string(layer.text))])),
    ])
    let sorted = Node.ordered(labels.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    let key: ByteString = "Labels"
    let running = Node.ordered(labels.isEmpty ? [] : [(key, sorted)])
    return Node.ordered([
      ("architecture", .string("")), ("created", never), ("history", .sequence([SequenceItem(history)])),
      ("os", .string("")), ("rootfs", layers), ("config", running),
    ]).orderedJSON
  }
}

extension Node {
  fileprivate static func ordered(_ items: [(ByteString, Node)]) -> Node {
    .map(items.map { MapItem(key: .string($0.0), value: $0.1) })
  }
}

extension ContentDigest {
  /// The tag that every image of Carvel's tools has besides its own, so that no registry takes it for garbage:
  /// `sha256-….imgpkg`.
  package var tag: ByteString { dashed.appending(".imgpkg") }

  /// The tag of the image that says what was copied along with this one.
  package var locationsTag: ByteString { dashed.appending(".image-locations.imgpkg") }

  /// The digest as a tag or a directory may be called: `sha256-…`.
  package var dashed: ByteString { ByteString("sha256-").appending(hex) }
}
