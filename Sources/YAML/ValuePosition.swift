package import Files

extension MapItem {
  /// Where the item's value stands in its file, or where it would; found by reading on from the key, so that items
  /// need not hold it. The item's own place if it stands in none.
  package var valuePosition: Position {
    guard let source = position.source else { return position }
    return source.contents.withBytes { bytes in
      var reader = KeyReader(bytes: bytes, index: Int(position.offset))
      reader.skipKey()
      reader.skipBlanks()
      guard reader.skip(UInt8(ascii: ":")) else { return position }
      reader.skipBlanks()
      guard reader.index < bytes.count else { return position }
      // What follows a value that is not there is another node.
      if case .null = value, ![UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N")].contains(bytes[reader.index]) {
        return position
      }
      return source.position(reader.index)
    }
  }
}

/// Reads over a key that is known to be one.
private struct KeyReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var index: Int

  private func at(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  private func isBlank(_ index: Int) -> Bool {
    let byte = at(index)
    return byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D || byte == 0
  }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard at(index) == byte else { return false }
    index += 1
    return true
  }

  /// Blanks, line breaks and comments.
  mutating func skipBlanks() {
    while index < bytes.count {
      if at(index) == UInt8(ascii: "#") {
        while index < bytes.count && bytes[index] != UInt8(ascii: "\n") { index += 1 }
      } else if isBlank(index) {
        index += 1
      } else {
        return
      }
    }
  }

  /// Quoted to its closing quote, otherwise up to the `:` in front of a blank.
  mutating func skipKey() {
    let quote = at(index)
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      index += 1
      while index < bytes.count {
        if bytes[index] == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") {
          index += 2
        } else if bytes[index] != quote {
          index += 1
        } else if quote == UInt8(ascii: "'") && at(index + 1) == quote {
          index += 2
        } else {
          index += 1
          return
        }
      }
      return
    }
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: ":") && isBlank(index + 1) { return }
      if bytes[index] == UInt8(ascii: "#") && index > 0 && isBlank(index - 1) { return }
      if bytes[index] == UInt8(ascii: "\n") && at(index + 1) != UInt8(ascii: " ") {
        // An explicit key, whose `:` stands on a line of its own.
        index += 1
        return
      }
      index += 1
    }
  }
}
