import Files
import YAML

/// Prints a map as TOML, as ytt does: values before tables, both sorted by key.
struct TOMLWriter {
  private var out = Output()
  private let indent: String
  private static let maximumDepth = 500

  /// Why a value cannot be printed.
  struct Problem: Error {
    let message: String
  }

  private init(indent: Int) { self.indent = String(repeating: " ", count: indent) }

  /// The text of a map. Tables below the top level are indented by so many blanks a level.
  static func print(_ node: Node, indent: Int) throws(Problem) -> ByteString {
    guard case .map(let items) = node else {
      throw Problem(message: "toml: top-level values must be Go maps or structs")
    }
    var writer = TOMLWriter(indent: indent)
    try writer.add(items, path: [])
    return ByteString(writer.out)
  }

  /// Text under construction.
  private typealias Output = [UInt8]

  private mutating func add(_ text: String) { out += text.utf8 }

  /// Parts what has been printed from what follows.
  private mutating func addLine() {
    if !out.isEmpty { out.append(UInt8(ascii: "\n")) }
  }

  private func margin(_ path: [String]) -> String {
    String(repeating: indent, count: max(0, path.count - 1))
  }

  private mutating func add(_ items: [MapItem], path: [String]) throws(Problem) {
    guard path.count < Self.maximumDepth else { throw Problem(message: "toml: tables are nested too deeply") }
    var sorted: [(key: ByteString, value: Node)] = []
    for item in items where !item.value.isNull {
      guard case .string(let key) = item.key else {
        throw Problem(message: "toml: a key has to be a string, but was \(item.key.keyText)")
      }
      sorted.append((key, item.value))
    }
    sorted.sort { $0.key < $1.key }
    for (key, value) in sorted where !value.isTable {
      let path = path + [Self.written(key)]
      add("\(margin(path))\(path[path.count - 1]) = ")
      try add(inline: value, depth: 0)
      addLine()
    }
    for (key, value) in sorted where value.isTable { try addTable(value, path: path + [Self.written(key)]) }
  }

  private mutating func addTable(_ value: Node, path: [String]) throws(Problem) {
    let name = path.joined(separator: ".")
    switch value {
    case .map(let items):
      if path.count == 1 { addLine() }
      add("\(margin(path))[\(name)]\n")
      try add(items, path: path)
    case .sequence(let tables):
      for table in tables {
        guard case .map(let items) = table.value else { continue }
        addLine()
        add("\(margin(path))[[\(name)]]\n")
        try add(items, path: path)
      }
    default: break
    }
  }

  private mutating func add(inline value: Node, depth: Int) throws(Problem) {
    guard depth < Self.maximumDepth else { throw Problem(message: "toml: values are nested too deeply") }
    switch value {
    case .null: throw Problem(message: "toml: cannot encode array with nil element")
    case .bool(let flag): add(flag ? "true" : "false")
    case .int(let number): add(String(number))
    case .unsigned(let number): add(String(number))
    case .float(let number): add(Self.text(number))
    case .string(let text): add(Self.quoted(text))
    case .sequence(let items):
      add("[")
      for (index, item) in items.enumerated() {
        if index > 0 { add(", ") }
        try add(inline: item.value, depth: depth + 1)
      }
      add("]")
    case .map(let items):
      add("{")
      var isFirst = true
      for item in items.filter({ !$0.value.isNull }).sorted(by: { $0.key.keyText < $1.key.keyText }) {
        if !isFirst { add(", ") }
        isFirst = false
        add("\(Self.written(ByteString(item.key.keyText))) = ")
        try add(inline: item.value, depth: depth + 1)
      }
      add("}")
    }
  }

  /// A float without an exponent, with a point in any case.
  private static func text(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "+inf" }
    var buffer = ByteBuffer()
    buffer.append(float: number, positional: -400...400)
    let digits = buffer.finish().text
    return digits.contains(".") ? digits : digits + ".0"
  }

  /// A key, with quotes if it needs them.
  static func written(_ key: ByteString) -> String {
    let isBare = !key.isEmpty && key.withBytes { $0.allSatisfy(TOMLReader.isBareKeyByte) }
    return isBare ? key.text : quoted(key)
  }

  private static func quoted(_ text: ByteString) -> String {
    var out = "\""
    for scalar in text.text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\u{08}": out += "\\b"
      case "\t": out += "\\t"
      case "\n": out += "\\n"
      case "\u{0C}": out += "\\f"
      case "\r": out += "\\r"
      case "\0"..."\u{1F}", "\u{7F}":
        out += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}

extension Node {
  /// Whether it is printed under a heading: a map, or an array of maps only.
  fileprivate var isTable: Bool {
    switch self {
    case .map: true
    case .sequence(let items):
      !items.isEmpty && items.allSatisfy { if case .map = $0.value { true } else { false } }
    default: false
    }
  }
}
