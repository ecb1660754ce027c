import Files

extension TOMLReader {
  /// Whether a key with this byte needs no quotes for it.
  static func isBareKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// Reads `[table]` or `[[table]]` below the table that is the whole, and makes it the context.
  mutating func heading(in root: TOMLContext) throws(Problem) {
    let isArray = follows("[[")
    index += isArray ? 2 : 1
    var path: [ByteString] = []
    while true {
      skipBlanks()
      if path.isEmpty { keyStart = index }
      switch current {
      case nil, UInt8(ascii: "]")?:
        throw problem("unexpected end of table name (table names cannot be empty)", .ahead)
      case UInt8(ascii: ".")?:
        throw problem("unexpected table separator (table names cannot be empty)", .ahead)
      default: path.append(try name(path.count))
      }
      skipBlanks()
      if current == UInt8(ascii: "]") { break }
      guard current == UInt8(ascii: ".") else {
        throw problem("expected '.' or ']' to end table name, but got \(quotedCharacter) instead")
      }
      index += 1
    }
    index += 1
    if isArray {
      guard current == UInt8(ascii: "]") else {
        throw problem("expected end of table array name delimiter ']', but got \(quotedCharacter) instead")
      }
      index += 1
    }
    var entered = root
    for part in path.dropLast() {
      guard entered.descend(part) else {
        throw problem("Key '\(entered.name(of: part))' was already created as a hash.", .key)
      }
    }
    context = entered
    guard let part = path.last else { return }
    if isArray {
      try enterNewTable(part)
    } else {
      try define(.table(TOMLTable()), part)
      _ = context.descend(part)
    }
  }

  /// Makes a further table of an array of tables the context.
  mutating func enterNewTable(_ part: ByteString) throws(Problem) {
    guard context.appendTable(part) else {
      throw problem(
        "Key '\(context.name(of: part))' was already created and cannot be used as an array.", .key)
    }
  }

  /// Makes a table that was not defined by a heading of its own the context.
  mutating func enterImplied(_ part: ByteString) throws(Problem) {
    guard context.table != nil else {
      throw problem("Key '\(context.name)' was already created as a hash.", .key)
    }
    context.imply(part)
  }

  /// Gives a key of the context its value.
  mutating func define(_ value: TOMLItem.Content, _ part: ByteString) throws(Problem) {
    guard let table = context.table else {
      throw problem("Key '\(context.name)' has already been defined.", .key)
    }
    guard table.define(value, part) else {
      throw problem("Key '\(context.name(of: part))' has already been defined.", .key)
    }
  }

  /// Reads `key = value` and adds it to the context; the last part of the key, and the value. Whoever calls restores
  /// the context.
  mutating func assignment(depth: Int) throws(Problem) -> (key: ByteString, value: TOMLItem.Content) {
    let path = try dottedKey()
    let last = path[path.count - 1]
    key = last
    for part in path.dropLast() { try enterImplied(part) }
    skipBlanks()
    let value = try value(depth + path.count, isElement: false)
    try define(value, last)
    return (last, value)
  }

  /// Reads a key and the `=` behind it.
  private mutating func dottedKey() throws(Problem) -> [ByteString] {
    var path: [ByteString] = []
    while true {
      skipBlanks()
      let isFirst = path.isEmpty
      if isFirst { keyStart = index }
      switch current {
      case nil, UInt8(ascii: "=")?:
        throw problem(isFirst ? "unexpected '=': key name appears blank" : "unexpected '='", .ahead)
      case UInt8(ascii: ".")?:
        throw problem(isFirst ? "unexpected '.': keys cannot start with a '.'" : "unexpected '.'", .ahead)
      default: path.append(try name(path.count))
      }
      skipBlanks()
      switch current {
      case UInt8(ascii: ".")?: index += 1
      case UInt8(ascii: "=")?:
        index += 1
        return path
      case nil: throw problem("unexpected EOF; expected key separator '='")
      default: throw problem("expected '.' or '=', but got \(quotedCharacter) instead")
      }
    }
  }

  /// Reads one part of a key: quoted, or the bytes that need no quotes; possibly none.
  private mutating func name(_ number: Int) throws(Problem) -> ByteString {
    guard number < Self.maximumDepth else { throw problem("the key has too many parts") }
    switch current {
    case UInt8(ascii: "\"")?: return try basicString()
    case UInt8(ascii: "'")?: return try literalString()
    default:
      let start = index
      while let byte = current, Self.isBareKeyByte(byte) { index += 1 }
      return text[start..<index]
    }
  }
}
