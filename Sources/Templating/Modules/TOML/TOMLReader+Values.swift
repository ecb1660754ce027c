import Files
import Starlark

extension TOMLReader {
  /// Reads a value. `isElement` says whether it is one of an array.
  mutating func value(_ depth: Int, isElement: Bool) throws(Problem) -> TOMLItem.Content {
    guard depth < Self.maximumDepth else { throw problem("values are nested too deeply") }
    skipBlanks()
    guard let byte = current else { throw problem("unexpected EOF; expected value") }
    switch byte {
    case UInt8(ascii: "\""): return .value(.string(try follows("\"\"\"") ? multilineString("\"") : basicString()))
    case UInt8(ascii: "'"): return .value(.string(try follows("'''") ? multilineString("'") : literalString()))
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "{"): return try inlineTable(depth, isElement: isElement)
    case UInt8(ascii: "+"), UInt8(ascii: "-"): return .value(try signedNumber())
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return .value(try numberOrDate())
    case UInt8(ascii: "."): throw problem("floats must start with a digit, not '.'")
    default: return .value(try word())
    }
  }

  private mutating func word() throws(Problem) -> Value {
    for (word, number) in [("inf", Double.infinity), ("nan", Double.nan)] as [(ByteString, Double)]
    where follows(word) {
      index += word.count
      return .float(number)
    }
    let quoted = quotedCharacter
    let start = index
    while let character, character.properties.isAlphabetic { index += String(character).utf8.count }
    let word = text[start..<index]
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "": throw problem("expected value but found \(quoted) instead")
    default: throw problem("expected value but found \(Value.string(word).repr) instead", .ahead)
    }
  }

  private mutating func array(_ depth: Int) throws(Problem) -> TOMLItem.Content {
    index += 1
    var items: [TOMLItem.Content] = []
    while true {
      skipBlankLines()
      if current == UInt8(ascii: ",") { throw problem("unexpected comma") }
      if current == UInt8(ascii: "]") { break }
      items.append(try value(depth + 1, isElement: true))
      skipBlankLines()
      if current == UInt8(ascii: ",") {
        index += 1
      } else if current != UInt8(ascii: "]") {
        throw problem("expected a comma (',') or array terminator (']'), but got \(shownCharacter)")
      }
    }
    index += 1
    return .array(items)
  }

  /// Reads `{ … }`. Its pairs go into the table of its key, which messages name and where they may not repeat each
  /// other; what is an element of an array is made of the last parts of the keys alone, as ytt has it.
  private mutating func inlineTable(_ depth: Int, isElement: Bool) throws(Problem) -> TOMLItem.Content {
    let outer = (context, key)
    let name = key ?? .empty
    key = nil
    if isElement { try enterNewTable(name) } else { try enterImplied(name) }
    let inner = context
    let table = TOMLTable()
    index += 1
    var isFirst = true
    while true {
      skipBlanks()
      skipComment()
      if isAtLineEnd { throw problem("newlines not allowed within inline tables", .lineEnd) }
      if current == UInt8(ascii: "}") {
        if isFirst { break }
        throw problem("trailing comma not allowed in inline tables")
      }
      if current == UInt8(ascii: ",") { throw problem("unexpected comma") }
      let (last, value) = try assignment(depth: depth + 1)
      table.put(value, last)
      context = inner
      isFirst = false
      skipBlanks()
      skipComment()
      if isAtLineEnd { throw problem("newlines not allowed within inline tables", .lineEnd) }
      if current == UInt8(ascii: "}") { break }
      guard current == UInt8(ascii: ",") else {
        throw problem("expected a comma or an inline table terminator '}', but got \(shownCharacter) instead")
      }
      index += 1
    }
    index += 1
    (context, key) = outer
    return .table(table)
  }
}
