import Files
import Synchronization
import Velero

/// What a bundle knows of images, read once somebody asks: few environments have a lock.
final class BundleImageFacts: Sendable {
  private let files: FileSet
  private let read = Mutex<ImageFacts?>(nil)

  init(of files: FileSet) { self.files = files }

  /// The facts; those of the binary's bundle where this one has none that can be read.
  var value: ImageFacts? {
    let known = read.withLock { facts in
      if facts == nil { facts = try? ImageFacts(bundle: files) }
      return facts
    }
    if let known { return known }
    return files == Bundle.embedded.files ? nil : Bundle.embedded.imageFacts
  }
}
