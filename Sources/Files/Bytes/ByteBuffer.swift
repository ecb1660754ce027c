/// Bytes being written: grows as needed, and becomes a `ByteString` without copying.
package struct ByteBuffer: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// How many bytes have been written.
  package private(set) var count = 0
  /// How many bytes it may hold, about.
  private let limit: Int
  /// Whether something was thrown away because it did not fit.
  private var hasLost = false

  /// Whether more was written than it may hold; what it holds is of no use then.
  @inline(__always)
  package var isOverLimit: Bool { hasLost || count > limit }

  /// Room for `capacity` bytes at first. Once there are more than `limit`, it forgets what it holds, soon or late: who
  /// writes much asks `isOverLimit` now and then, and stops.
  package init(capacity: Int = 256, limit: Int = .max) {
    self.capacity = max(capacity, 16)
    self.limit = limit
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  /// Makes room for `more` bytes behind what has been written.
  @inline(__always)
  package mutating func reserve(_ more: Int) {
    if capacity &- count < more { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    if count > limit - min(more, limit) {
      hasLost = true
      count = 0
      if more <= capacity { return }
    }
    let wanted = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity = wanted
  }

  /// Appends one byte.
  @inline(__always)
  package mutating func append(_ byte: UInt8) {
    reserve(1)
    base[count] = byte
    count &+= 1
  }

  /// Appends `bytes`.
  @inline(__always)
  package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    reserve(bytes.count)
    (base + count).update(from: start, count: bytes.count)
    count &+= bytes.count
  }

  /// Appends `text`.
  package mutating func append(_ text: ByteString) {
    text.withBytes { append($0) }
  }

  /// Appends what has been written to `other`, without its first `start` bytes.
  package mutating func append(_ other: borrowing ByteBuffer, from start: Int = 0) {
    guard start < other.count else { return }
    append(UnsafeBufferPointer(start: other.base + start, count: other.count - start))
  }

  /// The byte at `index`, which must be within `0..<count`.
  package subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count, "byte index out of range")
    return base[index]
  }

  /// Appends the bytes of a literal.
  @inline(__always)
  package mutating func append(literal text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends the UTF-8 bytes of `text`.
  package mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Appends `byte` so many times.
  @inline(__always)
  package mutating func append(repeating byte: UInt8, count times: Int) {
    guard times > 0 else { return }
    reserve(times)
    (base + count).update(repeating: byte, count: times)
    count &+= times
  }

  /// Appends an integer in decimal digits.
  package mutating func append(decimal value: some FixedWidthInteger) {
    if value < 0 { append(UInt8(ascii: "-")) }
    var rest = UInt64(value.magnitude)
    reserve(20)
    var digits = 1
    var bound = rest / 10
    while bound > 0 {
      digits &+= 1
      bound /= 10
    }
    var at = count &+ digits
    repeat {
      at &-= 1
      base[at] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    count &+= digits
  }

  /// Forgets what follows the first `count` bytes.
  package mutating func truncate(to count: Int) {
    self.count = min(max(count, 0), self.count)
  }

  /// Lends what has been written.
  package func withBytes<R, E: Error>(_ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R) throws(E) -> R {
    try body(UnsafeBufferPointer(start: base, count: count))
  }

  /// What has been written; not copied where it fills most of the buffer.
  package consuming func finish() -> ByteString {
    let string: ByteString
    if count >= capacity / 2 {
      string = ByteString(adopting: base, count: count)
    } else {
      string = ByteString(UnsafeBufferPointer(start: base, count: count))
      base.deallocate()
    }
    discard self
    return string
  }
}
