package import Files

extension ByteString {
  /// Without the white space at both ends, of whatever script.
  package func trimmingWhiteSpace() -> ByteString {
    var start = 0
    var end = count
    while start < end, let width = whiteSpace(at: start) { start += width }
    while end > start, let width = whiteSpace(before: end, from: start) { end -= width }
    return self[start..<end]
  }

  /// How many bytes the white space at `index` takes; nothing if there is none.
  private func whiteSpace(at index: Int) -> Int? {
    let byte = self[index]
    if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) { return 1 }
    guard byte >= 0xC2 else { return nil }
    let width = byte < 0xE0 ? 2 : 3
    guard index + width <= count else { return nil }
    return Self.isWideWhiteSpace(self[index..<index + width]) ? width : nil
  }

  private func whiteSpace(before end: Int, from start: Int) -> Int? {
    let byte = self[end - 1]
    if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) { return 1 }
    guard byte >= 0x80 else { return nil }
    for width in 2...3 where end - width >= start && Self.isWideWhiteSpace(self[end - width..<end]) { return width }
    return nil
  }

  private static func isWideWhiteSpace(_ character: ByteString) -> Bool {
    var decoder = UTF8()
    var bytes = character.bytes.makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&bytes), UTF8.width(scalar) == character.count else {
      return false
    }
    return scalar.properties.isWhitespace
  }
}
