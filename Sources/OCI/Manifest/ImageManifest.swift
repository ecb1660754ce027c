package import Files
import YAML

/// The manifest of one image: its configuration and its layers.
///
/// What is in a registry is known by the digest of its bytes: whoever passes a manifest on passes on the bytes that it was
/// read from, never what `contents` prints.
package struct ImageManifest: Hashable, Sendable {
  package var mediaType: MediaType
  package var configuration: Descriptor
  /// From the lowest to the topmost.
  package var layers: [Descriptor]
  package var annotations: [Annotation]

  package init(
    mediaType: MediaType, configuration: Descriptor, layers: [Descriptor], annotations: [Annotation] = []
  ) {
    self.mediaType = mediaType
    self.configuration = configuration
    self.layers = layers
    self.annotations = annotations
  }

  /// Reads one.
  /// - Parameters:
  ///   - mediaType: what a registry or descriptor says that it is, for OCI's manifests need not say so themselves.
  ///   - shown: what a message calls it.
  /// - Throws: a diagnostic if it is no manifest of an image in one of the two formats that are in use.
  package init(_ contents: ByteString, mediaType: MediaType? = nil, shown: String) throws(Diagnostic) {
    let document = try JSONField(document: contents, shown: shown)
    let written = try document["mediaType"].optionalText().map { MediaType($0) }
    self.mediaType = written ?? mediaType ?? .manifest
    guard self.mediaType.isManifest else {
      throw .otherType(shown, self.mediaType, expected: "the manifest of an image")
    }
    configuration = try Descriptor(document["config"])
    layers = []
    for field in try document["layers"].list() { layers.append(try Descriptor(field)) }
    annotations = try document["annotations"].annotations()
  }

  /// The manifest as JSON.
  package var contents: ByteString {
    var items = [
      MapItem("schemaVersion", .int(2)), MapItem("mediaType", .string(mediaType.text)),
      MapItem("config", configuration.node),
      MapItem("layers", .sequence(layers.map { SequenceItem($0.node) })),
    ]
    if !annotations.isEmpty { items.append(MapItem("annotations", Node(annotations))) }
    return Node.map(items).orderedJSON
  }
}

extension Diagnostic {
  static func otherType(_ shown: String, _ type: MediaType, expected: String) -> Diagnostic {
    Diagnostic("\(shown) is of type \(type), and not \(expected)", hint: "give the name of something else")
  }
}

extension Node {
  /// The node as JSON on one line, keys in their order. For nodes that we made: all their keys and numbers can be written.
  package var orderedJSON: ByteString {
    var out = ByteBuffer()
    var style = JSONStyle(escapesHTML: true)
    style.sortsKeys = false
    try? printJSON(self, style: style, into: &out)
    return out.finish()
  }
}
