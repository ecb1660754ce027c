import Files
import Glibc

extension ByteString {
  var first: UInt8? { isEmpty ? nil : self[0] }
  var last: UInt8? { isEmpty ? nil : self[count - 1] }

  /// The parts between separators, empty ones too.
  func split(_ separator: UInt8) -> [ByteString] {
    var parts: [ByteString] = []
    var start = 0
    while let end = firstIndex(of: separator, from: start) {
      parts.append(self[start..<end])
      start = end + 1
    }
    parts.append(start < count ? self[start..<count] : .empty)
    return parts
  }

  /// Where `other` begins first.
  func firstRange(of other: ByteString) -> Int? {
    withBytes { all in other.withBytes { all.firstRange(of: $0) } }
  }

  /// Without blanks, tabs and carriage returns at its ends.
  var trimmed: ByteString {
    var start = 0
    var end = count
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    while start < end, isBlank(self[start]) { start += 1 }
    while start < end, isBlank(self[end - 1]) { end -= 1 }
    return self[start..<end]
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where `other` begins first. Looks at eight places at once, for its first and its last byte.
  fileprivate func firstRange(of other: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = UnsafeRawPointer(baseAddress), let first = other.first, let last = other.last else {
      return other.isEmpty ? 0 : nil
    }
    let ones: UInt64 = 0x0101_0101_0101_0101
    let (firsts, lasts) = (ones &* UInt64(first), ones &* UInt64(last))
    let end = count - other.count
    var at = 0
    while at &+ 7 <= end {
      let begins = base.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ firsts
      let ends = base.loadUnaligned(fromByteOffset: at &+ other.count &- 1, as: UInt64.self) ^ lasts
      let differences = begins | ends
      if (differences &- ones) & ~differences & (ones &* 0x80) != 0 {
        for candidate in at..<at + 8 where matches(other, at: candidate) { return candidate }
      }
      at &+= 8
    }
    while at <= end {
      if matches(other, at: at) { return at }
      at &+= 1
    }
    return nil
  }

  private func matches(_ other: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
    guard let base = baseAddress, let start = other.baseAddress else { return false }
    return memcmp(base + offset, start, other.count) == 0
  }
}
