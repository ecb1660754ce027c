package import Files

/// Images in a directory or in a tar archive of it, laid out as OCI's image specification says: `oci-layout`, `index.json`,
/// and `blobs/sha256/`. skopeo calls these `oci:` and `oci-archive:`.
package struct ImageLayout: Sendable {
  /// What messages call it.
  package let shown: String
  /// What `index.json` lists.
  package let index: ImageIndex
  private let files: Files

  private enum Files: Sendable {
    case directory(String)
    case memory(LayerTree)
  }

  private static let indexLimit = 4 << 20
  /// What the file of the version holds.
  package static let version: ByteString = #"{"imageLayoutVersion":"1.0.0"}"#
  package static let versionFile: ByteString = "oci-layout"
  package static let indexFile: ByteString = "index.json"
  package static let nameAnnotation: ByteString = "org.opencontainers.image.ref.name"

  /// Opens what is at `path`: a directory, or an archive of at most 512 MiB, which may be compressed.
  /// - Throws: a diagnostic if it cannot be read or holds no layout of version 1.
  package init(_ path: String) throws(Diagnostic) {
    if Disk.isDirectory(path) {
      try self.init(.directory(path), shown: path)
    } else {
      let file = try OpenFile(reading: path)
      let archive = BlobContents.file(file, offset: 0, count: file.count)
      try self.init(.memory(LayerTree(archive, shown: path, limits: .configuration)), shown: path)
    }
  }

  private init(_ files: Files, shown: String) throws(Diagnostic) {
    self.files = files
    self.shown = shown
    guard let version = try Self.read(Self.versionFile, files, limit: 4096) else { throw .noLayout(shown) }
    let number = try JSONField(document: version, shown: "\(shown)/\(Self.versionFile)")["imageLayoutVersion"].text()
    guard number.hasPrefix("1.") else { throw .otherVersion(shown, number) }
    guard let index = try Self.read(Self.indexFile, files, limit: Self.indexLimit) else { throw .noLayout(shown) }
    self.index = try ImageIndex(index, shown: "\(shown)/\(Self.indexFile)")
  }

  /// The contents of a file; nothing where there is none.
  private static func read(_ path: ByteString, _ files: Files, limit: Int) throws(Diagnostic) -> ByteString? {
    switch files {
    case .memory(let tree): return tree[path]?.contents
    case .directory(let directory):
      guard Disk.isFile("\(directory)/\(path)") else { return nil }
      return try Disk.read("\(directory)/\(path)", limit: limit)
    }
  }

  /// Where a blob lies.
  package static func path(_ digest: ContentDigest) -> ByteString { ByteString("blobs/sha256/").appending(digest.hex) }

  // MARK: Images

  /// The one image that it holds, or that of a name. Of one that is there in both formats, Docker's is taken.
  /// - Parameter name: what the index calls it: a tag, or a whole name.
  /// - Throws: a diagnostic where there is none, or several to choose from.
  package func image(named name: ByteString? = nil) throws(Diagnostic) -> Descriptor {
    var found = index.manifests.filter { name == nil || $0.annotation(Self.nameAnnotation) == name }
    if found.contains(where: { $0.mediaType == .dockerManifest }) { found.removeAll { $0.mediaType == .manifest } }
    guard let image = found.first else { throw .noImage(shown, name) }
    guard found.allSatisfy({ $0.digest == image.digest }) else {
      throw .severalImages(shown, index.manifests.compactMap { $0.annotation(Self.nameAnnotation) })
    }
    return image
  }

  private func contents(of digest: ContentDigest, limit: Int) throws(Diagnostic) -> ByteString {
    guard let bytes = try Self.read(Self.path(digest), files, limit: limit) else { throw .noBlob(shown, digest) }
    let found = ContentDigest(bytes)
    guard found == digest else { throw .otherBlob(shown, digest, found) }
    return bytes
  }

  private func descriptor(_ reference: ImageReference) -> Descriptor? {
    if let digest = reference.digest { return index.manifests.first { $0.digest == digest } }
    return index.manifests.first {
      let name = $0.annotation(Self.nameAnnotation)
      return name == reference.identifier || name == reference.text
    }
  }
}

// MARK: What is read from it

extension ImageLayout: ImageSource {
  package func manifest(_ reference: ImageReference) throws(Diagnostic) -> FetchedManifest {
    guard let descriptor = descriptor(reference) else { throw .noImage(shown, reference.identifier) }
    let bytes = try contents(of: descriptor.digest, limit: RegistryClient.manifestLimit)
    return FetchedManifest(bytes: bytes, mediaType: descriptor.mediaType, digest: descriptor.digest)
  }

  package func digestIfPresent(of reference: ImageReference) throws(Diagnostic) -> ContentDigest? {
    descriptor(reference)?.digest
  }

  package func fetchBlob(
    _ descriptor: Descriptor, from reference: ImageReference,
    into take: (UnsafeBufferPointer<UInt8>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let bytes = try blob(descriptor, from: reference, limit: ByteString.maximumCount - 1)
    try bytes.withBytes { (bytes) throws(Diagnostic) in try take(bytes) }
  }

  package func blob(
    _ descriptor: Descriptor, from reference: ImageReference, limit: Int
  ) throws(Diagnostic) -> ByteString {
    let bytes = try contents(of: descriptor.digest, limit: limit)
    guard bytes.count == descriptor.size else { throw .otherSize(shown, descriptor, bytes.count) }
    return bytes
  }
}

// MARK: Writing

extension ImageLayout {
  /// The files of a layout of one image.
  ///
  /// Its index lists the image as it is, and once more with a manifest in OCI's format, which is the only one that skopeo
  /// takes out of layouts. All else they have in common.
  /// - Parameter name: what the index is to call it.
  package static func files(_ image: Image, name: ByteString?) -> FileSet {
    let twin = image.inOCIFormat
    var descriptors = [image.descriptor, twin.descriptor]
    if let name {
      for index in descriptors.indices {
        descriptors[index].annotations = [Annotation(name: nameAnnotation, value: name)]
      }
    }
    var files = image.blobs.map { FileSet.File(path: path($0.digest), contents: $0.contents) }
    for image in [image, twin] { files.append(FileSet.File(path: path(image.digest), contents: image.manifest.bytes)) }
    files.append(FileSet.File(path: versionFile, contents: version))
    files.append(FileSet.File(path: indexFile, contents: ImageIndex(manifests: descriptors).contents))
    return FileSet(files)
  }
}

extension Diagnostic {
  fileprivate static func noLayout(_ shown: String) -> Diagnostic {
    Diagnostic(
      "\(shown) is no OCI image layout: it lacks oci-layout or index.json",
      hint: "'sailplan bundle build --to-layout' and 'skopeo copy … oci:DIR' write one")
  }

  fileprivate static func otherVersion(_ shown: String, _ version: ByteString) -> Diagnostic {
    Diagnostic("\(shown) is an OCI image layout of version \(version); expected version 1")
  }

  fileprivate static func noImage(_ shown: String, _ name: ByteString?) -> Diagnostic {
    Diagnostic("\(shown) holds no image\(name.map { " \($0)" } ?? "")", hint: "its index.json lists what it holds")
  }

  fileprivate static func severalImages(_ shown: String, _ names: [ByteString]) -> Diagnostic {
    Diagnostic(
      "\(shown) holds several images: \(names.isEmpty ? "none has a name" : names.map(\.text).joined(separator: ", "))",
      hint: "give the name or the digest of one")
  }

  fileprivate static func noBlob(_ shown: String, _ digest: ContentDigest) -> Diagnostic {
    Diagnostic("\(shown) lacks the blob \(digest)", hint: "have it copied once more, with all that is in the image")
  }

  fileprivate static func otherBlob(_ shown: String, _ digest: ContentDigest, _ found: ContentDigest) -> Diagnostic {
    Diagnostic("the blob \(digest) in \(shown) is damaged: its digest is \(found)", hint: "have it copied once more")
  }

  fileprivate static func otherSize(_ shown: String, _ descriptor: Descriptor, _ count: Int) -> Diagnostic {
    Diagnostic("the blob \(descriptor.digest) in \(shown) has \(count) bytes; expected \(descriptor.size)")
  }
}
