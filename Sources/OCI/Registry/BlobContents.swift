package import Files

/// The bytes of a blob that is to be sent: they can be read from any place, as often as it takes.
package enum BlobContents: Sendable {
  case bytes(ByteString)
  /// `count` bytes from `offset` on.
  case file(OpenFile, offset: Int, count: Int)

  /// How many bytes there are.
  package var count: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .file(_, _, let count): count
    }
  }

  /// The bytes of `range`, which must lie within `0..<count`.
  package func slice(_ range: Range<Int>) -> BlobContents {
    switch self {
    case .bytes(let bytes): .bytes(bytes[range])
    case .file(let file, let offset, _): .file(file, offset: offset + range.lowerBound, count: range.count)
    }
  }

  /// Fills `buffer` with what stands at `position`; gives how many bytes that are, none at the end.
  package func read(at position: Int, into buffer: UnsafeMutableRawBufferPointer) throws(Diagnostic) -> Int {
    let wanted = min(buffer.count, count - position)
    guard wanted > 0, let target = buffer.baseAddress else { return 0 }
    switch self {
    case .bytes(let bytes):
      bytes.withBytes { source in
        if let base = source.baseAddress { target.copyMemory(from: base + position, byteCount: wanted) }
      }
      return wanted
    case .file(let file, let offset, _):
      return try file.read(at: offset + position, into: UnsafeMutableRawBufferPointer(start: target, count: wanted))
    }
  }

  /// Hands on all bytes in order.
  /// - Returns: their digest.
  @discardableResult
  package func forEach(
    _ take: (UnsafeBufferPointer<UInt8>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> ContentDigest {
    var hasher = ContentDigest.Hasher()
    let piece = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: min(max(count, 1), 1 << 20))
    defer { piece.deallocate() }
    var done = 0
    while done < count {
      let got = try read(at: done, into: UnsafeMutableRawBufferPointer(piece))
      guard got > 0 else { throw Diagnostic("the file ends at byte \(done); expected \(count) bytes") }
      let bytes = UnsafeBufferPointer(rebasing: piece[..<got])
      hasher.update(bytes)
      try take(bytes)
      done += got
    }
    return hasher.finish()
  }
}
