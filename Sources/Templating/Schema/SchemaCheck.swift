import Files
import YAML

/// Holds values against their types.
struct SchemaCheck {
  private(set) var violations: [SchemaViolation] = []

  /// Checks a value that stands in an item at `position`, and adds defaults where maps in it lack items.
  /// - Parameter known: a value of that type that nothing is wrong with and nothing lacks.
  mutating func complete(
    _ node: inout Node, _ type: SchemaType, at position: Position, depth: Int, knowing known: Node? = nil
  ) {
    guard depth <= Overlay.maximumDepth else {
      violations.append(.tooDeep(position, type))
      return
    }
    switch type.kind {
    case .any: return
    case .nullable(let type):
      if !node.isNull { complete(&node, type, at: position, depth: depth, knowing: known) }
    case .scalar(let scalar):
      if !scalar.accepts(node) { violations.append(.mismatch(node, position, type)) }
    case .array(let item):
      guard case .sequence(var items) = node else {
        violations.append(.mismatch(node, position, type))
        return
      }
      node = .null
      for index in items.indices {
        complete(&items[index].value, item.type, at: items[index].position, depth: depth + 1, knowing: nil)
      }
      node = .sequence(items)
    case .map(let map):
      guard case .map(var items) = node else {
        violations.append(.mismatch(node, position, type))
        return
      }
      node = .null
      let known: [MapItem] = if case .map(let known)? = known { known } else { [] }
      complete(&items, map, type, depth: depth, knowing: known)
      node = .map(items)
    }
  }

  /// Says what the values are that stand in no file.
  private mutating func note(_ item: MapItem, from start: Int) {
    for index in start..<violations.count where violations[index].calculated == nil {
      violations[index].calculated = "\(item.key.keyText): \(item.value.sketch)"
    }
  }

  private mutating func complete(
    _ items: inout [MapItem], _ map: SchemaMap, _ type: SchemaType, depth: Int, knowing known: [MapItem]
  ) {
    var isGiven = [Bool](repeating: false, count: map.items.count)
    var next = 0
    for index in items.indices {
      guard let declared = map.index(items[index].key, guess: next) else {
        violations.append(.unknownKey(items[index], map, type))
        continue
      }
      isGiven[declared] = true
      next = declared + 1
      if map.items[declared].isScalarAccepting(items[index].value) { continue }
      // Not merely passed over: being about to change it would make a copy of it.
      let known = known.value(ofKeyAt: index, in: items)
      if let known, items[index].value.isOneCollection(with: known) { continue }
      let count = violations.count
      complete(
        &items[index].value, map.items[declared].type, at: items[index].position, depth: depth + 1, knowing: known)
      if violations.count > count && items[index].position.file == 0 { note(items[index], from: count) }
    }
    for (index, item) in map.items.enumerated() where !isGiven[index] { items.append(item.defaultItem) }
  }
}

extension [MapItem] {
  /// The value of the item at an index, where the items of a map changed little since have the same key there.
  fileprivate func value(ofKeyAt index: Int, in others: [MapItem]) -> Node? {
    index < count && self[index].key.isSameScalar(as: others[index].key) ? self[index].value : nil
  }
}

extension SchemaType.Scalar {
  /// Whether a value is one. A whole number is a float too, but not the other way round.
  func accepts(_ node: Node) -> Bool {
    switch (self, node) {
    case (.string, .string), (.bool, .bool), (.int, .int), (.int, .unsigned): true
    case (.float, .float), (.float, .int), (.float, .unsigned): true
    default: false
    }
  }
}

extension Node {
  /// A scalar as it would be written, a collection by its kind.
  fileprivate var sketch: String {
    switch self {
    case .string(let text): "\"\(text)\""
    case .map, .sequence: kindName.text
    default: keyText
    }
  }
}
