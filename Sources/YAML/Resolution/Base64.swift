package import Files

/// Base 64 with the standard alphabet and padding (RFC 4648), as Go reads and writes it.
package enum Base64 {
  private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

  /// `bytes` in base 64, on one line.
  package static func encode(_ bytes: ByteString) -> ByteString {
    let alphabet = Self.alphabet.utf8Start
    return ByteString(capacity: (bytes.count + 2) / 3 * 4) { out in
      bytes.withBytes { bytes in
        var written = 0
        var index = 0
        while index < bytes.count {
          let left = bytes.count - index
          let first = UInt32(bytes[index])
          let second = left > 1 ? UInt32(bytes[index + 1]) : 0
          let third = left > 2 ? UInt32(bytes[index + 2]) : 0
          let group = first << 16 | second << 8 | third
          out[written] = alphabet[Int(group >> 18)]
          out[written + 1] = alphabet[Int(group >> 12 & 63)]
          out[written + 2] = left > 1 ? alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "=")
          out[written + 3] = left > 2 ? alphabet[Int(group & 63)] : UInt8(ascii: "=")
          written += 4
          index += 3
        }
        return written
      }
    }
  }

  /// The bytes that `text` stands for, line breaks in it ignored; nothing if it is not base 64 with its padding.
  package static func decode(_ text: ByteString) -> ByteString? {
    let bytes = text.bytes.filter { $0 != 0x0A && $0 != 0x0D }
    guard bytes.count % 4 == 0 else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count / 4 * 3)
    let padding = bytes.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
    var group: UInt32 = 0
    for (index, byte) in bytes.enumerated() {
      var value: UInt32 = 0
      if index < bytes.count - padding {
        guard let digit = digit(byte) else { return nil }
        value = digit
      }
      group = group << 6 | value
      if index % 4 == 3 {
        result.append(UInt8(truncatingIfNeeded: group >> 16))
        result.append(UInt8(truncatingIfNeeded: group >> 8))
        result.append(UInt8(truncatingIfNeeded: group))
        group = 0
      }
    }
    result.removeLast(padding)
    return ByteString(result)
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
