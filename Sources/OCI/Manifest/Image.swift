package import Files

/// An image that is held in memory as a whole: for configuration, which is small.
package struct Image: Sendable, Hashable {
  /// The manifest as it is written, from which its digest follows.
  package let manifest: FetchedManifest
  package let configuration: ByteString
  /// The compressed layers, from the lowest to the topmost.
  package let layers: [ByteString]

  /// - Parameters:
  ///   - configuration: the configuration as JSON, which has the digests of the layers before they were compressed.
  ///   - layers: the compressed layers.
  package init(docker configuration: ByteString, layers: [ByteString]) {
    let manifest = ImageManifest(
      mediaType: .dockerManifest, configuration: Descriptor(.dockerConfiguration, of: configuration),
      layers: layers.map { Descriptor(.dockerLayer, of: $0) })
    self.manifest = FetchedManifest(manifest.contents, mediaType: .dockerManifest)
    self.configuration = configuration
    self.layers = layers
  }

  private init(oci image: Image) {
    let manifest = ImageManifest(
      mediaType: .manifest, configuration: Descriptor(.configuration, of: image.configuration),
      layers: image.layers.map { Descriptor(.layer, of: $0) })
    self.manifest = FetchedManifest(manifest.contents, mediaType: .manifest)
    configuration = image.configuration
    layers = image.layers
  }

  /// The same image with a manifest as the Open Container Initiative describes it.
  package var inOCIFormat: Image { Image(oci: self) }

  /// By which it is known.
  package var digest: ContentDigest { manifest.digest }

  /// How an index refers to it.
  package var descriptor: Descriptor {
    Descriptor(mediaType: manifest.mediaType, digest: digest, size: manifest.bytes.count)
  }

  /// Configuration and layers with their digests.
  package var blobs: [(digest: ContentDigest, contents: ByteString)] {
    (layers + [configuration]).map { (ContentDigest($0), $0) }
  }
}
