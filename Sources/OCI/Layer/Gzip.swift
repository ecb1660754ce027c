internal import Czlib
package import Files

/// gzip's format.
package enum Gzip {
  /// As small as it gets: what is compressed once is stored and fetched many times.
  private static let level: Int32 = 9

  /// `bytes` as one member of a gzip file, without name and time: same bytes, same result, as long as zlib stays the same.
  /// - Throws: a diagnostic if zlib is missing.
  package static func compress(_ bytes: ByteString) throws(Diagnostic) -> ByteString {
    try Zlib.load()
    // zlib keeps pointers to it: it must not move.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    guard sailplan_gzip_begin(stream, level) == Z_OK else { throw Zlib.outOfMemory }
    defer { deflateEnd(stream) }
    let bound = Int(deflateBound(stream, UInt(bytes.count)))
    guard bound <= ByteString.maximumCount else { throw .tooMuch(bytes.count) }
    var status: Int32 = 0
    let compressed = bytes.withBytes { source in
      ByteString(capacity: bound) { target in
        stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.pointee.avail_in = UInt32(source.count)
        stream.pointee.next_out = target.baseAddress
        stream.pointee.avail_out = UInt32(bound)
        status = deflate(stream, Z_FINISH)
        return Int(stream.pointee.total_out)
      }
    }
    guard status == Z_STREAM_END else { throw Zlib.outOfMemory }
    return compressed
  }
}

extension Diagnostic {
  fileprivate static func tooMuch(_ count: Int) -> Diagnostic {
    Diagnostic("cannot compress \(count) bytes at once", hint: "put less into one image")
  }
}
