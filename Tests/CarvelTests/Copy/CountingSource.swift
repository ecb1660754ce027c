import Files
import OCI
import Synchronization

/// Counts the blobs that are fetched, and fails after some.
final class CountingSource: ImageSource {
  private let source: SampleImages
  private let failsAfter: Int
  private let count = Atomic(0)

  init(_ source: SampleImages, failsAfter: Int = .max) {
    self.source = source
    self.failsAfter = failsAfter
  }

  var fetched: Int { count.load(ordering: .relaxed) }

  func manifest(_ reference: ImageReference) throws(Diagnostic) -> FetchedManifest { try source.manifest(reference) }

  func digestIfPresent(of reference: ImageReference) throws(Diagnostic) -> ContentDigest? { nil }

  func fetchBlob(
    _ descriptor: Descriptor, from reference: ImageReference,
    into take: (UnsafeBufferPointer<UInt8>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    guard count.wrappingAdd(1, ordering: .relaxed).newValue <= failsAfter else { throw Diagnostic("out of reach") }
    try source.fetchBlob(descriptor, from: reference, into: take)
  }

  func blob(
    _ descriptor: Descriptor, from reference: ImageReference, limit: Int
  ) throws(Diagnostic) -> ByteString { try source.blob(descriptor, from: reference, limit: limit) }
}
