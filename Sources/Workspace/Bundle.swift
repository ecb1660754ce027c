package import Files
package import Velero
package import OCI

/// The templates that environments are rendered from.
package struct Bundle: Sendable {
  /// Where they came from.
  package enum Source: Sendable, Hashable {
    /// The binary carries them.
    case embedded
    /// A directory of the workspace, which sailplan.yaml names.
    case directory(ByteString)
  }

  package let source: Source
  /// The files of the bundle's `config/`, with paths below it, as `ytt -f config` names them.
  package let files: FileSet
  private let lazyDigest: BundleDigest
  private let lazyImageFacts: BundleImageFacts

  package init(source: Source, files: FileSet) {
    self.source = source
    self.files = files
    lazyDigest = BundleDigest(of: files)
    lazyImageFacts = BundleImageFacts(of: files)
  }

  /// The digest of `files`; computed when it is first asked for.
  package var digest: ContentDigest { lazyDigest.value }

  /// What it knows of images that no template prints, or what the bundle of the binary knows; read when it is first asked
  /// for.
  package var imageFacts: ImageFacts? { lazyImageFacts.value }

  /// The bundle that the binary carries.
  package static let embedded = Bundle(
    source: .embedded, files: Asset.files(below: "overlays/velero/config"))

  /// How the lock and messages name the source.
  package var sourceName: ByteString {
    switch source {
    case .embedded: "embedded"
    case .directory(let path): path
    }
  }
}
