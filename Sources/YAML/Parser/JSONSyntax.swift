package import Files

/// Whether a text is JSON, for those that want no more lenient YAML where JSON is read.
package enum JSONSyntax {
  private static let deepest = 1_000

  /// Where the text stops being one JSON value; nothing if it is one.
  package static func firstError(in text: ByteString) -> Int? {
    text.withBytes { bytes in
      var reader = Reader(bytes: bytes)
      guard reader.value(depth: 0) else { return min(reader.index, bytes.count) }
      reader.blanks()
      return reader.index == bytes.count ? nil : reader.index
    }
  }

  private struct Reader {
    let bytes: UnsafeBufferPointer<UInt8>
    var index = 0

    private var current: UInt8 { index < bytes.count ? bytes[index] : 0 }

    mutating func blanks() {
      while [0x20, 0x09, 0x0A, 0x0D].contains(current) { index += 1 }
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
      guard current == byte, index < bytes.count else { return false }
      index += 1
      return true
    }

    mutating func value(depth: Int) -> Bool {
      blanks()
      guard depth < JSONSyntax.deepest else { return false }
      switch current {
      case UInt8(ascii: "{"): return list(closing: UInt8(ascii: "}"), hasKeys: true, depth)
      case UInt8(ascii: "["): return list(closing: UInt8(ascii: "]"), hasKeys: false, depth)
      case UInt8(ascii: "\""): return string()
      case UInt8(ascii: "t"): return word("true")
      case UInt8(ascii: "f"): return word("false")
      case UInt8(ascii: "n"): return word("null")
      default: return number()
      }
    }

    private mutating func list(closing end: UInt8, hasKeys: Bool, _ depth: Int) -> Bool {
      index += 1
      blanks()
      if skip(end) { return true }
      while true {
        blanks()
        if hasKeys {
          guard string() else { return false }
          blanks()
          guard skip(UInt8(ascii: ":")) else { return false }
        }
        guard value(depth: depth + 1) else { return false }
        blanks()
        if skip(end) { return true }
        guard skip(UInt8(ascii: ",")) else { return false }
      }
    }

    private mutating func string() -> Bool {
      guard skip(UInt8(ascii: "\"")) else { return false }
      while index < bytes.count, bytes[index] >= 0x20 {
        if skip(UInt8(ascii: "\"")) { return true }
        if skip(UInt8(ascii: "\\")) {
          guard "\"\\/bfnrtu".utf8.contains(current) else { return false }
          if current == UInt8(ascii: "u") {
            for _ in 0..<4 {
              index += 1
              guard Self.isHexadecimal(current) else { return false }
            }
          }
        }
        index += 1
      }
      return false
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
      isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private mutating func word(_ text: StaticString) -> Bool {
      for offset in 0..<text.utf8CodeUnitCount {
        guard skip(text.utf8Start[offset]) else { return false }
      }
      return true
    }

    private mutating func digits() -> Bool {
      guard Self.isDigit(current) else { return false }
      while Self.isDigit(current) { index += 1 }
      return true
    }

    private mutating func number() -> Bool {
      _ = skip(UInt8(ascii: "-"))
      if !skip(UInt8(ascii: "0")) {
        guard digits() else { return false }
      }
      if skip(UInt8(ascii: ".")) {
        guard digits() else { return false }
      }
      if current | 0x20 == UInt8(ascii: "e") {
        index += 1
        if !skip(UInt8(ascii: "+")) { _ = skip(UInt8(ascii: "-")) }
        guard digits() else { return false }
      }
      return true
    }
  }
}
