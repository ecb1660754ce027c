import Files

extension Description {
  /// A description of at most `most` bytes: up to the end of its last sentence, or of its last word.
  static func cut(_ text: ByteString, toBytes most: Int, atWords: Bool) -> ByteString {
    if text.count <= most { return text }
    let start = text[0..<most]
    // A character beyond ASCII is cut in two.
    if let end = last(in: start, where: isSentenceTerminal), end > 0 { return repaired(start[0..<end + 1]) }
    if !atWords { return repaired(start) }
    if let end = last(in: start, where: { $0.properties.isWhitespace }), end > 0 {
      return start[0..<end].appending("...")
    }
    return repaired(start).appending("...")
  }

  /// With U+FFFD in place of every byte that belongs to no character.
  private static func repaired(_ text: ByteString) -> ByteString {
    if text[text.count - 1] < 0x80 { return text }
    var index = text.count
    repeat { index -= 1 } while index > 0 && text[index] & 0xC0 == 0x80
    var decoder = UTF8()
    var bytes = text[index..<text.count].bytes.makeIterator()
    if case .scalarValue(let scalar) = decoder.decode(&bytes), UTF8.width(scalar) == text.count - index { return text }
    return (index..<text.count).reduce(text[0..<index]) { rest, _ in rest.appending("\u{FFFD}") }
  }

  /// Where the last character that `matches` begins.
  private static func last(in text: ByteString, where matches: (Unicode.Scalar) -> Bool) -> Int? {
    var index = text.count - 1
    while index >= 0 {
      let byte = text[index]
      if byte < 0x80 {
        if matches(Unicode.Scalar(byte)) { return index }
      } else if byte >= 0xC0 {
        var decoder = UTF8()
        var bytes = text[index..<min(index + 4, text.count)].bytes.makeIterator()
        if case .scalarValue(let scalar) = decoder.decode(&bytes), matches(scalar) { return index }
      }
      index -= 1
    }
    return nil
  }

  /// Whether a character ends sentences (the property Sentence_Terminal of Unicode).
  private static func isSentenceTerminal(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar == "." || scalar == "!" || scalar == "?" }
    return sentenceTerminals.contains { $0.contains(scalar.value) }
  }

  /// Those beyond ASCII that occur in living scripts.
  private static let sentenceTerminals: [ClosedRange<UInt32>] = [
    0x0589...0x0589, 0x061D...0x061F, 0x06D4...0x06D4, 0x0700...0x0702, 0x07F9...0x07F9, 0x0837...0x0837,
    0x0839...0x0839, 0x083D...0x083E, 0x0964...0x0965, 0x104A...0x104B, 0x1362...0x1362, 0x1367...0x1368,
    0x166E...0x166E, 0x1735...0x1736, 0x17D4...0x17D5, 0x1803...0x1803, 0x1809...0x1809, 0x1944...0x1945,
    0x1AA8...0x1AAB, 0x1B5A...0x1B5B, 0x1B5E...0x1B5F, 0x1B7D...0x1B7E, 0x1C3B...0x1C3C, 0x1C7E...0x1C7F,
    0x203C...0x203D, 0x2047...0x2049, 0x2E2E...0x2E2E, 0x2E3C...0x2E3C, 0x2E53...0x2E54, 0x3002...0x3002,
    0xA4FF...0xA4FF, 0xA60E...0xA60F, 0xA6F3...0xA6F3, 0xA6F7...0xA6F7, 0xA876...0xA877, 0xA8CE...0xA8CF,
    0xA92F...0xA92F, 0xA9C8...0xA9C9, 0xAA5D...0xAA5F, 0xAAF0...0xAAF1, 0xABEB...0xABEB, 0xFE52...0xFE52,
    0xFE56...0xFE57, 0xFF01...0xFF01, 0xFF0E...0xFF0E, 0xFF1F...0xFF1F, 0xFF61...0xFF61,
  ]
}
