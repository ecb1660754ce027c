package import Files

/// Where images are read from: a registry, or a layout on disk.
package protocol ImageSource: Sendable {
  /// The manifest, or list of manifests, that `reference` names.
  func manifest(_ reference: ImageReference) throws(Diagnostic) -> FetchedManifest

  /// The digest of what `reference` names; nothing where there is no such thing.
  func digestIfPresent(of reference: ImageReference) throws(Diagnostic) -> ContentDigest?

  /// Hands on the bytes of a blob. Whether they are the right ones is known only at the end: what was made of them has to be
  /// thrown away where this throws.
  func fetchBlob(
    _ descriptor: Descriptor, from reference: ImageReference,
    into take: (UnsafeBufferPointer<UInt8>) throws(Diagnostic) -> Void
  ) throws(Diagnostic)

  /// The bytes of a blob where they can be read as often as it takes, in a file if need be.
  func contents(of descriptor: Descriptor, from reference: ImageReference) throws(Diagnostic) -> BlobContents

  /// A small blob as a whole.
  /// - Throws: as `fetchBlob` does, and where it has more than `limit` bytes.
  func blob(_ descriptor: Descriptor, from reference: ImageReference, limit: Int) throws(Diagnostic) -> ByteString
}

extension RegistryClient: ImageSource {}

extension ImageSource {
  /// The most bytes that a configuration may have.
  private static var configurationLimit: Int { 8 << 20 }

  /// The configuration of an image.
  package func configuration(
    _ manifest: ImageManifest, of reference: ImageReference
  ) throws(Diagnostic) -> ImageConfiguration {
    let bytes = try blob(manifest.configuration, from: reference, limit: Self.configurationLimit)
    return try ImageConfiguration(bytes, shown: "the configuration of \(reference)")
  }

  /// In a file that goes with the last reference to it.
  package func contents(
    of descriptor: Descriptor, from reference: ImageReference
  ) throws(Diagnostic) -> BlobContents {
    let file = try OpenFile(temporaryIn: Process.temporaryDirectory)
    var offset = 0
    try fetchBlob(descriptor, from: reference) { bytes throws(Diagnostic) in
      try file.write(UnsafeRawBufferPointer(bytes), at: offset)
      offset += bytes.count
    }
    return .file(file, offset: 0, count: offset)
  }
}
