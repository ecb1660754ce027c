import Files

extension Parser {
  /// Does with keys that stand twice among the items from `bottom` on what the options ask for.
  @inline(__always)
  mutating func resolveDuplicates(_ bottom: Int) throws(Stop) {
    if options.duplicateKeys == .keepAll || mapItems.count &- bottom < 2 { return }
    let pair = mapItems.withItems(from: bottom) { Self.firstDuplicate($0) }
    if let pair { try resolveDuplicates(bottom, pair.0, pair.1) }
  }

  @inline(never)
  private mutating func resolveDuplicates(_ bottom: Int, _ first: Int, _ second: Int) throws(Stop) {
    if options.duplicateKeys == .error {
      let (key, one, other) = mapItems.withItems(from: bottom) {
        ($0[first].key, $0[first].position, $0[second].position)
      }
      let stop = fail(.duplicateKey(key.described), at: Int(other.offset))
      failure?.notes.append(.init("the first one", at: SourceRange(one)))
      throw stop
    }
    let kept = mapItems.withItems(from: bottom) { items in
      var places: [KeyIdentity: Int] = [:]
      var kept = 0
      for index in 0..<items.count {
        if let place = places[KeyIdentity(items[index].key)] {
          items[place] = items[index]
        } else {
          places[KeyIdentity(items[index].key)] = kept
          if kept != index { items[kept] = items[index] }
          kept += 1
        }
      }
      return kept
    }
    mapItems.truncate(to: bottom + kept)
  }

  /// The first item that repeats an earlier one's key, with that one.
  private static func firstDuplicate(_ items: UnsafeMutableBufferPointer<MapItem>) -> (Int, Int)? {
    if items.count <= 16 {
      for later in 1..<items.count {
        for earlier in 0..<later where items[later].key.isSameKey(as: items[earlier].key) { return (earlier, later) }
      }
      return nil
    }
    var places: [KeyIdentity: Int] = [:]
    places.reserveCapacity(items.count)
    for index in 0..<items.count {
      if let earlier = places.updateValue(index, forKey: KeyIdentity(items[index].key)) { return (earlier, index) }
    }
    return nil
  }
}

extension Node {
  /// Whether two keys are one: of the same type and value. NaN is no key but itself, and maps and sequences are none.
  package func isSameKey(as other: Node) -> Bool {
    switch (self, other) {
    case (.string(let a), .string(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.unsigned(let a), .unsigned(let b)): a == b
    case (.float(let a), .float(let b)): a == b
    case (.bool(let a), .bool(let b)): a == b
    case (.null, .null): true
    default: false
    }
  }

  /// The key as a message names it.
  var described: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .unsigned(let value): String(value)
    case .float(let value): String(value)
    case .string(let text): "'\(text)'"
    case .map: "{…}"
    case .sequence: "[…]"
    }
  }
}

/// A key, for dictionaries of keys.
package struct KeyIdentity: Hashable, Sendable {
  private let key: Node

  package init(_ key: Node) { self.key = key }

  package static func == (left: KeyIdentity, right: KeyIdentity) -> Bool { left.key.isSameKey(as: right.key) }

  package func hash(into hasher: inout Hasher) {
    switch key {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .int(let value): hasher.combine(value)
    case .unsigned(let value): hasher.combine(value)
    case .float(let value): hasher.combine(value)
    case .string(let text): hasher.combine(text)
    case .map, .sequence: hasher.combine(1)
    }
  }
}
