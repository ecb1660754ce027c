package import Files
package import OCI
import Synchronization

/// The digest of a bundle, which is computed once somebody asks: most commands need the files only, and a digest of all
/// of them takes a noticeable part of the time of rendering one environment.
final class BundleDigest: Sendable {
  private let files: FileSet
  private let computed = Mutex<ContentDigest?>(nil)

  init(of files: FileSet) { self.files = files }

  /// The digest. Who asks while another thread computes it waits for that.
  var value: ContentDigest {
    computed.withLock { digest in
      if let digest { return digest }
      let made = ContentDigest(files)
      digest = made
      return made
    }
  }
}

extension ContentDigest {
  /// The digest of files: of their sorted paths, lengths and bytes, so that no two trees have the same one.
  package init(_ files: FileSet) {
    var hash = Hasher()
    for file in files.files {
      hash.update(ByteString("\(file.path.count) \(file.contents.count)\n"))
      hash.update(file.path)
      hash.update(file.contents)
    }
    self = hash.finish()
  }
}
