import Files
import Starlark

/// Reads JSON into Starlark values: objects as dictionaries with sorted keys, numbers as floats.
struct JSONReader {
  private let text: ByteString
  private var index = 0
  private static let maximumDepth = 1_000

  init(_ text: ByteString) { self.text = text }

  /// The one value that the text holds.
  mutating func document() throws(Failure) -> Value {
    let value = try value(depth: 0)
    skipSpace()
    if index < text.count { throw unexpected("after top-level value") }
    return value
  }

  private mutating func skipSpace() {
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): index += 1
      default: return
      }
    }
  }

  private var current: UInt8? { index < text.count ? text[index] : nil }

  private func unexpected(_ place: String) -> Failure {
    guard index < text.count, let character = text[index..<min(index + 4, text.count)].text.unicodeScalars.first
    else { return Failure("unexpected end of JSON input") }
    let shown: String
    switch character {
    case "'": shown = "\\'"
    case "\n": shown = "\\n"
    case "\t": shown = "\\t"
    case "\r": shown = "\\r"
    case "\0"..<" ": shown = "\\x" + (character.value < 16 ? "0" : "") + String(character.value, radix: 16)
    default: shown = String(character)
    }
    return Failure("invalid character '\(shown)' \(place)")
  }

  /// What is wrong with the escape sequence that begins at `start`, up to `end`.
  private func invalidEscape(_ start: Int, _ end: Int) -> Failure {
    Failure("invalid escape sequence `\(text[start..<min(end, text.count)])` in string")
  }

  private mutating func value(depth: Int) throws(Failure) -> Value {
    skipSpace()
    guard depth < Self.maximumDepth else { throw Failure("exceeded max depth") }
    switch current {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .none)
    case let byte? where byte == UInt8(ascii: "-") || byte.isDigit: return try number()
    default: throw unexpected("looking for beginning of value")
    }
  }

  private mutating func literal(_ word: ByteString, _ value: Value) throws(Failure) -> Value {
    for offset in 1..<word.count {
      index += 1
      guard current == word[offset] else {
        throw unexpected("in literal \(word) (expecting '\(Unicode.Scalar(word[offset]))')")
      }
    }
    index += 1
    return value
  }

  private mutating func object(_ depth: Int) throws(Failure) -> Value {
    index += 1
    var items: [ByteString: Value] = [:]
    skipSpace()
    if current == UInt8(ascii: "}") {
      index += 1
      return .object(Dict())
    }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw unexpected("looking for beginning of object key string") }
      let key = try string()
      skipSpace()
      guard current == UInt8(ascii: ":") else { throw unexpected("after object key") }
      index += 1
      items[key] = try value(depth: depth + 1)
      skipSpace()
      if current == UInt8(ascii: "}") { break }
      guard current == UInt8(ascii: ",") else { throw unexpected("after object key:value pair") }
      index += 1
    }
    index += 1
    let dict = Dict()
    for (key, value) in items.sorted(by: { $0.key < $1.key }) { try dict.set(.string(key), to: value) }
    return .object(dict)
  }

  private mutating func array(_ depth: Int) throws(Failure) -> Value {
    index += 1
    var elements: [Value] = []
    skipSpace()
    if current == UInt8(ascii: "]") {
      index += 1
      return .object(List())
    }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if current == UInt8(ascii: "]") { break }
      guard current == UInt8(ascii: ",") else { throw unexpected("after array element") }
      index += 1
    }
    index += 1
    return .object(List(elements))
  }

  private mutating func digits() throws(Failure) {
    guard let first = current, first.isDigit else { throw unexpected("in numeric literal") }
    while let digit = current, digit.isDigit { index += 1 }
  }

  private mutating func number() throws(Failure) -> Value {
    let start = index
    if current == UInt8(ascii: "-") { index += 1 }
    if current == UInt8(ascii: "0") {
      index += 1
    } else {
      try digits()
    }
    if current == UInt8(ascii: ".") {
      index += 1
      try digits()
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      index += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
      try digits()
    }
    let digits = text[start..<index].text
    guard let number = Double(digits), number.isFinite else {
      throw Failure("json: cannot unmarshal number \(digits) into Go value of type float64")
    }
    return .float(number)
  }

  private mutating func string() throws(Failure) -> ByteString {
    index += 1
    var bytes: [UInt8] = []
    var isASCII = true
    while true {
      guard let byte = current else { throw unexpected("") }
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        // What is not UTF-8 becomes U+FFFD.
        return isASCII ? ByteString(bytes) : ByteString(String(decoding: bytes, as: UTF8.self))
      case UInt8(ascii: "\\"):
        index += 1
        try escape(into: &bytes)
        isASCII = false
      case 0..<0x20: throw unexpected("in string")
      default:
        if byte >= 0x80 { isASCII = false }
        bytes.append(byte)
        index += 1
      }
    }
  }

  private mutating func escape(into bytes: inout [UInt8]) throws(Failure) {
    switch current {
    case UInt8(ascii: "\"")?, UInt8(ascii: "\\")?, UInt8(ascii: "/")?: bytes.append(text[index])
    case UInt8(ascii: "b")?: bytes.append(0x08)
    case UInt8(ascii: "f")?: bytes.append(0x0C)
    case UInt8(ascii: "n")?: bytes.append(0x0A)
    case UInt8(ascii: "r")?: bytes.append(0x0D)
    case UInt8(ascii: "t")?: bytes.append(0x09)
    case UInt8(ascii: "u")?:
      index += 1
      var unit = try hexadecimal()
      if (0xD800..<0xDC00).contains(unit), index + 1 < text.count, text[index] == UInt8(ascii: "\\"),
        text[index + 1] == UInt8(ascii: "u")
      {
        let mark = index
        index += 2
        let low = try hexadecimal()
        if (0xDC00..<0xE000).contains(low) {
          unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
        } else {
          index = mark
        }
      }
      bytes.append(contentsOf: String(Unicode.Scalar(unit) ?? "\u{FFFD}").utf8)
      return
    case nil: throw unexpected("")
    default: throw invalidEscape(index - 1, index + 1)
    }
    index += 1
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    let start = index - 2
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current else { throw unexpected("") }
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw invalidEscape(start, start + 6) }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
