package import Files
package import YAML

/// One field that two versions of an object do not have in common.
package struct FieldDifference: Sendable {
  package var path: FieldPath
  /// What the first version has; nothing where the field was added.
  package var old: Node?
  /// What the second version has; nothing where the field was removed.
  package var new: Node?
  /// Where the first version says it; `none` where it does not.
  package var oldPosition: Position
  /// Where the second version says it.
  package var newPosition: Position
  /// Whether the same list items stand in another order, which `old` and `new` then hold.
  package var isReordering: Bool = false

  /// How two objects differ, by what they mean: the order of keys, comments and quoting make no difference.
  ///
  /// Items of lists are told apart by their `name` where every item has one of its own, else by where they stand.
  /// Differences come in the order of `old`, what only `new` has behind it.
  package static func differences(from old: Node, to new: Node) -> [FieldDifference] {
    var comparison = Comparison()
    comparison.compare(old, new, at: FieldPath(), positions: (.none, .none), depth: 0)
    return comparison.differences
  }
}

extension Node {
  /// Whether both mean the same: key order aside, and numbers by value.
  package func isEquivalent(to other: Node) -> Bool {
    var comparison = Comparison(stopsAtFirst: true)
    comparison.compare(self, other, at: FieldPath(), positions: (.none, .none), depth: 0)
    return comparison.differences.isEmpty
  }
}

private struct Comparison {
  var stopsAtFirst = false
  var differences: [FieldDifference] = []

  /// How far down fields are told apart; what lies deeper is compared as one value. Parsers refuse such depths anyway.
  private static let deepest = 200

  private var isDone: Bool { stopsAtFirst && !differences.isEmpty }

  mutating func compare(_ old: Node, _ new: Node, at path: FieldPath, positions: (Position, Position), depth: Int) {
    if isDone { return }
    switch (old, new) {
    case (.map(let old), .map(let new)) where depth < Self.deepest:
      compareMaps(old, new, at: path, depth: depth + 1)
    case (.sequence(let old), .sequence(let new)) where depth < Self.deepest:
      compareLists(old, new, at: path, positions: positions, depth: depth + 1)
    default:
      if !Self.isSameScalar(old, new) { report(path, old, new, positions) }
    }
  }

  private mutating func report(
    _ path: FieldPath, _ old: Node?, _ new: Node?, _ positions: (Position, Position), isReordering: Bool = false
  ) {
    differences.append(
      FieldDifference(
        path: path, old: old, new: new, oldPosition: positions.0, newPosition: positions.1,
        isReordering: isReordering))
  }

  static func isSameScalar(_ a: Node, _ b: Node) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.unsigned(let a), .unsigned(let b)): a == b
    case (.float(let a), .float(let b)): a == b || (a.isNaN && b.isNaN)
    case (.int(let a), .float(let b)), (.float(let b), .int(let a)): Double(exactly: a) == b
    case (.string(let a), .string(let b)): a == b
    default: false
    }
  }

  // MARK: Maps

  private mutating func compareMaps(_ old: [MapItem], _ new: [MapItem], at path: FieldPath, depth: Int) {
    var finder = KeyFinder(new)
    var matched = [Bool](repeating: false, count: new.count)
    for item in old {
      if isDone { return }
      let step = path.appending(.key(Self.keyText(item.key)))
      if let index = finder.index(of: item.key), !matched[index] {
        matched[index] = true
        compare(item.value, new[index].value, at: step, positions: (item.position, new[index].position), depth: depth)
      } else {
        report(step, item.value, nil, (item.position, .none))
      }
    }
    for (index, item) in new.enumerated() where !matched[index] {
      report(path.appending(.key(Self.keyText(item.key))), nil, item.value, (.none, item.position))
    }
  }

  private static func keyText(_ key: Node) -> ByteString {
    key.stringValue ?? ByteString(FieldValue.text(key, widest: 80))
  }

  // MARK: Lists

  private mutating func compareLists(
    _ old: [SequenceItem], _ new: [SequenceItem], at path: FieldPath, positions: (Position, Position), depth: Int
  ) {
    if let oldNames = Self.names(old), let newNames = Self.names(new) {
      compareNamed(old, oldNames, new, newNames, at: path, positions: positions, depth: depth)
    } else {
      compareByPlace(old, new, at: path, depth: depth)
    }
  }

  /// The `name` of every item, if each has one of its own.
  private static func names(_ items: [SequenceItem]) -> [ByteString]? {
    var names: [ByteString] = []
    for item in items {
      guard let name = item.value.value(at: "name")?.stringValue else { return nil }
      names.append(name)
    }
    return Set(names).count == names.count ? names : nil
  }

  private mutating func compareNamed(
    _ old: [SequenceItem], _ oldNames: [ByteString], _ new: [SequenceItem], _ newNames: [ByteString],
    at path: FieldPath, positions: (Position, Position), depth: Int
  ) {
    let places = Dictionary(uniqueKeysWithValues: zip(newNames, newNames.indices))
    var common: [Int] = []
    for (item, name) in zip(old, oldNames) {
      if isDone { return }
      let step = path.appending(.item(key: "name", value: name))
      if let index = places[name] {
        common.append(index)
        compare(item.value, new[index].value, at: step, positions: (item.position, new[index].position), depth: depth)
      } else {
        report(step, item.value, nil, (item.position, .none))
      }
    }
    let kept = Set(common)
    for (index, name) in newNames.enumerated() where !kept.contains(index) {
      report(path.appending(.item(key: "name", value: name)), nil, new[index].value, (.none, new[index].position))
    }
    if common != common.sorted() {
      let names = { (texts: [ByteString]) in Node.sequence(texts.map { SequenceItem(.string($0)) }) }
      report(
        path, names(oldNames.filter { places[$0] != nil }), names(common.sorted().map { newNames[$0] }), positions,
        isReordering: true)
    }
  }

  /// What begins and ends alike is left out first, so that one item more shows as one difference.
  private mutating func compareByPlace(
    _ old: [SequenceItem], _ new: [SequenceItem], at path: FieldPath, depth: Int
  ) {
    // Only the whole answer is asked for: looking at the ends first would look at nested lists many times over.
    if stopsAtFirst && old.count != new.count { return report(path, nil, nil, (.none, .none)) }
    var head = 0
    while !stopsAtFirst, head < min(old.count, new.count), old[head].value.isEquivalent(to: new[head].value) {
      head += 1
    }
    var tail = 0
    while !stopsAtFirst, tail < min(old.count, new.count) - head,
      old[old.count - 1 - tail].value.isEquivalent(to: new[new.count - 1 - tail].value)
    { tail += 1 }
    let oldEnd = old.count - tail
    let newEnd = new.count - tail
    for index in head..<max(oldEnd, newEnd) {
      if isDone { return }
      let step = path.appending(.index(index))
      switch (index < oldEnd, index < newEnd) {
      case (true, true):
        compare(
          old[index].value, new[index].value, at: step, positions: (old[index].position, new[index].position),
          depth: depth)
      case (true, false): report(step, old[index].value, nil, (old[index].position, .none))
      default: report(step, nil, new[index].value, (.none, new[index].position))
      }
    }
  }
}

/// Finds keys of a map. They mostly come in the same order, so each is looked for behind the last one found, and an
/// index is only made for a large map in another order.
private struct KeyFinder {
  private let items: [MapItem]
  private var cursor = 0
  private var strings: [ByteString: Int]?

  init(_ items: [MapItem]) { self.items = items }

  private static let smallest = 16

  mutating func index(of key: Node) -> Int? {
    if cursor < items.count, Comparison.isSameScalar(items[cursor].key, key) {
      cursor += 1
      return cursor - 1
    }
    guard let found = items.count > Self.smallest ? lookUp(key) : scan(key) else { return nil }
    cursor = found + 1
    return found
  }

  private func scan(_ key: Node) -> Int? { items.firstIndex { Comparison.isSameScalar($0.key, key) } }

  private mutating func lookUp(_ key: Node) -> Int? {
    guard let text = key.stringValue else { return scan(key) }
    if strings == nil {
      strings = [:]
      for (index, item) in items.enumerated() {
        if let text = item.key.stringValue, strings?[text] == nil { strings?[text] = index }
      }
    }
    return strings?[text]
  }
}
