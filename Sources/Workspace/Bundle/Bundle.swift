package import Files
package import Velero
package import OCI
import YAML

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

  // What follows from the files, for those who ask: each takes a noticeable part of the time of rendering one environment.
  private let madeDigest = Lazily<ContentDigest>()
  private let madeImageFacts = Lazily<ImageFacts?>()
  private let madeCheckFacts = Lazily<Result<CheckFacts, Diagnostics>>()
  private let madeDefinitions = Lazily<[ByteString: Node]?>.Table<ReleaseVersion>()

  package init(source: Source, files: FileSet) {
    self.source = source
    self.files = files
  }

  /// The digest of `files`.
  package var digest: ContentDigest { madeDigest.value { ContentDigest(files) } }

  /// What it knows of images that no template prints, or what the bundle of the binary knows.
  package var imageFacts: ImageFacts? {
    if let own = madeImageFacts.value({ try? ImageFacts(bundle: files) }) { return own }
    return source == .embedded ? nil : Bundle.embedded.imageFacts
  }

  /// What it knows of releases that checks have to know.
  var checkFacts: CheckFacts {
    get throws(Diagnostics) {
      try madeCheckFacts.value { Result { () throws(Diagnostics) in try CheckFacts(bundle: files) } }.get()
    }
  }

  /// The definitions of a release as they lie in the bundle, by name; nothing if the bundle keeps them otherwise.
  func storedDefinitions(of release: ReleaseVersion) -> [ByteString: Node]? {
    madeDefinitions.value(for: release) { readDefinitions(of: release) }
  }

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
