import Files
import YAML

/// Finding keys that stand twice in a map.
enum MapKeys {
  /// Up to that many items, comparing each with each is faster than a table.
  private static let compared = 12

  /// The items without repeated keys: each key has its last value, and its first place.
  static func lastOfRepeated(_ items: [MapItem]) -> [MapItem] {
    var kept: [MapItem] = []
    var indexes: [ByteString: Int] = [:]
    for item in items {
      var index: Int?
      if case .string(let text) = item.key {
        index = indexes[text]
        if index == nil { indexes[text] = kept.count }
      } else {
        index = kept.firstIndex { $0.key.isSameScalar(as: item.key) }
      }
      if let index { kept[index] = item } else { kept.append(item) }
    }
    return kept
  }

  /// The index of the first item whose key an earlier one has.
  static func firstDuplicate(in items: [MapItem]) -> Int? {
    if items.count <= compared {
      for index in items.indices {
        for earlier in 0..<index where items[earlier].key.isSameScalar(as: items[index].key) { return index }
      }
      return nil
    }
    var texts: Set<ByteString> = []
    texts.reserveCapacity(items.count)
    var others: [Node] = []
    for index in items.indices {
      if case .string(let text) = items[index].key {
        if !texts.insert(text).inserted { return index }
      } else {
        if others.contains(where: { $0.isSameScalar(as: items[index].key) }) { return index }
        others.append(items[index].key)
      }
    }
    return nil
  }
}
