import Files
import Synchronization

/// The digest of a bundle, which is computed once somebody asks: most commands need the files only, and a digest of all
/// of them takes a noticeable part of the time of rendering one environment.
final class BundleDigest: Sendable {
  private let files: FileSet
  private let computed = Mutex<Digest?>(nil)

  init(of files: FileSet) { self.files = files }

  /// The digest. Who asks while another thread computes it waits for that.
  var value: Digest {
    computed.withLock { digest in
      if let digest { return digest }
      let made = Digest(files)
      digest = made
      return made
    }
  }
}
