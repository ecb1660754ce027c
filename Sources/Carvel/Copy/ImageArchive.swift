package import Files
package import OCI

/// Images in a tar archive as `imgpkg copy --to-tar` writes it: `manifest.json` with all manifests and configurations, and a
/// file for each layer. It may be of any size; layers are read from where they lie.
package struct ImageArchive: Sendable {
  /// An image that the archive is about; what lists list is not among them.
  package struct Entry: Sendable {
    package let reference: ImageReference
    package let tag: ByteString?
    /// What the lock of a bundle calls it.
    package let original: ByteString
    /// Whether it is the bundle that was copied.
    package let isRoot: Bool
  }

  package let entries: [Entry]
  private let file: OpenFile
  private let index: TarIndex
  private var manifests: [ContentDigest: FetchedManifest] = [:]
  private var configurations: [ContentDigest: ByteString] = [:]

  static let manifestFile: ByteString = "manifest.json"
  /// By this label the bundle is known that was copied.
  static let rootLabel: ByteString = "dev.carvel.imgpkg.copy.root-bundle"
  private static let manifestLimit = 256 << 20
  private static let deepest = 8

  static func layerFile(_ digest: ContentDigest) -> ByteString { digest.dashed.appending(".tar.gz") }

  /// Opens an archive and reads what it says about its images.
  /// - Throws: a diagnostic if it is none, or is cut off.
  package init(_ path: String) throws(Diagnostic) {
    file = try OpenFile(reading: path)
    index = try TarIndex(file)
    guard let range = index.files[Self.manifestFile], range.count <= Self.manifestLimit else {
      throw Diagnostic(
        "\(path) has no \(Self.manifestFile), or too large a one",
        hint: "use an archive that 'sailplan images copy' or 'imgpkg copy' wrote")
    }
    let text = try Self.contents(file, range)
    let document = try JSONField(document: text, shown: "\(path)/\(Self.manifestFile)")
    var reader = Reader()
    var entries: [Entry] = []
    for field in try document.list() {
      let list = field["ImageIndex"]
      entries.append(list.isMissing ? try reader.image(field["Image"]) : try reader.list(list, depth: 0))
    }
    self.entries = entries
    manifests = reader.manifests
    configurations = reader.configurations
  }

  private static func contents(_ file: OpenFile, _ range: Range<Int>) throws(Diagnostic) -> ByteString {
    let source = BlobContents.file(file, offset: range.lowerBound, count: range.count)
    return try ByteString(capacity: range.count) { (out) throws(Diagnostic) in
      var done = 0
      while done < range.count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(out)[done...])
        let count = try source.read(at: done, into: rest)
        if count == 0 { break }
        done += count
      }
      return done
    }
  }

  private struct Reader {
    var manifests: [ContentDigest: FetchedManifest] = [:]
    var configurations: [ContentDigest: ByteString] = [:]

    mutating func list(_ field: JSONField, depth: Int) throws(Diagnostic) -> Entry {
      guard depth < ImageArchive.deepest else { throw field.mistake("a list of images that lies less deep") }
      for image in try field["Images"].list() { _ = try self.image(image) }
      for list in try field["Indexes"].list() { _ = try self.list(list, depth: depth + 1) }
      return try entry(field, try keep(field))
    }

    mutating func image(_ field: JSONField) throws(Diagnostic) -> Entry {
      let configuration = field["Config"]
      configurations[try configuration["Digest"].digest()] = try configuration["Raw"].text()
      return try entry(field, try keep(field["Manifest"]))
    }

    private mutating func keep(_ field: JSONField) throws(Diagnostic) -> ContentDigest {
      let digest = try field["Digest"].digest()
      manifests[digest] = FetchedManifest(
        bytes: try field["Raw"].text(), mediaType: MediaType(try field["MediaType"].text()), digest: digest)
      return digest
    }

    private func entry(_ field: JSONField, _ digest: ContentDigest) throws(Diagnostic) -> Entry {
      guard let first = try field["Refs"].list().first else { throw field["Refs"].mistake("a list of names") }
      let tag = try field["Tag"].optionalText()
      return Entry(
        reference: try ImageReference(try first.text()).with(digest: digest), tag: tag?.isEmpty == false ? tag : nil,
        original: try field["OrigRef"].optionalText() ?? .empty,
        isRoot: try field["Labels"].entries().contains { $0.key == ImageArchive.rootLabel })
    }
  }
}

// MARK: What is read from it

extension ImageArchive: ImageSource {
  package func manifest(_ reference: ImageReference) throws(Diagnostic) -> FetchedManifest {
    guard let digest = reference.digest, let manifest = manifests[digest] else {
      throw .missing(reference.text, file.path)
    }
    guard ContentDigest(manifest.bytes) == digest else { throw .damaged("the manifest \(digest)", file.path) }
    return manifest
  }

  package func digestIfPresent(of reference: ImageReference) throws(Diagnostic) -> ContentDigest? {
    reference.digest.flatMap { manifests[$0] != nil ? $0 : nil }
  }

  package func contents(
    of descriptor: Descriptor, from reference: ImageReference
  ) throws(Diagnostic) -> BlobContents {
    if let configuration = configurations[descriptor.digest] { return .bytes(configuration) }
    guard let range = index.files[Self.layerFile(descriptor.digest)] else {
      throw .missing("the layer \(descriptor.digest) of \(reference)".utf8Bytes, file.path)
    }
    guard range.count == descriptor.size else { throw .damaged("the layer \(descriptor.digest)", file.path) }
    return .file(file, offset: range.lowerBound, count: range.count)
  }

  package func fetchBlob(
    _ descriptor: Descriptor, from reference: ImageReference,
    into take: (UnsafeBufferPointer<UInt8>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let digest = try contents(of: descriptor, from: reference).forEach(take)
    guard digest == descriptor.digest else { throw .damaged("the blob \(descriptor.digest)", file.path) }
  }

  package func blob(
    _ descriptor: Descriptor, from reference: ImageReference, limit: Int
  ) throws(Diagnostic) -> ByteString {
    let contents = try contents(of: descriptor, from: reference)
    guard contents.count <= limit else {
      throw Diagnostic("the blob \(descriptor.digest) has \(contents.count) bytes, and \(limit) are allowed")
    }
    var bytes = ByteBuffer(capacity: contents.count)
    try fetchBlob(descriptor, from: reference) { bytes.append($0) }
    return bytes.finish()
  }
}

extension String {
  fileprivate var utf8Bytes: ByteString { ByteString(self) }
}

extension Diagnostic {
  fileprivate static func missing(_ what: ByteString, _ path: String) -> Diagnostic {
    Diagnostic(
      "\(path) lacks \(what)",
      hint: "layers that may not be distributed come along with --include-non-distributable-layers")
  }

  fileprivate static func damaged(_ what: String, _ path: String) -> Diagnostic {
    Diagnostic("\(what) in \(path) is damaged", hint: "have the archive written, or brought here, once more")
  }
}
