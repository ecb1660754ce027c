package import Files
import YAML

/// What the configuration of an image says, as far as tools that run nothing ask for it.
package struct ImageConfiguration: Hashable, Sendable {
  package var platform: Platform
  /// In the order written.
  package var labels: [Annotation]
  /// The digests of the layers before they were compressed, from the lowest to the topmost.
  package var layers: [ContentDigest]

  package init(platform: Platform, labels: [Annotation], layers: [ContentDigest]) {
    self.platform = platform
    self.labels = labels
    self.layers = layers
  }

  /// Reads one.
  /// - Parameter shown: what a message calls it.
  package init(_ contents: ByteString, shown: String) throws(Diagnostic) {
    let document = try JSONField(document: contents, shown: shown)
    platform = Platform(
      system: try document["os"].optionalText() ?? .empty,
      architecture: try document["architecture"].optionalText() ?? .empty,
      variant: try document["variant"].optionalText() ?? .empty)
    labels = try document["config"]["Labels"].annotations()
    layers = []
    for field in try document["rootfs"]["diff_ids"].list() { layers.append(try field.digest()) }
  }

  /// The value of a label.
  package func label(_ name: ByteString) -> ByteString? { labels.first { $0.name == name }?.value }
}
