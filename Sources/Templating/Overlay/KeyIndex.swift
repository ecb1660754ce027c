import Files
import YAML

/// Finds the items of a map by key: by looking at each where maps are small, through a table where that would take
/// time that grows with the square of their size.
struct KeyIndex {
  /// Below this product of looks and items a walk is faster than making a table.
  private static let threshold = 2_048

  private var table: [ByteString: [Int]]?

  /// Prepares for about `looks` looks into `items`.
  init(for looks: Int, of items: [MapItem]) {
    guard looks > 8, looks.multipliedReportingOverflow(by: items.count).partialValue > Self.threshold else { return }
    var table: [ByteString: [Int]] = [:]
    table.reserveCapacity(items.count)
    for (index, item) in items.enumerated() {
      if case .string(let key) = item.key { table[key, default: []].append(index) }
    }
    self.table = table
  }

  /// The indexes of all items with that key, ascending.
  func indexes(of key: Node, in items: [MapItem]) -> [Int] {
    if let table, case .string(let text) = key { return table[text] ?? [] }
    var found: [Int] = []
    for index in items.indices where items[index].key.isSameScalar(as: key) { found.append(index) }
    return found
  }

  /// Notes that the last item of `items` was added.
  mutating func appended(_ key: Node, to items: [MapItem]) {
    if table != nil, case .string(let text) = key { table?[text, default: []].append(items.count - 1) }
  }
}
