package import Files
package import OCI

/// An image where it is published, with what it takes to know what it is.
package struct PublishedImage: Sendable {
  /// Its name, with its digest.
  package let reference: ImageReference
  package let manifest: ImageManifest
  package let configuration: ImageConfiguration

  /// Looks an image up.
  /// - Returns: nothing where the name is that of a list of images.
  package init?(_ reference: ImageReference, in source: some ImageSource) throws(Diagnostic) {
    let fetched = try source.manifest(reference)
    if fetched.mediaType.isIndex { return nil }
    self.reference = reference.with(digest: fetched.digest)
    manifest = try ImageManifest(fetched.bytes, mediaType: fetched.mediaType, shown: "the manifest of \(reference)")
    configuration = try source.configuration(manifest, of: self.reference)
  }

  /// By which it is known.
  package var digest: ContentDigest { reference.digest ?? ContentDigest(.empty) }

  /// Whether it says that it is a bundle.
  package var isBundle: Bool { configuration.label(Image.bundleLabel) != nil }

  /// The files of an image that has one layer of configuration.
  /// - Parameter shown: what messages call the image.
  package func tree(from source: some ImageSource) throws(Diagnostic) -> LayerTree {
    guard manifest.layers.count == 1, let layer = manifest.layers.first else {
      throw .severalLayers(reference, manifest.layers.count)
    }
    let bytes = try source.blob(layer, from: reference, limit: LayerLimits.configuration.size)
    return try LayerTree(.bytes(bytes), shown: "the layer of \(reference)")
  }

  /// Unpacks all layers into an empty directory.
  /// - Throws: a diagnostic if a layer is not as it has to be, see `LayerExtraction`, or not the one that the configuration
  ///   names.
  package func unpack(from source: some ImageSource, into directory: String) throws(Diagnostic) {
    let limits: LayerLimits = isBundle ? .configuration : .image
    let extraction = LayerExtraction(into: directory, limits: limits)
    for (number, layer) in manifest.layers.enumerated() {
      guard layer.size <= limits.size else { throw .largeLayer(layer, reference, limits.size) }
      // It is checked before anything is unpacked: it has to be on disk for that.
      let file = try OpenFile(temporaryIn: directory)
      var count = 0
      try source.fetchBlob(layer, from: reference) { (bytes) throws(Diagnostic) in
        try file.write(UnsafeRawBufferPointer(bytes), at: count)
        count += bytes.count
      }
      let shown = "layer \(layer.digest) of \(reference)"
      let digest = try extraction.extract(.file(file, offset: 0, count: count), shown: shown)
      if number < configuration.layers.count, configuration.layers[number] != digest {
        throw .otherLayer(shown, digest, configuration.layers[number])
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func severalLayers(_ reference: ImageReference, _ count: Int) -> Diagnostic {
    Diagnostic(
      "\(reference) has \(count) layers; a bundle has one", hint: "push it with 'sailplan bundle push' or imgpkg")
  }

  fileprivate static func largeLayer(_ layer: Descriptor, _ reference: ImageReference, _ limit: Int) -> Diagnostic {
    Diagnostic("layer \(layer.digest) of \(reference) has \(layer.size) bytes; at most \(limit) are fetched")
  }

  fileprivate static func otherLayer(
    _ shown: String, _ found: ContentDigest, _ expected: ContentDigest
  ) -> Diagnostic {
    Diagnostic(
      "\(shown) unpacks to \(found), and the image's configuration promises \(expected)",
      hint: "whoever built the image has to build it anew")
  }
}
