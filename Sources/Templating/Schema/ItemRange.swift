package import Files

extension Position {
  /// The key of the map item that stands here; one byte where it is not a map item.
  package var rangeOfKey: SourceRange {
    guard let source else { return SourceRange(self) }
    let end = ItemScanner(source, from: Int(offset)).keyEnd
    return SourceRange(start: self, length: UInt32(clamping: max(1, end - Int(offset))))
  }

  /// The value of the map item or the array item that stands here, as far as it is on the line; the item itself if its
  /// value begins on another line.
  package var rangeOfValue: SourceRange {
    guard let source else { return SourceRange(self) }
    let scanner = ItemScanner(source, from: Int(offset))
    guard let range = scanner.value else { return rangeOfKey }
    return source.range(range)
  }
}

/// Finds key and value of an item in the line where it begins. A node keeps one place only, since a second one would
/// cost every tree memory for the sake of messages.
private struct ItemScanner {
  let text: ByteString
  let start: Int
  let end: Int

  init(_ source: SourceFile, from start: Int) {
    text = source.contents
    self.start = min(start, text.count)
    end = text.firstIndex(of: UInt8(ascii: "\n"), from: self.start) ?? text.count
  }

  /// Behind the last byte of the key.
  var keyEnd: Int {
    guard start < end else { return start }
    if let quoted = quotedEnd(start) { return quoted }
    var index = start
    while index < end {
      if text[index] == UInt8(ascii: ":") && (index + 1 == end || isBlank(text[index + 1])) { return index }
      if text[index] == UInt8(ascii: "#") && index > start && isBlank(text[index - 1]) { break }
      if text[index] == UInt8(ascii: "=") { return index }
      index += 1
    }
    return start + 1
  }

  /// The bytes of the value on this line.
  var value: Range<Int>? {
    guard start < end else { return nil }
    var index: Int
    if text[start] == UInt8(ascii: "-") && (start + 1 == end || isBlank(text[start + 1])) {
      index = start + 1
    } else {
      index = keyEnd
      guard index < end, text[index] == UInt8(ascii: ":") || text[index] == UInt8(ascii: "=") else { return nil }
      index += 1
    }
    while index < end && isBlank(text[index]) { index += 1 }
    guard index < end, text[index] != UInt8(ascii: "#") else { return nil }
    if let quoted = quotedEnd(index) { return index..<quoted }
    var last = index
    var cursor = index
    while cursor < end {
      if text[cursor] == UInt8(ascii: "#") && isBlank(text[cursor - 1]) { break }
      if !isBlank(text[cursor]) { last = cursor }
      cursor += 1
    }
    return index..<last + 1
  }

  /// Behind the closing quote of what begins with a quote.
  private func quotedEnd(_ start: Int) -> Int? {
    let quote = text[start]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
    var index = start + 1
    while index < end {
      if text[index] == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") {
        index += 1
      } else if text[index] == quote {
        return index + 1
      }
      index += 1
    }
    return nil
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
