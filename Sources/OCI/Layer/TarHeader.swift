import Files

/// The block of 512 bytes in front of each entry of a tar archive, as POSIX describes it for ustar.
struct TarHeader {
  static let size = 512

  /// What stands where: the first byte and how many there are.
  private enum Field {
    static let name = (0, 100)
    static let mode = (100, 8)
    static let user = (108, 8)
    static let group = (116, 8)
    static let size = (124, 12)
    static let time = (136, 12)
    static let checksum = (148, 8)
    static let type = 156
    static let magic = (257, 8)
    static let deviceMajor = (329, 8)
    static let deviceMinor = (337, 8)
    static let prefix = (345, 155)
  }

  /// Letters that say what an entry is.
  enum Kind {
    static let file = UInt8(ascii: "0")
    static let directory = UInt8(ascii: "5")
    static let extended = UInt8(ascii: "x")
    static let global = UInt8(ascii: "g")
    static let longName = UInt8(ascii: "L")
    static let longLink = UInt8(ascii: "K")
  }

  var name: ByteString
  var prefix: ByteString = .empty
  var mode = 0
  var size = 0
  var kind: UInt8
}

// MARK: Writing

extension TarHeader {
  /// The longest name and the longest directory in front of it that fit in.
  static let longestName = Field.name.1
  static let longestPrefix = Field.prefix.1

  /// The block. Owner and time are always 0, and nobody is named.
  var block: [UInt8] {
    var block = [UInt8](repeating: 0, count: Self.size)
    func put(_ text: ByteString, _ field: (Int, Int)) {
      for (index, byte) in text.bytes.prefix(field.1).enumerated() { block[field.0 + index] = byte }
    }
    func put(octal value: Int, _ field: (Int, Int)) {
      let digits = String(value, radix: 8)
      put(ByteString(String(repeating: "0", count: max(0, field.1 - 1 - digits.count)) + digits), field)
    }
    put(name.count > Self.longestName ? name.cut(to: Self.longestName) : name, Field.name)
    put(octal: mode, Field.mode)
    put(octal: 0, Field.user)
    put(octal: 0, Field.group)
    put(octal: size, Field.size)
    put(octal: 0, Field.time)
    block[Field.type] = kind
    put("ustar\u{0}00", Field.magic)
    // Go leaves these empty in the entries that only say something about others.
    if kind != Kind.extended {
      put(octal: 0, Field.deviceMajor)
      put(octal: 0, Field.deviceMinor)
    }
    put(prefix, Field.prefix)
    put(octal: Self.checksum(of: block).unsigned, (Field.checksum.0, Field.checksum.1 - 1))
    block[Field.checksum.0 + Field.checksum.1 - 1] = UInt8(ascii: " ")
    return block
  }
}

// MARK: Reading

extension TarHeader {
  /// Reads a block; nothing if it is no header or its checksum is wrong.
  init?(_ block: UnsafeBufferPointer<UInt8>) {
    func text(_ field: (Int, Int)) -> ByteString {
      let bytes = block[field.0..<field.0 + field.1]
      return ByteString(UnsafeBufferPointer(rebasing: bytes[..<(bytes.firstIndex(of: 0) ?? bytes.endIndex)]))
    }
    let sums = Self.checksum(of: block)
    guard let sum = Self.number(block, Field.checksum), sum == sums.unsigned || sum == sums.signed,
      let size = Self.number(block, Field.size), size >= 0, let mode = Self.number(block, Field.mode), mode >= 0
    else { return nil }
    name = text(Field.name)
    self.mode = mode
    self.size = size
    kind = block[Field.type] == 0 ? Kind.file : block[Field.type]
    // GNU's format has other things where ustar has the prefix.
    if UnsafeBufferPointer(rebasing: block[Field.magic.0..<Field.magic.0 + 6]).elementsEqual("ustar\u{0}".utf8) {
      prefix = text(Field.prefix)
    }
  }

  /// The sum of all bytes, with blanks for the sum itself. Some old programs added up signed bytes.
  private static func checksum(of block: some Collection<UInt8>) -> (unsigned: Int, signed: Int) {
    var unsigned = 0
    var signed = 0
    let own = Field.checksum.0..<Field.checksum.0 + Field.checksum.1
    for (index, byte) in block.enumerated() {
      let byte = own.contains(index) ? UInt8(ascii: " ") : byte
      unsigned += Int(byte)
      signed += Int(Int8(bitPattern: byte))
    }
    return (unsigned, signed)
  }

  /// A number in octal digits, or in GNU's way for large ones: the first bit set, and then a binary number.
  private static func number(_ block: UnsafeBufferPointer<UInt8>, _ field: (Int, Int)) -> Int? {
    let bytes = block[field.0..<field.0 + field.1]
    if let first = bytes.first, first & 0x80 != 0 {
      guard first == 0x80, bytes.dropFirst().dropLast(8).allSatisfy({ $0 == 0 }) else { return nil }
      let value = bytes.suffix(min(8, field.1 - 1)).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Int(exactly: value)
    }
    let digits = bytes.drop { $0 == UInt8(ascii: " ") }.prefix { $0 != 0 && $0 != UInt8(ascii: " ") }
    return digits.isEmpty ? 0 : Int(String(decoding: digits, as: UTF8.self), radix: 8)
  }
}

extension ByteString {
  /// At most `count` bytes from the start, without slashes at the end: with one, old programs take a file for a directory.
  func cut(to count: Int) -> ByteString {
    var end = min(count, self.count)
    while end > 0, self[end - 1] == UInt8(ascii: "/") { end -= 1 }
    return self[0..<end]
  }
}
