import Files
import Starlark

/// A table while a text is read.
final class TOMLTable {
  private(set) var items: [ByteString: TOMLItem] = [:]

  /// Gives a key its value; false if it has one already. A table that was only implied stays as it is, and arrays are
  /// replaced and replace what was there: ytt has it so.
  func define(_ value: TOMLItem.Content, _ key: ByteString) -> Bool {
    guard let item = items[key] else {
      items[key] = TOMLItem(content: value)
      return true
    }
    if item.content.isArray || item.wasArray || value.isArray {
      items[key] = TOMLItem(content: value)
      return true
    }
    items[key]?.isImplied = false
    return item.isImplied
  }

  func put(_ content: TOMLItem.Content, isImplied: Bool = false, wasArray: Bool = false, _ key: ByteString) {
    items[key] = TOMLItem(content: content, isImplied: isImplied, wasArray: wasArray)
  }

  func dict() -> Dict {
    let dict = Dict()
    // Keys are strings, which can be hashed.
    for (key, item) in items.sorted(by: { $0.key < $1.key }) { try? dict.set(.string(key), to: item.content.value) }
    return dict
  }
}

/// What a key stands for while a text is read.
struct TOMLItem {
  indirect enum Content {
    case value(Value)
    case array([Content])
    case table(TOMLTable)
    case tables([TOMLTable])

    var isArray: Bool { if case .array = self { true } else { false } }

    var value: Value {
      switch self {
      case .value(let value): value
      case .array(let items): .object(List(items.map(\.value)))
      case .table(let table): .object(table.dict())
      case .tables(let tables): .object(List(tables.map { .object($0.dict()) }))
      }
    }

    /// The table that keys below this one go to.
    var table: TOMLTable? {
      switch self {
      case .table(let table): table
      case .tables(let tables): tables.last
      case .value, .array: nil
      }
    }
  }

  var content: Content
  /// Whether it is a table that no heading and no value defined, only keys below it.
  var isImplied = false
  /// Whether it took the place of an array, and may be replaced as that might.
  var wasArray = false
}

/// The table that lines add to, and the keys that lead there.
struct TOMLContext {
  private(set) var path: [ByteString] = []
  /// Nothing where the last key stands for something that is no table.
  private(set) var table: TOMLTable? = TOMLTable()

  /// The path as messages show it.
  var name: String { path.map { TOMLWriter.written($0) }.joined(separator: ".") }

  func name(of key: ByteString) -> String { (path + [key]).map { TOMLWriter.written($0) }.joined(separator: ".") }

  /// Goes to the table of a key, made if need be; false if the key stands for something else.
  mutating func descend(_ key: ByteString) -> Bool {
    if table?.items[key] == nil { table?.put(.table(TOMLTable()), isImplied: true, key) }
    guard let next = table?.items[key]?.content.table else { return false }
    path.append(key)
    table = next
    return true
  }

  /// Goes to a new table of an array of tables; false if the key stands for something else.
  mutating func appendTable(_ key: ByteString) -> Bool {
    let new = TOMLTable()
    switch table?.items[key]?.content {
    case nil: table?.put(.tables([new]), key)
    case .tables(let tables)?: table?.put(.tables(tables + [new]), key)
    default: return false
    }
    path.append(key)
    table = new
    return true
  }

  /// Goes to the table that `key.more = …` implies. One that was implied before counts as defined from the second time
  /// on.
  mutating func imply(_ key: ByteString) {
    if let item = table?.items[key] {
      let isArray = item.content.isArray
      table?.put(isArray ? .table(TOMLTable()) : item.content, wasArray: isArray || item.wasArray, key)
    } else {
      table?.put(.table(TOMLTable()), isImplied: true, key)
    }
    path.append(key)
    table = table?.items[key]?.content.table
  }
}
