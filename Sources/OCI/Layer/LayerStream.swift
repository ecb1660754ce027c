internal import Czlib
package import Files

/// The archive in a layer, inflated while it is read. What is not compressed is passed on as it is.
package final class LayerStream {
  /// What messages call it.
  package let shown: String
  private let source: BlobContents
  private let limit: Int
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private var offset = 0
  private var state = State.unknown
  private var hasher = ContentDigest.Hasher()
  private var count = 0

  private enum State {
    case unknown, plain, inflating
    /// Behind the end of one member of a gzip file: another one may follow.
    case between
    case ended
  }

  /// - Parameters:
  ///   - shown: what messages call it.
  ///   - limit: how many bytes it may have once it is inflated.
  package init(_ source: BlobContents, shown: String, limit: Int) {
    self.source = source
    self.shown = shown
    self.limit = limit
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = .allocate(capacity: 1 << 16)
  }

  deinit {
    if state != .unknown, state != .plain { inflateEnd(stream) }
    stream.deallocate()
    input.deallocate()
  }

  /// The digest of all bytes read so far, inflated: `diff_id` in an image's configuration, once all are read.
  package var digest: ContentDigest { hasher.finish() }

  /// Fills `buffer`, unless the end comes first.
  /// - Returns: how many bytes were written to it.
  /// - Throws: a diagnostic if the layer cannot be read, is damaged or cut off, or inflates beyond the limit.
  package func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Diagnostic) -> Int {
    var filled = 0
    while filled < buffer.count {
      let got = try more(into: UnsafeMutableBufferPointer(rebasing: buffer[filled...]))
      if got == 0 { break }
      filled += got
    }
    count += filled
    guard count <= limit else { throw .tooLarge(shown, limit) }
    hasher.update(UnsafeBufferPointer(rebasing: buffer[..<filled]))
    return filled
  }

  private func more(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Diagnostic) -> Int {
    if state == .unknown { try begin() }
    while true {
      switch state {
      case .unknown, .ended: return 0
      case .plain: return try copy(into: buffer)
      case .between:
        if stream.pointee.avail_in == 0 { try refill() }
        guard stream.pointee.avail_in > 0 else {
          state = .ended
          return 0
        }
        guard inflateReset(stream) == Z_OK else { throw .damaged(shown) }
        state = .inflating
      case .inflating:
        let got = try inflate(into: buffer)
        if got > 0 { return got }
      }
    }
  }

  /// Looks at the first bytes: they say how the layer is compressed, media types do not always.
  private func begin() throws(Diagnostic) {
    try refill()
    let first = UnsafeMutableBufferPointer(rebasing: input[..<min(4, Int(stream.pointee.avail_in))])
    if first.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { throw .unknownCompression(shown) }
    guard first.starts(with: [0x1F, 0x8B]) else {
      state = .plain
      return
    }
    try Zlib.load()
    guard sailplan_gunzip_begin(stream) == Z_OK else { throw Zlib.outOfMemory }
    state = .inflating
  }

  private func copy(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Diagnostic) -> Int {
    if stream.pointee.avail_in == 0 { try refill() }
    let count = min(buffer.count, Int(stream.pointee.avail_in))
    guard count > 0, let target = buffer.baseAddress, let start = stream.pointee.next_in else { return 0 }
    target.update(from: start, count: count)
    stream.pointee.next_in = start + count
    stream.pointee.avail_in -= UInt32(count)
    return count
  }

  private func inflate(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Diagnostic) -> Int {
    if stream.pointee.avail_in == 0 { try refill() }
    let isAtEnd = stream.pointee.avail_in == 0
    let room = min(buffer.count, 1 << 30)
    stream.pointee.next_out = buffer.baseAddress
    stream.pointee.avail_out = UInt32(room)
    let status = Czlib.inflate(stream, Z_NO_FLUSH)
    let got = room - Int(stream.pointee.avail_out)
    switch status {
    case Z_STREAM_END: state = .between
    case Z_OK: break
    case Z_BUF_ERROR where !isAtEnd || got > 0: break
    case Z_BUF_ERROR: throw .cutOff(shown)
    case Z_MEM_ERROR: throw Zlib.outOfMemory
    default: throw .damaged(shown)
    }
    return got
  }

  private func refill() throws(Diagnostic) {
    let count = try source.read(at: offset, into: UnsafeMutableRawBufferPointer(input))
    offset += count
    stream.pointee.next_in = input.baseAddress
    stream.pointee.avail_in = UInt32(count)
  }
}

extension Diagnostic {
  static func cutOff(_ shown: String) -> Diagnostic {
    Diagnostic("\(shown) ends too early: a part of it is missing", hint: "fetch it again")
  }

  fileprivate static func damaged(_ shown: String) -> Diagnostic {
    Diagnostic("\(shown) is damaged: it cannot be inflated", hint: "fetch it again")
  }

  fileprivate static func tooLarge(_ shown: String, _ limit: Int) -> Diagnostic {
    Diagnostic("\(shown) has more than \(limit) bytes once it is inflated, which is the most that is read")
  }

  fileprivate static func unknownCompression(_ shown: String) -> Diagnostic {
    Diagnostic(
      "\(shown) is compressed with zstd; gzip is expected", hint: "have the image built with layers in gzip's format")
  }
}
