import Files

/// Hashes of values. Differ from run to run, so that nobody can write a file that makes tables slow; nothing that a
/// program can see depends on them.
enum Hashing {
  private static let seed: UInt64 = .random(in: .min ... .max)
  private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  @inline(__always)
  static func hash(_ number: Int64) -> Int {
    Int(truncatingIfNeeded: fold(UInt64(bitPattern: number) ^ seed, factor))
  }

  static func hash(_ text: ByteString) -> Int {
    text.withBytes { bytes in
      var state = seed ^ UInt64(bytes.count)
      guard let base = UnsafeRawPointer(bytes.baseAddress) else { return Int(truncatingIfNeeded: state) }
      var offset = 0
      while offset + 8 <= bytes.count {
        state = fold(state ^ base.loadUnaligned(fromByteOffset: offset, as: UInt64.self), factor)
        offset += 8
      }
      if offset < bytes.count {
        var tail: UInt64 = 0
        while offset < bytes.count {
          tail = tail << 8 | UInt64(bytes[offset])
          offset += 1
        }
        state = fold(state ^ tail, factor)
      }
      return Int(truncatingIfNeeded: fold(state, factor))
    }
  }

  static func mix(_ state: Int, _ hash: Int) -> Int {
    Int(truncatingIfNeeded: fold(UInt64(bitPattern: Int64(state)) ^ seed, UInt64(bitPattern: Int64(hash)) ^ factor))
  }
}

extension Value {
  /// A number for hash tables: equal values have equal ones. Fails with "unhashable type: list".
  package func hash() throws(Failure) -> Int {
    switch self {
    case .string(let text): Hashing.hash(text)
    case .int(let number): Hashing.hash(number)
    case .none: 0
    case .bool(let flag): flag ? 1 : 2
    case .float(let number):
      if let integer = Int64(exactly: number) {
        Hashing.hash(integer)
      } else if let integer = BigInteger(exactly: number) {
        integer.hash
      } else {
        Hashing.hash(Int64(bitPattern: number.bitPattern))
      }
    case .object(let object): try object.hashValue()
    }
  }
}
