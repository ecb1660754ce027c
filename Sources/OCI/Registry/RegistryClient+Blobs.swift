package import Files

extension RegistryClient {
  /// Whether the repository of `reference` has a blob.
  package func hasBlob(_ digest: ContentDigest, in reference: ImageReference) throws(Diagnostic) -> Bool {
    try hasBlob(digest, in: reference, .pull(reference))
  }

  func hasBlob(
    _ digest: ContentDigest, in reference: ImageReference, _ scope: RegistryScope
  ) throws(Diagnostic) -> Bool {
    let call = Call(
      purpose: "look for the blob \(digest) in \(reference.repository)", reference: reference, scopes: [scope])
    let answer = try exchange(call) { address in HTTPRequest(.head, address("\(reference.path)/blobs/\(digest)")) }
    if answer.status == 404 { return false }
    guard answer.status == 200 else { throw .answered(call.purpose, reference.registry.text, answer) }
    return true
  }

  /// Fetches a blob piece by piece. After a drop it goes on where it was.
  /// - Parameters:
  ///   - descriptor: what is expected; neither more bytes nor other bytes are taken for it.
  ///   - reference: whose repository has it.
  ///   - take: is handed all bytes in order. Whether they are the right ones is known only at the end: what it has made
  ///     of them has to be thrown away where this throws.
  /// - Throws: a diagnostic where there is no such blob or it is another; or whatever `take` throws.
  package func fetchBlob(
    _ descriptor: Descriptor, from reference: ImageReference,
    into take: (UnsafeBufferPointer<UInt8>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let call = Call(
      purpose: "fetch the blob \(descriptor.digest) from \(reference.repository)", reference: reference,
      scopes: [.pull(reference)])
    var arrival = BlobArrival(descriptor: descriptor, purpose: call.purpose)
    let answer = try withoutActuallyEscaping(take) { take throws(Diagnostic) in
      try exchange(
        call, to: { (head, bytes) throws(Diagnostic) in try arrival.take(bytes, of: head, take) },
        { address in
          var request = HTTPRequest(.get, address("\(reference.path)/blobs/\(descriptor.digest)"))
          arrival.begin()
          if arrival.count > 0 { request.headers.add("Range", "bytes=\(arrival.count)-") }
          return request
        })
    }
    // 416: it ends where we are, which is too early.
    guard answer.isSuccess || (answer.status == 416 && arrival.count > 0) else {
      throw .answered(call.purpose, reference.registry.text, answer)
    }
    try arrival.finish()
  }

  /// A small blob as a whole.
  /// - Throws: as `fetchBlob(_:from:into:)`, and where it has more than `limit` bytes.
  package func blob(
    _ descriptor: Descriptor, from reference: ImageReference, limit: Int
  ) throws(Diagnostic) -> ByteString {
    guard descriptor.size <= limit else {
      throw Diagnostic(
        "the blob \(descriptor.digest) of \(reference) has \(descriptor.size) bytes, and \(limit) are allowed")
    }
    var bytes: [UInt8] = []
    try fetchBlob(descriptor, from: reference) { bytes.append(contentsOf: $0) }
    return ByteString(bytes)
  }
}

/// A blob on its way to us, over as many connections as it takes.
private struct BlobArrival {
  let descriptor: Descriptor
  let purpose: String
  /// How many bytes have been handed on.
  private(set) var count = 0
  private var hasher = ContentDigest.Hasher()
  /// How many bytes of this answer we have already.
  private var known: Int?

  init(descriptor: Descriptor, purpose: String) {
    self.descriptor = descriptor
    self.purpose = purpose
  }

  /// A new answer is about to begin.
  mutating func begin() { known = nil }

  mutating func take(
    _ bytes: UnsafeRawBufferPointer, of head: HTTPResponse,
    _ take: (UnsafeBufferPointer<UInt8>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    var rest = UnsafeBufferPointer(rebasing: bytes.bindMemory(to: UInt8.self)[...])
    if known == nil {
      // A server that does not know of ranges begins anew.
      known = head.status == 206 ? 0 : count
      if head.status == 206, let start = Self.start(head), start != count {
        throw Diagnostic("cannot \(purpose): the answer begins at byte \(start); expected byte \(count)")
      }
    }
    let skipped = min(known ?? 0, rest.count)
    known = (known ?? 0) - skipped
    rest = UnsafeBufferPointer(rebasing: rest[skipped...])
    if rest.isEmpty { return }
    guard rest.count <= descriptor.size - count else {
      throw Diagnostic(
        "cannot \(purpose): it has more than the \(descriptor.size) bytes that the manifest promises",
        hint: "the registry, or something between, is broken or not to be trusted")
    }
    hasher.update(rest)
    count += rest.count
    try take(rest)
  }

  /// Where a part begins, by its `Content-Range: bytes 5-9/10`.
  private static func start(_ head: HTTPResponse) -> Int? {
    head.headers["Content-Range"]?.split(separator: " ").last?.split(separator: "-").first.flatMap { Int($0) }
  }

  func finish() throws(Diagnostic) {
    guard count == descriptor.size else {
      throw Diagnostic(
        "cannot \(purpose): it has \(count) bytes; the manifest promises \(descriptor.size)",
        hint: "the blob is cut off in the registry; push the image again")
    }
    let found = hasher.finish()
    guard found == descriptor.digest else {
      throw Diagnostic(
        "cannot \(purpose): what came has the digest \(found)",
        hint: "the registry, or something between, is broken or not to be trusted")
    }
  }
}
