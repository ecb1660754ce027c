import Files
import YAML

/// Reads a value in JSON.
struct JSONReader {
  private let bytes: [UInt8]
  private var index = 0
  /// How deep values may nest.
  private static let maximumDepth = 200

  /// The value that is all of `text`.
  static func read(_ text: ByteString) throws(MarkerMistake) -> Node {
    var reader = JSONReader(bytes: text.bytes)
    let value = try reader.value(depth: 0)
    reader.skipBlanks()
    if reader.index < reader.bytes.count { throw reader.mistake("after the value") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func mistake(_ place: String) -> MarkerMistake {
    let hint = "write a value in JSON: text in quotes, true, 5, [\"a\"], {\"a\": 1}"
    guard index < bytes.count else { return MarkerMistake("the JSON ends too early", hint: hint) }
    let character = String(decoding: bytes[index...].prefix(4), as: UTF8.self).prefix(1)
    return MarkerMistake("unexpected character '\(character)' \(place)", hint: hint, offset: index)
  }

  private mutating func skipBlanks() {
    while index < bytes.count,
      bytes[index] == 0x20 || bytes[index] == 0x09 || bytes[index] == 0x0A || bytes[index] == 0x0D
    {
      index += 1
    }
  }

  private mutating func take(_ character: StaticString) -> Bool {
    skipBlanks()
    guard index < bytes.count, bytes[index] == character.utf8Start[0] else { return false }
    index += 1
    return true
  }

  private mutating func value(depth: Int) throws(MarkerMistake) -> Node {
    if depth > Self.maximumDepth { throw .tooDeep }
    skipBlanks()
    guard index < bytes.count else { throw mistake("") }
    switch bytes[index] {
    case UInt8(ascii: "{"):
      index += 1
      var items = JSONItems()
      if take("}") { return .map([]) }
      repeat {
        skipBlanks()
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
          throw mistake("where the key of an object is expected")
        }
        let key = try string()
        guard take(":") else { throw mistake("behind the key of an object") }
        items.set(key, try value(depth: depth + 1))
      } while take(",")
      guard take("}") else { throw mistake("in an object") }
      return .map(items.list)
    case UInt8(ascii: "["):
      index += 1
      var items: [SequenceItem] = []
      if take("]") { return .sequence([]) }
      repeat { items.append(SequenceItem(try value(depth: depth + 1))) } while take(",")
      guard take("]") else { throw mistake("in a list") }
      return .sequence(items)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default:
      for (word, value) in [("true", Node.bool(true)), ("false", .bool(false)), ("null", .null)]
      where bytes[index...].starts(with: word.utf8) {
        index += word.utf8.count
        return value
      }
      throw mistake("where a value is expected")
    }
  }

  private mutating func number() throws(MarkerMistake) -> Node {
    let start = index
    func isDigit() -> Bool {
      index < bytes.count && bytes[index] >= UInt8(ascii: "0") && bytes[index] <= UInt8(ascii: "9")
    }
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    guard isDigit() else { throw mistake("in a number") }
    if bytes[index] == UInt8(ascii: "0") { index += 1 } else { while isDigit() { index += 1 } }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      guard isDigit() else { throw mistake("in a number") }
      while isDigit() { index += 1 }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
      guard isDigit() else { throw mistake("in a number") }
      while isDigit() { index += 1 }
    }
    guard let value = Double(String(decoding: bytes[start..<index], as: UTF8.self)), value.isFinite else {
      throw MarkerMistake("the number is too large", hint: "write a number that a double can hold", offset: start)
    }
    return .float(value)
  }

  private mutating func string() throws(MarkerMistake) -> ByteString {
    index += 1
    var out: [UInt8] = []
    while index < bytes.count, bytes[index] >= 0x20 {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") { return ByteString(out) }
      guard byte == UInt8(ascii: "\\") else {
        out.append(byte)
        continue
      }
      guard index < bytes.count else { break }
      let mark = bytes[index]
      index += 1
      switch mark {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(mark)
      case UInt8(ascii: "b"): out.append(0x08)
      case UInt8(ascii: "f"): out.append(0x0C)
      case UInt8(ascii: "n"): out.append(0x0A)
      case UInt8(ascii: "r"): out.append(0x0D)
      case UInt8(ascii: "t"): out.append(0x09)
      case UInt8(ascii: "u"): out += Array(String(Character(try unicode())).utf8)
      default:
        index -= 1
        throw mistake("behind a backslash")
      }
    }
    throw mistake("in a string")
  }

  /// The character behind `\u`, of two escapes if need be.
  private mutating func unicode() throws(MarkerMistake) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u")
    else { return "\u{FFFD}" }
    let before = index
    index += 2
    let second = try hexadecimal()
    if second >= 0xDC00, second < 0xE000,
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    {
      return scalar
    }
    index = before
    return "\u{FFFD}"
  }

  private mutating func hexadecimal() throws(MarkerMistake) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard index < bytes.count, let digit = MarkerScanner.hexValue(Unicode.Scalar(bytes[index])) else {
        throw mistake("in the number of a character")
      }
      value = value << 4 + UInt32(digit)
      index += 1
    }
    return value
  }
}

/// The items of an object while they are read: a later one of a key replaces an earlier one.
struct JSONItems {
  private(set) var list: [MapItem] = []
  private var places: [ByteString: Int] = [:]

  mutating func set(_ key: ByteString, _ value: Node) {
    if let place = places[key] {
      list[place] = MapItem(key: .string(key), value: value)
    } else {
      places[key] = list.count
      list.append(MapItem(key: .string(key), value: value))
    }
  }
}

extension MarkerMistake {
  fileprivate static let tooDeep = MarkerMistake("the JSON nests too deep", hint: "give the value fewer levels")
}
