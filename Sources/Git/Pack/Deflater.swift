import Files
internal import Czlib

/// Deflates objects for packs. For one thread at a time.
///
/// Fast rather than small: `git gc` makes objects small. What would hardly become smaller is stored as it is.
struct Deflater {
  private let stored: DeflateStream
  /// Its tables are small: clearing large ones takes longer than deflating a small object.
  private let small: DeflateStream
  private let large: DeflateStream

  private static let mostStored = 512
  /// What the window of its stream holds.
  private static let mostSmall = 1 << 12

  /// - Throws: `.other` where there is no memory.
  init() throws(GitError) {
    stored = try DeflateStream(level: 0, windowBits: 9, memoryLevel: 1)
    small = try DeflateStream(level: 1, windowBits: 12, memoryLevel: 5)
    large = try DeflateStream(level: 1, windowBits: 15, memoryLevel: 8)
  }

  /// Appends the bytes of an object, as a zlib stream, to `out`.
  func append(_ bytes: ByteString, of kind: ObjectKind, to out: inout ByteBuffer) throws(GitError) {
    // Most of a tree are names of objects, which are as good as random.
    let isStored = kind == .tree || bytes.count <= Deflater.mostStored
    try (isStored ? stored : bytes.count <= Deflater.mostSmall ? small : large).append(bytes, to: &out)
  }
}

private final class DeflateStream {
  /// zlib keeps pointers to it: it must not move.
  private let stream: UnsafeMutablePointer<z_stream>

  init(level: Int32, windowBits: Int32, memoryLevel: Int32) throws(GitError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard sailplan_deflate_begin(stream, level, windowBits, memoryLevel) == Z_OK else {
      stream.deallocate()
      throw GitError(.other, function: "deflateInit2")
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

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
