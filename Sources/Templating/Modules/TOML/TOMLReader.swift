import Files
import Starlark

/// Reads TOML 1.0 into Starlark values, tables as dictionaries with sorted keys. Dates are refused: ytt has no value
/// for them.
struct TOMLReader {
  /// Whether a key with this byte needs no quotes for it.
  static func isBareKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private let text: ByteString
  private var index = 0
  private let root = TOMLTable()
  private static let maximumDepth = 300

  /// Why a text is not TOML.
  struct Problem: Error {
    let message: String
  }

  init(_ text: ByteString) { self.text = text }

  /// The values of the whole text.
  mutating func document() throws(Problem) -> Value {
    var table = root
    while true {
      skipBlankLines()
      guard let byte = current else { break }
      if byte == UInt8(ascii: "[") {
        table = try heading()
      } else {
        try assignment(in: table)
      }
      try endLine()
    }
    return .object(root.dict())
  }

  private var current: UInt8? { index < text.count ? text[index] : nil }

  private func follows(_ word: ByteString) -> Bool {
    index + word.count <= text.count && text[index..<index + word.count] == word
  }

  private func problem(_ message: String) -> Problem {
    var line = 1
    for position in 0..<min(index, text.count) where text[position] == UInt8(ascii: "\n") { line += 1 }
    return Problem(message: "toml: line \(line): \(message)")
  }

  // MARK: Space

  private mutating func skipBlanks() {
    while let byte = current, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { index += 1 }
  }

  private mutating func skipComment() {
    guard current == UInt8(ascii: "#") else { return }
    while let byte = current, byte != UInt8(ascii: "\n") { index += 1 }
  }

  /// Passes blanks, comments and line ends.
  private mutating func skipBlankLines() {
    while true {
      skipBlanks()
      skipComment()
      guard current == UInt8(ascii: "\n") || follows("\r\n") else { return }
      index += current == UInt8(ascii: "\n") ? 1 : 2
    }
  }

  private mutating func endLine() throws(Problem) {
    skipBlanks()
    skipComment()
    guard current == nil || current == UInt8(ascii: "\n") || follows("\r\n") else {
      throw problem("expected a top-level item to end with a newline, comment, or EOF, but got \(shown) instead")
    }
  }

  private var shown: String {
    guard let current else { return "end of file" }
    return current == UInt8(ascii: "\n") ? "'\\n'" : "'\(Unicode.Scalar(current))'"
  }

  // MARK: Tables

  private mutating func heading() throws(Problem) -> TOMLTable {
    let isArray = follows("[[")
    index += isArray ? 2 : 1
    let path = try dottedKey()
    guard follows(isArray ? "]]" : "]") else {
      throw problem("expected '.' or ']' to end table name, but got \(shown) instead")
    }
    index += isArray ? 2 : 1
    var table = root
    for key in path.dropLast() { table = try descend(table, key) }
    guard let key = path.last else { return table }
    if isArray {
      let new = TOMLTable()
      switch table.items[key] {
      case nil: table.items[key] = .tables([new])
      case .tables(let tables)?: table.items[key] = .tables(tables + [new])
      default: throw defined(key)
      }
      return new
    }
    switch table.items[key] {
    case nil:
      let new = TOMLTable()
      new.isDefined = true
      table.items[key] = .table(new)
      return new
    case .table(let inner)? where !inner.isDefined && !inner.isClosed:
      inner.isDefined = true
      return inner
    default: throw defined(key)
    }
  }

  private func defined(_ key: ByteString) -> Problem { problem("Key '\(key)' has already been defined.") }

  /// The table of a key, made if need be; of an array of tables the last one.
  private func descend(_ table: TOMLTable, _ key: ByteString) throws(Problem) -> TOMLTable {
    switch table.items[key] {
    case nil:
      let new = TOMLTable()
      table.items[key] = .table(new)
      return new
    case .table(let inner)? where !inner.isClosed: return inner
    case .tables(let tables)?:
      if let last = tables.last { return last }
      throw defined(key)
    default: throw defined(key)
    }
  }

  private mutating func assignment(in table: TOMLTable, depth: Int = 0) throws(Problem) {
    let path = try dottedKey()
    guard current == UInt8(ascii: "=") else {
      throw problem(
        current == nil
          ? "unexpected EOF; expected key separator '='" : "expected key separator '=', but got \(shown) instead")
    }
    index += 1
    skipBlanks()
    var table = table
    for key in path.dropLast() { table = try descend(table, key) }
    guard let key = path.last else { return }
    guard table.items[key] == nil else { throw defined(key) }
    table.items[key] = try value(depth + path.count)
  }

  private mutating func dottedKey() throws(Problem) -> [ByteString] {
    var path: [ByteString] = []
    while true {
      skipBlanks()
      guard path.count < Self.maximumDepth else { throw problem("the key has too many parts") }
      switch current {
      case UInt8(ascii: "\"")?: path.append(try basicString())
      case UInt8(ascii: "'")?: path.append(try literalString())
      default:
        let start = index
        while let byte = current, Self.isBareKeyByte(byte) { index += 1 }
        guard index > start else { throw problem("expected a key, but got \(shown) instead") }
        path.append(text[start..<index])
      }
      skipBlanks()
      guard current == UInt8(ascii: ".") else { return path }
      index += 1
    }
  }

  // MARK: Values

  private mutating func value(_ depth: Int) throws(Problem) -> TOMLItem {
    guard depth < Self.maximumDepth else { throw problem("values are nested too deeply") }
    switch current {
    case nil: throw problem("unexpected EOF; expected value")
    case UInt8(ascii: "\"")?:
      return .value(.string(try follows("\"\"\"") ? multilineString("\"") : basicString()))
    case UInt8(ascii: "'")?:
      return .value(.string(try follows("'''") ? multilineString("'") : literalString()))
    case UInt8(ascii: "[")?: return try array(depth)
    case UInt8(ascii: "{")?: return try inlineTable(depth)
    default: return .value(try scalar())
    }
  }

  private mutating func array(_ depth: Int) throws(Problem) -> TOMLItem {
    index += 1
    var items: [TOMLItem] = []
    while true {
      skipBlankLines()
      if current == UInt8(ascii: "]") { break }
      items.append(try value(depth + 1))
      skipBlankLines()
      if current == UInt8(ascii: ",") {
        index += 1
      } else if current != UInt8(ascii: "]") {
        throw problem("expected a comma (',') or array terminator (']'), but got \(shown)")
      }
    }
    index += 1
    return .array(items)
  }

  private mutating func inlineTable(_ depth: Int) throws(Problem) -> TOMLItem {
    index += 1
    let table = TOMLTable()
    skipBlanks()
    if current == UInt8(ascii: "}") {
      index += 1
    } else {
      while true {
        try assignment(in: table, depth: depth + 1)
        skipBlanks()
        if current == UInt8(ascii: "}") { break }
        guard current == UInt8(ascii: ",") else {
          throw problem("expected a comma or an inline table terminator '}', but got \(shown) instead")
        }
        index += 1
      }
      index += 1
    }
    table.isClosed = true
    return .table(table)
  }

  private mutating func scalar() throws(Problem) -> Value {
    let start = index
    while let byte = current, !" \t\r\n,]}#".utf8.contains(byte) { index += 1 }
    let word = text[start..<index].text
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "inf", "+inf": return .float(.infinity)
    case "-inf": return .float(-.infinity)
    case "nan", "+nan", "-nan": return .float(.nan)
    default: break
    }
    if let number = Self.integer(word) { return .int(number) }
    if let number = Self.float(word) { return .float(number) }
    if word.utf8.count >= 8,
      word.utf8.dropFirst(2).first == UInt8(ascii: ":") || word.utf8.dropFirst(4).first == UInt8(ascii: "-")
    {
      throw Problem(message: "(p) unknown type time.Time for conversion to starlark value")
    }
    index = start
    throw problem("expected value but found \"\(word)\" instead")
  }

  /// Digits with `_` between two of them only, and taken out.
  private static func digits(_ text: Substring, base: Int) -> String? {
    var out = ""
    var last: Character = "_"
    for character in text {
      if character == "_" {
        guard last != "_" else { return nil }
      } else {
        guard let value = character.hexDigitValue, value < base, character.isASCII else { return nil }
        out.append(character)
      }
      last = character
    }
    return last == "_" ? nil : out
  }

  private static func integer(_ word: String) -> Int64? {
    for (prefix, base) in [("0x", 16), ("0o", 8), ("0b", 2)] where word.hasPrefix(prefix) {
      return digits(word.dropFirst(2), base: base).flatMap { Int64($0, radix: base) }
    }
    let isNegative = word.hasPrefix("-")
    let rest = isNegative || word.hasPrefix("+") ? word.dropFirst() : word[...]
    guard let plain = digits(rest, base: 10), plain == "0" || !plain.hasPrefix("0") else { return nil }
    return Int64(isNegative ? "-" + plain : plain)
  }

  private static func float(_ word: String) -> Double? {
    let sign = word.hasPrefix("-") ? "-" : ""
    let rest = word.hasPrefix("-") || word.hasPrefix("+") ? word.dropFirst() : word[...]
    let power = rest.split(whereSeparator: { $0 == "e" || $0 == "E" })
    guard (1...2).contains(power.count), let mantissa = power.first else { return nil }
    let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2 || (parts.count == 1 && power.count == 2), let whole = digits(parts[0], base: 10),
      whole == "0" || !whole.hasPrefix("0")
    else { return nil }
    var text = sign + whole
    if parts.count == 2 {
      guard let fraction = digits(parts[1], base: 10) else { return nil }
      text += "." + fraction
    }
    if power.count == 2 {
      let exponentSign = power[1].hasPrefix("-") ? "-" : ""
      let hasSign = power[1].hasPrefix("-") || power[1].hasPrefix("+")
      guard let exponent = digits(hasSign ? power[1].dropFirst() : power[1], base: 10) else { return nil }
      text += "e" + exponentSign + exponent
    }
    return Double(text)
  }

  // MARK: Strings

  private mutating func literalString() throws(Problem) -> ByteString {
    let start = index + 1
    guard let end = text.firstIndex(of: UInt8(ascii: "'"), from: start),
      text[start..<end].firstIndex(of: UInt8(ascii: "\n")) == nil
    else { throw problem("strings cannot contain newlines") }
    index = end + 1
    return text[start..<end]
  }

  private mutating func basicString() throws(Problem) -> ByteString {
    index += 1
    var bytes: [UInt8] = []
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return ByteString(bytes)
      case UInt8(ascii: "\n"): throw problem("strings cannot contain newlines")
      case UInt8(ascii: "\\"): try escape(into: &bytes)
      default:
        bytes.append(byte)
        index += 1
      }
    }
    throw problem("unexpected EOF; expected '\"'")
  }

  private mutating func multilineString(_ quote: Unicode.Scalar) throws(Problem) -> ByteString {
    let mark = UInt8(ascii: quote)
    index += 3
    if follows("\r\n") { index += 2 } else if current == UInt8(ascii: "\n") { index += 1 }
    var bytes: [UInt8] = []
    while let byte = current {
      if byte == mark {
        var count = 0
        while current == mark, count < 5 {
          count += 1
          index += 1
        }
        if count >= 3 {
          // Quotes right in front of the closing ones are part of the string.
          bytes += [UInt8](repeating: mark, count: count - 3)
          return ByteString(bytes)
        }
        bytes += [UInt8](repeating: mark, count: count)
      } else if byte == UInt8(ascii: "\\"), quote == "\"" {
        if !passLineEnd() { try escape(into: &bytes) }
      } else {
        bytes.append(byte)
        index += 1
      }
    }
    throw problem("unexpected EOF; expected '\(quote)\(quote)\(quote)'")
  }

  /// Passes a backslash at the end of a line, with all white space behind it; false if it is not at the end.
  private mutating func passLineEnd() -> Bool {
    var end = index + 1
    while end < text.count, text[end] == UInt8(ascii: " ") || text[end] == UInt8(ascii: "\t") { end += 1 }
    guard end < text.count, text[end] == UInt8(ascii: "\n") || text[end] == UInt8(ascii: "\r") else { return false }
    while end < text.count, " \t\r\n".utf8.contains(text[end]) { end += 1 }
    index = end
    return true
  }

  private mutating func escape(into bytes: inout [UInt8]) throws(Problem) {
    index += 1
    guard let byte = current else { throw problem("unexpected EOF; expected an escape") }
    index += 1
    switch Unicode.Scalar(byte) {
    case "b": bytes.append(0x08)
    case "t": bytes.append(0x09)
    case "n": bytes.append(0x0A)
    case "f": bytes.append(0x0C)
    case "r": bytes.append(0x0D)
    case "\"", "\\": bytes.append(byte)
    case "u", "U":
      let count = byte == UInt8(ascii: "u") ? 4 : 8
      guard index + count <= text.count, let value = UInt32(text[index..<index + count].text, radix: 16),
        let scalar = Unicode.Scalar(value)
      else { throw problem("invalid Unicode escape") }
      index += count
      bytes += String(scalar).utf8
    default: throw problem("invalid escape character '\(Unicode.Scalar(byte))'")
    }
  }
}

/// A table while a text is read.
private final class TOMLTable {
  var items: [ByteString: TOMLItem] = [:]
  /// Whether it had a heading of its own.
  var isDefined = false
  /// Whether it was written in one line, so that nothing may be added.
  var isClosed = false

  func dict() -> Dict {
    let dict = Dict()
    // Keys are strings, which can be hashed.
    for (key, item) in items.sorted(by: { $0.key < $1.key }) { try? dict.set(.string(key), to: item.value) }
    return dict
  }
}

private enum TOMLItem {
  case value(Value)
  case array([TOMLItem])
  case table(TOMLTable)
  case tables([TOMLTable])

  var value: Value {
    switch self {
    case .value(let value): value
    case .array(let items): .object(List(items.map(\.value)))
    case .table(let table): .object(table.dict())
    case .tables(let tables): .object(List(tables.map { .object($0.dict()) }))
    }
  }
}
