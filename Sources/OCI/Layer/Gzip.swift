package import Files

/// gzip's format (RFC 1952).
package enum Gzip {
  /// `bytes` as one member of a gzip file, without name and time: the same bytes give the same result, on every machine.
  package static func compress(_ bytes: ByteString) -> ByteString {
    var out = ByteBuffer(capacity: bytes.count / 4)
    for byte in [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF] as [UInt8] { out.append(byte) }
    Deflate.append(bytes, to: &out)
    for number in [checksum(bytes), UInt32(truncatingIfNeeded: bytes.count)] {
      for place in 0..<4 { out.append(UInt8(truncatingIfNeeded: number >> UInt32(8 * place))) }
    }
    return out.finish()
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { rest, _ in rest & 1 == 0 ? rest >> 1 : rest >> 1 ^ 0xEDB8_8320 }
  }

  /// The cyclic redundancy check of ISO 3309, by which readers find out that something is damaged.
  private static func checksum(_ bytes: ByteString) -> UInt32 {
    bytes.withBytes { bytes in
      table.withUnsafeBufferPointer { table in
        var rest = UInt32.max
        for byte in bytes { rest = table[Int(rest & 0xFF ^ UInt32(byte))] ^ rest >> 8 }
        return ~rest
      }
    }
  }
}
