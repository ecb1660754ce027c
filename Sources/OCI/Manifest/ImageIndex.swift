package import Files
import YAML

/// A list of images: for several platforms, or all that an image layout holds.
package struct ImageIndex: Hashable, Sendable {
  package var mediaType: MediaType
  package var manifests: [Descriptor]
  package var annotations: [Annotation]

  package init(mediaType: MediaType = .index, manifests: [Descriptor], annotations: [Annotation] = []) {
    self.mediaType = mediaType
    self.manifests = manifests
    self.annotations = annotations
  }

  /// Reads one, see `ImageManifest`.
  package init(_ contents: ByteString, mediaType: MediaType? = nil, shown: String) throws(Diagnostic) {
    let document = try JSONField(document: contents, shown: shown)
    let written = try document["mediaType"].optionalText().map { MediaType($0) }
    self.mediaType = written ?? mediaType ?? .index
    guard self.mediaType.isIndex else { throw .otherType(shown, self.mediaType, expected: "a list of images") }
    manifests = []
    for field in try document["manifests"].list() { manifests.append(try Descriptor(field)) }
    annotations = try document["annotations"].annotations()
  }

  /// The list as JSON.
  package var contents: ByteString {
    var items = [
      MapItem("schemaVersion", .int(2)), MapItem("mediaType", .string(mediaType.text)),
      MapItem("manifests", .sequence(manifests.map { SequenceItem($0.node) })),
    ]
    if !annotations.isEmpty { items.append(MapItem("annotations", Node(annotations))) }
    return Node.map(items).orderedJSON
  }
}
