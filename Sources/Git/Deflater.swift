import Files
internal import Czlib

/// Deflates objects for packs. For one thread at a time.
final class Deflater {
  /// zlib keeps pointers to it: it must not move.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Fast rather than small: `git gc` makes objects small.
  private static let level: Int32 = 1

  /// - Throws: `.other` where there is no memory.
  init() throws(GitError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard sailplan_deflate_begin(stream, Deflater.level) == Z_OK else {
      stream.deallocate()
      throw GitError(.other, function: "deflateInit")
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// Appends `bytes`, as a zlib stream, to `out`.
  func append(_ bytes: ByteString, to out: inout ByteBuffer) throws(GitError) {
    guard deflateReset(stream) == Z_OK else { throw GitError(.other, function: "deflateReset") }
    let bound = Int(deflateBound(stream, UInt(bytes.count)))
    let deflated = bytes.withBytes { source in
      ByteString(capacity: bound) { target in
        stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.pointee.avail_in = UInt32(source.count)
        stream.pointee.next_out = target.baseAddress
        stream.pointee.avail_out = UInt32(clamping: bound)
        guard deflate(stream, Z_FINISH) == Z_STREAM_END else { return 0 }
        return Int(stream.pointee.total_out)
      }
    }
    guard !deflated.isEmpty else { throw GitError(.other, function: "deflate") }
    out.append(deflated)
  }
}
