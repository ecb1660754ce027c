extension ByteString {
  /// Bytes as hexadecimal digits in lower case, two for each, behind a prefix: how digests are written.
  package init(_ prefix: StaticString = "", hexadecimal bytes: some Sequence<UInt8>) {
    var out = ByteBuffer(capacity: 80)
    out.append(literal: prefix)
    for byte in bytes {
      out.append(Self.hexadecimalDigit(byte >> 4))
      out.append(Self.hexadecimalDigit(byte & 15))
    }
    self = out.finish()
  }

  /// Whether all bytes are hexadecimal digits in lower case.
  package var isHexadecimal: Bool {
    withBytes { $0.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) } }
  }

  private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
  }
}
