import Files
import YAML

/// Holds values against their types.
struct SchemaCheck {
  private(set) var violations: [SchemaViolation] = []

  /// Checks a value that stands in an item at `position`, and adds defaults where maps in it lack items.
  mutating func complete(_ node: inout Node, _ type: SchemaType, at position: Position, depth: Int) {
    guard depth <= Overlay.maximumDepth else {
      violations.append(.tooDeep(position, type))
      return
    }
    switch type.kind {
    case .any: return
    case .nullable(let type):
      if !node.isNull { complete(&node, type, at: position, depth: depth) }
    case .scalar(let scalar):
      if !scalar.accepts(node) { violations.append(.mismatch(node, position, type)) }
    case .array(let item):
      guard case .sequence(var items) = node else {
        violations.append(.mismatch(node, position, type))
        return
      }
      node = .null
      for index in items.indices {
        complete(&items[index].value, item.type, at: items[index].position, depth: depth + 1)
      }
      node = .sequence(items)
    case .map(let map):
      guard case .map(var items) = node else {
        violations.append(.mismatch(node, position, type))
        return
      }
      node = .null
      complete(&items, map, type, depth: depth)
      node = .map(items)
    }
  }

  /// Says what the values are that stand in no file.
  private mutating func note(_ item: MapItem, from start: Int) {
    for index in start..<violations.count where violations[index].calculated == nil {
      violations[index].calculated = "\(item.key.keyText): \(item.value.sketch)"
    }
  }

  private mutating func complete(_ items: inout [MapItem], _ map: SchemaMap, _ type: SchemaType, depth: Int) {
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
      let count = violations.count
      complete(&items[index].value, map.items[declared].type, at: items[index].position, depth: depth + 1)
      if violations.count > count && items[index].position.file == 0 { note(items[index], from: count) }
    }
    for (index, item) in map.items.enumerated() where !isGiven[index] { items.append(item.defaultItem) }
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
