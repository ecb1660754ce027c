package import Files

/// Reads `source` as one JSON value (RFC 8259), for those that want no more lenient YAML where JSON is read.
///
/// Numbers without fraction and exponent are integers where 64 bits hold them. Of a key that stands twice, both items stay,
/// in the order of the text. An item has the position of its key or its first byte.
/// - Throws: a diagnostic at the first byte that is not as it should be, or where values nest deeper than 256 levels.
package func parseJSON(_ source: SourceFile) throws(Diagnostic) -> Node {
  try source.contents.withBytes { (bytes) throws(Diagnostic) -> Node in
    var parser = JSONParser(bytes: bytes, source: source)
    let value = try parser.value(depth: 0)
    parser.skipBlanks()
    if parser.index < bytes.count { throw parser.unexpected("nothing behind the value") }
    return value
  }
}

private struct JSONParser {
  private static let deepest = 256

  let bytes: UnsafeBufferPointer<UInt8>
  let source: SourceFile
  var index = 0

  private var current: UInt8 { index < bytes.count ? bytes[index] : 0 }

  func unexpected(_ expected: String) -> Diagnostic {
    let found = index < bytes.count ? "" : "; the text ends too early"
    return Diagnostic(
      "this is no JSON: expected \(expected)\(found)", at: source.position(min(index, bytes.count)))
  }

  mutating func skipBlanks() {
    while [0x20, 0x09, 0x0A, 0x0D].contains(current) { index += 1 }
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  mutating func value(depth: Int) throws(Diagnostic) -> Node {
    skipBlanks()
    guard depth < Self.deepest else { throw unexpected("at most \(Self.deepest) levels of nesting") }
    switch current {
    case UInt8(ascii: "{"): return try map(depth)
    case UInt8(ascii: "["): return try sequence(depth)
    case UInt8(ascii: "\""): return .string(try string("a text"))
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func map(_ depth: Int) throws(Diagnostic) -> Node {
    var items: [MapItem] = []
    index += 1
    skipBlanks()
    if skip("}") { return .map(items) }
    while true {
      skipBlanks()
      let position = source.position(index)
      let key = try string("a key in double quotes")
      skipBlanks()
      guard skip(":") else { throw unexpected("a colon behind the key") }
      items.append(MapItem(key: .string(key), value: try value(depth: depth + 1), position: position))
      skipBlanks()
      if skip("}") { return .map(items) }
      guard skip(",") else { throw unexpected("a comma or '}'") }
    }
  }

  private mutating func sequence(_ depth: Int) throws(Diagnostic) -> Node {
    var items: [SequenceItem] = []
    index += 1
    skipBlanks()
    if skip("]") { return .sequence(items) }
    while true {
      skipBlanks()
      let position = source.position(index)
      items.append(SequenceItem(try value(depth: depth + 1), position: position))
      skipBlanks()
      if skip("]") { return .sequence(items) }
      guard skip(",") else { throw unexpected("a comma or ']'") }
    }
  }

  private mutating func word(_ text: StaticString, _ node: Node) throws(Diagnostic) -> Node {
    for offset in 0..<text.utf8CodeUnitCount {
      guard index < bytes.count, bytes[index] == text.utf8Start[offset] else { throw unexpected("\(text)") }
      index += 1
    }
    return node
  }

  // MARK: Numbers

  private var isAtDigit: Bool { current >= UInt8(ascii: "0") && current <= UInt8(ascii: "9") }

  private mutating func digits() throws(Diagnostic) {
    guard isAtDigit else { throw unexpected("a digit") }
    while isAtDigit { index += 1 }
  }

  private mutating func number() throws(Diagnostic) -> Node {
    let start = index
    var isInteger = true
    guard skip("-") || isAtDigit else { throw unexpected("a value") }
    if !skip("0") { try digits() }
    if skip(".") {
      isInteger = false
      try digits()
    }
    if current | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      index += 1
      if !skip("+") { _ = skip("-") }
      try digits()
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isInteger {
      if let value = Int64(text) { return .int(value) }
      if let value = UInt64(text) { return .unsigned(value) }
    }
    guard let value = Double(text), value.isFinite else {
      index = start
      throw unexpected("a number that fits into 64 bits")
    }
    return .float(value)
  }

  // MARK: Texts

  private mutating func string(_ expected: String) throws(Diagnostic) -> ByteString {
    guard skip("\"") else { throw unexpected(expected) }
    let start = index
    while index < bytes.count, bytes[index] >= 0x20, bytes[index] != UInt8(ascii: "\\") {
      if skip("\"") { return ByteString(UnsafeBufferPointer(rebasing: bytes[start..<index - 1])) }
      index += 1
    }
    var out = ByteBuffer()
    out.append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
    while index < bytes.count, bytes[index] >= 0x20 {
      if skip("\"") { return out.finish() }
      if skip("\\") {
        try escape(into: &out)
      } else {
        out.append(bytes[index])
        index += 1
      }
    }
    throw unexpected("a double quote at the end of the text, on the same line")
  }

  private mutating func escape(into out: inout ByteBuffer) throws(Diagnostic) {
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(current)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"):
      index += 1
      out.append(String(Character(try character())))
      return
    default: throw unexpected("one of \"\\/bfnrtu behind a backslash")
    }
    index += 1
  }

  /// The character whose number stands behind `\u`, of two such where it lies beyond U+FFFF; half of a pair is U+FFFD.
  private mutating func character() throws(Diagnostic) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    let behind = index
    guard first < 0xDC00, skip("\\"), skip("u") else {
      index = behind
      return "\u{FFFD}"
    }
    let second = try hexadecimal()
    if second >= 0xDC00, second < 0xE000,
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    {
      return scalar
    }
    index = behind
    return "\u{FFFD}"
  }

  private mutating func hexadecimal() throws(Diagnostic) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(current)).hexDigitValue else {
        throw unexpected("four hexadecimal digits behind \\u")
      }
      value = value << 4 + UInt32(digit)
      index += 1
    }
    return value
  }
}
