package import Files
package import OCI

/// What is to be known of a bundle without unpacking it.
package struct BundleDescription: Sendable {
  /// An image that belongs to the bundle.
  package struct Member: Sendable {
    /// Where it is to be had.
    package var image: ImageReference
    /// The name in the lock, where it is another.
    package var origin: ImageReference?
    package var annotations: [ByteString: ByteString]
    /// What it holds, if it is known to be a bundle.
    package var bundle: BundleDescription?
  }

  package let reference: ImageReference
  package let mediaType: MediaType
  package let layers: [Descriptor]
  package let labels: [Annotation]
  package let metadata: BundleMetadata?
  /// How many files it has, and how many bytes they have together.
  package let size: (files: Int, bytes: Int)
  package let members: [Member]

  /// Looks a bundle up.
  /// - Parameters:
  ///   - relocates: whether its images are looked for beside it.
  ///   - nested: whether each image is asked whether it is a bundle.
  /// - Throws: a diagnostic where it, or one of its images that had to be asked, cannot be read or is no bundle.
  package init(
    of reference: ImageReference, in source: some ImageSource, relocates: Bool, nested: Bool
  ) throws(Diagnostic) {
    guard let image = try PublishedImage(reference, in: source), image.isBundle else { throw .noBundle(reference) }
    try self.init(image, in: source, relocates: relocates, nested: nested ? 50 : 0)
  }

  private init(
    _ image: PublishedImage, in source: some ImageSource, relocates: Bool, nested: Int
  ) throws(Diagnostic) {
    reference = image.reference
    mediaType = image.manifest.mediaType
    layers = image.manifest.layers
    labels = image.configuration.labels
    let tree = try image.tree(from: source)
    let files = tree.entries.compactMap(\.file)
    size = (files.count, files.reduce(0) { $0 + $1.contents.count })
    metadata = tree[BundleContents.metadataFile].flatMap {
      try? BundleMetadata(parsing: SourceFile.register(path: "bundle.yml", contents: $0.contents))
    }
    guard let file = tree[BundleContents.imagesFile] else { throw .noBundle(reference) }
    let lock = try ImagesLock(published: file.contents, shown: "\(BundleContents.imagesFile) of \(reference)")
    let copies = try relocates ? ImageLocations(of: image, in: source) : nil
    var members: [Member] = []
    for entry in lock.entries {
      let place = copies == nil ? entry.image : entry.image.moved(to: reference)
      var member = Member(
        image: place, origin: place == entry.image ? nil : entry.image, annotations: entry.annotations, bundle: nil)
      let listed = copies?.images.first { $0.image == entry.image }?.isBundle
      if nested > 0, listed != false, let inner = try PublishedImage(place, in: source), inner.isBundle {
        member.bundle = try BundleDescription(inner, in: source, relocates: relocates, nested: nested - 1)
      }
      members.append(member)
    }
    self.members = members
  }
}

extension BundleDescription {
  /// The description for people.
  package var text: String { lines().joined(separator: "\n") + "\n" }

  private func lines() -> [String] {
    var lines = ["Bundle: \(reference)", "Digest: \(reference.identifier)", "Type: \(mediaType)"]
    lines.append("Contents: \(size.files) files, \(size.bytes) bytes")
    lines += layers.map { "Layer: \($0.digest), \($0.size) bytes" }
    lines += labels.map { "Label: \($0.name)=\($0.value)" }
    if let metadata {
      lines += metadata.fields.sorted { $0.key < $1.key }.map { "Metadata: \($0.key)=\($0.value)" }
      lines += metadata.authors.map { "Author: \($0.name)\($0.email.isEmpty ? "" : " <\($0.email)>")" }
      lines += metadata.websites.map { "Website: \($0)" }
    }
    lines.append(members.isEmpty ? "Images: none" : "Images:")
    for member in members {
      lines.append("- Image: \(member.image)")
      if let origin = member.origin { lines.append("  Origin: \(origin)") }
      for annotation in member.annotations.sorted(by: { $0.key < $1.key }) {
        let parts = annotation.value.text.split(separator: "\n")
        if parts.count <= 1 {
          lines.append("  \(annotation.key): \(annotation.value)")
        } else {
          lines += ["  \(annotation.key):"] + parts.map { "    \($0)" }
        }
      }
      if let bundle = member.bundle { lines += bundle.lines().map { "  \($0)" } }
    }
    return lines
  }
}
