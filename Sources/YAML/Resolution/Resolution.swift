package import Files

/// What a plain scalar means in YAML 1.1 as go-yaml 2 resolves it.
enum PlainMeaning: Equatable {
  case null
  case bool(Bool)
  case int(Int64)
  case unsigned(UInt64)
  case float(Double)
  /// A date, with or without a time. Its node is a string, but printed in quotes.
  case timestamp
  case string

  /// The tag that names the type.
  var tag: Tag {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int, .unsigned: .int
    case .float: .float
    case .timestamp: .timestamp
    case .string: .string
    }
  }

  /// The meaning of `bytes`, all of them.
  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    // Most scalars begin with a letter that no word of YAML begins with.
    guard let first = bytes.first else {
      self = .null
      return
    }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
      self = Self.number(bytes)
    case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"),
      UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "o"), UInt8(ascii: "O"),
      UInt8(ascii: "~"):
      self = bytes.count <= 5 ? Self.word(bytes) : .string
    case UInt8(ascii: "."):
      self = Self.fraction(bytes)
    default:
      self = .string
    }
  }

  /// The words for truth and nothing: small, capitalised or in capitals, but not mixed.
  private static func word(_ bytes: UnsafeBufferPointer<UInt8>) -> PlainMeaning {
    if bytes.count == 1 {
      switch bytes[0] {
      case UInt8(ascii: "~"): return .null
      case UInt8(ascii: "y"), UInt8(ascii: "Y"): return .bool(true)
      case UInt8(ascii: "n"), UInt8(ascii: "N"): return .bool(false)
      default: return .string
      }
    }
    var small: UInt64 = 0
    for byte in bytes { small = small << 8 | UInt64(byte | 0x20) }
    let meaning: PlainMeaning
    switch small {
    case 0x796573, 0x74727565, 0x6F6E: meaning = .bool(true)  // yes true on
    case 0x6E6F, 0x66616C7365, 0x6F6666: meaning = .bool(false)  // no false off
    case 0x6E756C6C: meaning = .null  // null
    default: return .string
    }
    let capitals = bytes.reduce(0) { $0 + ($1 & 0x20 == 0 ? 1 : 0) }
    let isCapitalised = capitals == 1 && bytes[0] & 0x20 == 0
    return capitals == 0 || isCapitalised || capitals == bytes.count ? meaning : .string
  }

  /// What begins with a dot: infinity, not-a-number, or a fraction.
  private static func fraction(_ bytes: UnsafeBufferPointer<UInt8>) -> PlainMeaning {
    if let special = special(bytes) { return special }
    // Go's own reading of floats takes single underscores between digits.
    var previousIsDigit = false
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "_") {
      previousIsDigit = index > 0 && isDigit(bytes[index - 1])
      if !previousIsDigit || index + 1 == bytes.count || !isDigit(bytes[index + 1]) { return .string }
    }
    return withoutUnderscores(bytes) { isFloat($0) ? float($0) : nil } ?? .string
  }

  /// `.inf`, `.nan` and their like, with a sign for infinity.
  private static func special(_ bytes: UnsafeBufferPointer<UInt8>) -> PlainMeaning? {
    let signed = bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-")
    guard bytes.count == (signed ? 5 : 4), bytes[signed ? 1 : 0] == UInt8(ascii: ".") else { return nil }
    var word: UInt32 = 0
    for byte in bytes.suffix(3) { word = word << 8 | UInt32(byte) }
    switch word {
    case 0x696E66, 0x496E66, 0x494E46:  // inf Inf INF
      return .float(bytes[0] == UInt8(ascii: "-") ? -Double.infinity : Double.infinity)
    case 0x6E616E, 0x4E614E, 0x4E414E:  // nan NaN NAN
      return signed ? nil : .float(.nan)
    default:
      return nil
    }
  }

  /// What begins with a digit or a sign.
  private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> PlainMeaning {
    if let quick = smallDecimal(bytes) { return .int(quick) }
    if let special = special(bytes) { return special }
    if isTimestamp(bytes) { return .timestamp }
    return withoutUnderscores(bytes) { plain in
      if let integer = integer(plain) { return integer }
      return isFloat(plain) ? float(plain) : nil
    } ?? .string
  }

  /// A decimal number of up to 18 digits, the usual case.
  @inline(__always)
  private static func smallDecimal(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    let isNegative = bytes[0] == UInt8(ascii: "-")
    let start = isNegative ? 1 : 0
    guard bytes.count > start, bytes.count <= 18 else { return nil }
    if bytes[start] == UInt8(ascii: "0") && bytes.count > start + 1 { return nil }
    var value: Int64 = 0
    for index in start..<bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit > 9 { return nil }
      value = value &* 10 &+ Int64(digit)
    }
    return isNegative ? 0 &- value : value
  }

  private static func withoutUnderscores(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> PlainMeaning?
  ) -> PlainMeaning? {
    if !bytes.contains(UInt8(ascii: "_")) { return body(bytes) }
    return Array(bytes.filter { $0 != UInt8(ascii: "_") }).withUnsafeBufferPointer(body)
  }

  /// An integer as Go writes them: decimal, `0x`, `0b`, `0o`, or octal behind a 0.
  private static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> PlainMeaning? {
    var index = 0
    guard bytes.count > 0 else { return nil }
    let isNegative = bytes[0] == UInt8(ascii: "-")
    let isSigned = isNegative || bytes[0] == UInt8(ascii: "+")
    if isSigned { index = 1 }
    guard index < bytes.count else { return nil }
    var base: UInt64 = 10
    if bytes[index] == UInt8(ascii: "0") {
      base = 8
      index += 1
      if bytes.count - index >= 2 {
        switch bytes[index] | 0x20 {
        case UInt8(ascii: "x"): (base, index) = (16, index + 1)
        case UInt8(ascii: "o"): (base, index) = (8, index + 1)
        case UInt8(ascii: "b"): (base, index) = (2, index + 1)
        default: break
        }
      }
    }
    var value: UInt64 = 0
    for byte in bytes[index...] {
      let digit: UInt64
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt64(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = UInt64(byte - UInt8(ascii: "a")) + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = UInt64(byte - UInt8(ascii: "A")) + 10
      default: return nil
      }
      if digit >= base { return nil }
      let product = value.multipliedReportingOverflow(by: base)
      let sum = product.partialValue.addingReportingOverflow(digit)
      if product.overflow || sum.overflow { return nil }
      value = sum.partialValue
    }
    if isNegative { return value <= 1 << 63 ? .int(0 &- Int64(truncatingIfNeeded: value)) : nil }
    if let small = Int64(exactly: value) { return .int(small) }
    return isSigned ? nil : .unsigned(value)
  }

  /// Whether this is a decimal float: digits with or without a fraction, or a fraction alone, and an exponent.
  private static func isFloat(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    if index < bytes.count && (bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-")) { index += 1 }
    let whole = skipDigits(bytes, &index)
    if index < bytes.count && bytes[index] == UInt8(ascii: ".") {
      index += 1
      if skipDigits(bytes, &index) + whole == 0 { return false }
    } else if whole == 0 {
      return false
    }
    if index < bytes.count && bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.count && (bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-")) { index += 1 }
      if skipDigits(bytes, &index) == 0 { return false }
    }
    return index == bytes.count
  }

  private static func skipDigits(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int {
    let start = index
    while index < bytes.count && isDigit(bytes[index]) { index += 1 }
    return index - start
  }

  /// The nearest double; nothing if there is none short of infinity.
  private static func float(_ bytes: UnsafeBufferPointer<UInt8>) -> PlainMeaning? {
    var text = String(decoding: bytes, as: UTF8.self)
    // Swift wants digits on both sides of the dot.
    if text.hasSuffix(".") { text += "0" }
    guard let value = Double(text), value.isFinite else { return nil }
    return .float(value)
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}

/// What `text` means as a plain scalar.
package func resolvePlainScalar(_ text: ByteString) -> Node {
  let meaning = text.withBytes { PlainMeaning($0) }
  switch meaning {
  case .null: return .null
  case .bool(let value): return .bool(value)
  case .int(let value): return .int(value)
  case .unsigned(let value): return .unsigned(value)
  case .float(let value): return .float(value)
  case .timestamp, .string: return .string(text)
  }
}
