import Crypto
package import Files
package import OCI

/// What a tree of manifests or a bundle consists of: its files, the images that it starts, and what it was made of.
package struct BillOfMaterials: Sendable {
  /// A file with its digests.
  package struct File: Hashable, Sendable {
    package let path: ByteString
    package let digest: ContentDigest
    /// The SHA-1 in hexadecimal digits, which SPDX asks for.
    package let sha1: ByteString

    package init(path: ByteString, contents: ByteString) {
      self.path = path
      digest = ContentDigest(contents)
      let hash = contents.withBytes { Insecure.SHA1.hash(data: UnsafeRawBufferPointer($0)) }
      sha1 = ByteString(hexadecimal: hash)
    }
  }

  /// Software that the subject was made of, or is about.
  package struct Software: Hashable, Sendable {
    package var name: ByteString
    /// A release, or the digest of what has none.
    package var version: ByteString
    package var url: PackageURL?
    /// What it has to do with the subject.
    package var role: Role

    package enum Role: Hashable, Sendable {
      /// The subject describes how it is installed.
      case installed
      /// The subject was made from it.
      case source
    }

    package init(name: ByteString, version: ByteString, url: PackageURL? = nil, role: Role) {
      self.name = name
      self.version = version
      self.url = url
      self.role = role
    }
  }

  /// What it is about: the name of an environment, or of a bundle.
  package var name: ByteString
  /// What that is, in words.
  package var summary: ByteString
  /// Its own name; nothing where it has none.
  package var url: PackageURL?
  /// By path.
  package var files: [File]
  /// Each once, sorted.
  package var images: [ImageReference]
  package var software: [Software]
  /// The version of sailplan.
  package var tool: ByteString
  package var date: SourceDate?

  package init(
    name: ByteString, summary: ByteString, url: PackageURL? = nil, files: FileSet,
    images: some Sequence<ImageReference>, software: [Software], tool: ByteString, date: SourceDate?
  ) {
    self.name = name
    self.summary = summary
    self.url = url
    self.files = files.files.map { File(path: $0.path, contents: $0.contents) }
    self.images = Set(images).sorted()
    self.software = software
    self.tool = tool
    self.date = date
  }

  /// The digest of all files as a tree.
  package var digest: ContentDigest { ContentDigest(directoryOf: files.map { ($0.path, $0.digest) }) }

  /// Whose names the identifiers of documents begin with.
  static let namespace = "https://sailplan.dev"
}
