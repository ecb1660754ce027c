package import Files

/// Bytes under construction.
public struct Output {
  /// What was appended so far.
  package private(set) var bytes: [UInt8] = []

  /// The containers being written, outermost first.
  var path: [Object] = []
  /// How many of them there may be.
  static let deepest = 200
  /// Values that hold each other many times over can have no end of text: after this much they are left out.
  static let longest = 64 << 20

  package init() {}

  /// Begins anew in other memory, and leaves its own there.
  mutating func exchangeMemory(with memory: inout [UInt8]) {
    swap(&bytes, &memory)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Appends some bytes of a string.
  mutating func append(_ text: ByteString, _ range: Range<Int>) {
    text.withBytes { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// Appends the bytes of a literal.
  package mutating func append(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends a string.
  @_disfavoredOverload
  package mutating func append(_ text: ByteString) {
    text.withBytes { bytes.append(contentsOf: $0) }
  }

  /// Appends bytes.
  package mutating func append(_ other: some Collection<UInt8>) { bytes.append(contentsOf: other) }

  /// Appends one byte.
  package mutating func append(byte: UInt8) { bytes.append(byte) }

  /// Appends the UTF-8 bytes of `text`.
  package mutating func append(text: String) { bytes.append(contentsOf: text.utf8) }

  /// Appends an integer in decimal digits.
  package mutating func append(decimal number: Int64) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var start = digits.count
      var rest = number.magnitude
      repeat {
        start -= 1
        digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      if number < 0 {
        start -= 1
        digits[start] = UInt8(ascii: "-")
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
    }
  }

  /// How many bytes there are.
  package var count: Int { bytes.count }

  /// All of it.
  package var string: ByteString { ByteString(bytes) }
}
