import Glibc

/// Finds comments that look like markers without cutting the source into words: `//`, blanks, and a `+`.
enum MarkerLines {
  /// From the slashes to the end of the line. What stands in strings and in other comments is found as well.
  static func find(_ bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var offset = 0
    while let plus = next(UInt8(ascii: "+"), in: bytes, from: offset) {
      offset = plus + 1
      var start = plus
      while start > 0, bytes[start - 1] == UInt8(ascii: " ") || bytes[start - 1] == UInt8(ascii: "\t") { start -= 1 }
      guard start >= 2, bytes[start - 1] == UInt8(ascii: "/"), bytes[start - 2] == UInt8(ascii: "/") else { continue }
      offset = next(UInt8(ascii: "\n"), in: bytes, from: offset) ?? bytes.count
      let hasCarriageReturn = bytes[offset - 1] == UInt8(ascii: "\r")
      found.append(start - 2..<offset - (hasCarriageReturn ? 1 : 0))
    }
    return found
  }

  private static func next(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from: Int) -> Int? {
    guard from < bytes.count, let base = bytes.baseAddress,
      let hit = memchr(base + from, Int32(byte), bytes.count - from)
    else { return nil }
    return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
  }
}
