/// A first look at all bytes of a file: whether they are UTF-8 without control characters, as YAML demands, and
/// whether its lines end in anything but LF.
struct TextSurvey {
  private(set) var hasOddBreaks = false
  private(set) var firstBad: (problem: ParseProblem, offset: Int)?

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    let raw = UnsafeRawPointer(base)
    var index = 0
    while index < bytes.count {
      // Eight at a time, as long as all are printable ASCII or LF.
      while index &+ 8 <= bytes.count {
        let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        if !Self.isPlain(word) { break }
        index &+= 8
      }
      let end = min(index &+ 8, bytes.count)
      while index < end {
        let byte = base[index]
        if byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x09 {
          index &+= 1
        } else if byte == 0x0D {
          hasOddBreaks = true
          index &+= 1
        } else {
          guard let width = inspect(bytes, index) else { return }
          index &+= width
        }
      }
    }
  }

  private static func isPlain(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    if word & tops != 0 { return false }
    // The top bit of each byte of `printable` is set if the byte is 0x20 or more; of `feeds`, if it is not LF.
    let printable = word &+ (ones &* 0x60)
    let feeds = (word ^ (ones &* 0x0A)) &+ (ones &* 0x7F)
    let delete = (word ^ (ones &* 0x7F)) &+ (ones &* 0x7F)
    return (printable | ~feeds) & delete & tops == tops
  }

  /// Judges the character at `index`, which is not plain ASCII; returns its width, or nothing if it is bad.
  private mutating func inspect(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
    let first = bytes[index]
    if index == 0 && bytes.count > 1 && (first == 0xFF && bytes[1] == 0xFE || first == 0xFE && bytes[1] == 0xFF) {
      return bad("invalid leading UTF-8 octet", "save the file in UTF-8: this looks like UTF-16", index)
    }
    var value: UInt32
    let width: Int
    switch first {
    case 0x00...0x7F: (width, value) = (1, UInt32(first))
    case 0xC0...0xDF: (width, value) = (2, UInt32(first & 0x1F))
    case 0xE0...0xEF: (width, value) = (3, UInt32(first & 0x0F))
    case 0xF0...0xF7: (width, value) = (4, UInt32(first & 0x07))
    default: return bad("invalid leading UTF-8 octet", Self.encode, index)
    }
    if index + width > bytes.count { return bad("incomplete UTF-8 octet sequence", Self.encode, index) }
    for offset in 1..<max(width, 1) {
      let byte = bytes[index + offset]
      if byte & 0xC0 != 0x80 { return bad("invalid trailing UTF-8 octet", Self.encode, index) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    let least: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
    if value < least[width] { return bad("invalid length of a UTF-8 sequence", Self.encode, index) }
    if value > 0x10FFFF || (0xD800...0xDFFF).contains(value) {
      return bad("invalid Unicode character", Self.encode, index)
    }
    if value < 0xA0 && value != 0x85 || value == 0xFFFE || value == 0xFFFF {
      return bad("control characters are not allowed", #"write it as an escape in double quotes: "\u0007""#, index)
    }
    if value == 0x85 || value == 0x2028 || value == 0x2029 { hasOddBreaks = true }
    return width
  }

  private static let encode = "save the file in UTF-8; write other bytes in base64 as !!binary"

  private mutating func bad(_ message: String, _ hint: String, _ offset: Int) -> Int? {
    firstBad = (.badCharacter(message, hint), offset)
    return nil
  }
}
