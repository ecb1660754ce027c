import Files
import Glibc

extension ByteString {
  /// One string behind another.
  static func joining(_ left: ByteString, _ right: ByteString) -> ByteString {
    ByteString(capacity: left.count + right.count) { out in
      right.copy(to: out, at: left.copy(to: out, at: 0))
    }
  }

  /// Copies the bytes and gives the place behind them.
  func copy(_ range: Range<Int>? = nil, to out: UnsafeMutableBufferPointer<UInt8>, at offset: Int) -> Int {
    withBytes { bytes in
      let range = range ?? 0..<bytes.count
      guard let source = bytes.baseAddress, let target = out.baseAddress, !range.isEmpty else { return offset }
      memcpy(target + offset, source + range.lowerBound, range.count)
      return offset + range.count
    }
  }

  /// Where `part` stands first within `range`; an empty part stands at its start.
  func firstRange(of part: ByteString, in range: Range<Int>? = nil) -> Int? {
    let range = range ?? 0..<count
    if part.isEmpty { return range.lowerBound }
    guard range.count >= part.count else { return nil }
    return withBytes { bytes in
      part.withBytes { part in
        part.count <= Self.shortPart
          ? Self.search(bytes, short: part, in: range) : Self.search(bytes, long: part, in: range)
      }
    }
  }

  /// Up to this length a part is compared wherever its first byte stands.
  private static let shortPart = 32

  private static func search(
    _ bytes: UnsafeBufferPointer<UInt8>, short part: UnsafeBufferPointer<UInt8>, in range: Range<Int>
  ) -> Int? {
    guard let base = bytes.baseAddress, let needle = part.baseAddress else { return nil }
    var index = range.lowerBound
    let last = range.upperBound - part.count
    while index <= last {
      guard let hit = memchr(base + index, Int32(needle[0]), last - index + 1) else { return nil }
      index = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
      if memcmp(base + index, needle, part.count) == 0 { return index }
      index += 1
    }
    return nil
  }

  /// Knuth, Morris and Pratt: never looks at a byte of the text twice, however the part repeats itself.
  private static func search(
    _ bytes: UnsafeBufferPointer<UInt8>, long part: UnsafeBufferPointer<UInt8>, in range: Range<Int>
  ) -> Int? {
    var borders = [Int](repeating: 0, count: part.count)
    var matched = 0
    for index in 1..<part.count {
      while matched > 0 && part[index] != part[matched] { matched = borders[matched - 1] }
      if part[index] == part[matched] { matched += 1 }
      borders[index] = matched
    }
    matched = 0
    for index in range {
      while matched > 0 && bytes[index] != part[matched] { matched = borders[matched - 1] }
      if bytes[index] == part[matched] { matched += 1 }
      if matched == part.count { return index - part.count + 1 }
    }
    return nil
  }

  /// Where `part` stands last within `range`; an empty part stands at its end.
  func lastRange(of part: ByteString, in range: Range<Int>) -> Int? {
    if part.isEmpty { return range.upperBound }
    guard range.count >= part.count else { return nil }
    return withBytes { bytes in
      part.withBytes { part in
        guard let base = bytes.baseAddress, let needle = part.baseAddress else { return nil }
        var index = range.upperBound - part.count
        while index >= range.lowerBound {
          if bytes[index] == part[0], memcmp(base + index, needle, part.count) == 0 { return index }
          index -= 1
        }
        return nil
      }
    }
  }

  /// The scalars, with U+FFFD for bytes that are not UTF-8, and where each stands.
  func forEachScalar(_ body: (Unicode.Scalar, Range<Int>) -> Bool) {
    withBytes { bytes in
      var index = 0
      while index < bytes.count {
        let (scalar, length) = decodeUTF8(bytes, at: index, limit: bytes.count)
        if !body(scalar, index..<index + length) { return }
        index += length
      }
    }
  }

  /// Whether every byte is below 128.
  var isASCII: Bool { withBytes { $0.allSatisfy { $0 < 0x80 } } }
}

extension Output {
  /// Appends a scalar in UTF-8.
  mutating func append(scalar: Unicode.Scalar) { append(UTF8.encode(scalar).map(Array.init) ?? []) }
}
