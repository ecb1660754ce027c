import Files
package import Starlark
package import YAML

/// Overlays: changing documents by other documents that say what they match and what to do there.
///
/// Trees are values: what is changed is changed in place where nobody else holds it, and copied one level at a time
/// where somebody does, so that the inputs of a caller stay as they were.
package enum Overlay {
  /// Applies the documents of `right`, in order, to all of `left`.
  ///
  /// A failure's message has the places on both sides, from the overlay's document inwards: `Document on line o.yml:3:
  /// Map item (key 'a') on line o.yml:4: Expected number of matched nodes to be 1, but was 0`.
  package static func apply(
    left: consuming [Document], right: [Document], _ thread: Thread
  ) throws(Failure) -> [Document] {
    var sets = [left]
    left = []
    try apply(right, to: &sets, thread)
    return sets.first ?? []
  }

  /// Applies the documents of `right`, in order, to sets of documents, of which each stays together: those of one file.
  /// Indexes count through all sets; `append` adds to the last set, `replace or_add=True` to the first one, where ytt
  /// leaves it to chance.
  package static func apply(
    _ right: [Document], to sets: inout [[Document]], _ thread: Thread
  ) throws(Failure) {
    let merge = OverlayMerge(thread: thread, documentKind: .document)
    for document in right { try merge.apply(document, to: &sets) }
  }

  /// Applies a document of data values, or of a schema, to the one on the left, whatever it says about matching.
  package static func apply(_ right: Document, toOnly left: inout Document, _ thread: Thread) throws(Failure) {
    let merge = OverlayMerge(thread: thread, documentKind: .onlyDocument)
    var sets = [[left]]
    left.value = .null
    try merge.apply(right, to: &sets)
    guard let result = sets.first?.first else { throw .documentRemoved(right.position) }
    left = result
  }

  /// Applies one value to another, as `overlay.apply()` does with fragments that are not documents.
  package static func apply(left: consuming Node, right: Node, _ thread: Thread) throws(Failure) -> Node {
    let merge = OverlayMerge(thread: thread, documentKind: .document)
    _ = try merge.merge(right, into: &left, MatchCount(), depth: 0)
    return left
  }

  /// How deep trees may be nested; the values that templates make have no other limit.
  static let maximumDepth = 256
}

/// One overlay under way.
struct OverlayMerge {
  let thread: Thread
  /// How documents are matched: by their annotation, or the one with the one.
  let documentKind: OverlayKind

  /// Merges `right` into `left`. True says that there was nothing to merge, because `right` is a scalar or null: it
  /// is to take the place of `left`.
  func merge(
    _ right: Node, into left: inout Node, _ defaults: MatchCount, depth: Int
  ) throws(Failure) -> Bool {
    if depth > Overlay.maximumDepth { throw Failure("Expected at most \(Overlay.maximumDepth) levels of nesting") }
    switch right {
    case .map(let items):
      guard case .map(var target) = left else { throw Failure("Expected map, but was \(left.kindName)") }
      if items.isEmpty { return false }
      left = .null
      defer { left = .map(target) }
      try merge(items, into: &target, defaults, depth: depth)
      return false
    case .sequence(let items):
      guard case .sequence(var target) = left else { throw Failure("Expected array, but was \(left.kindName)") }
      if items.isEmpty { return false }
      left = .null
      defer { left = .sequence(target) }
      try merge(items, into: &target, defaults, depth: depth)
      return false
    default:
      return true
    }
  }

  private func merge(
    _ items: [MapItem], into target: inout [MapItem], _ defaults: MatchCount, depth: Int
  ) throws(Failure) {
    var keys = KeyIndex(for: items.count, of: target)
    for item in items {
      do throws(Failure) {
        let annotations = item.annotations?.template
        let request = try OverlayRequest(annotations)
        switch request.name {
        case .insert: throw .onlyArrayItems("overlay/insert", item.position)
        case .append: throw .onlyArrayItems("overlay/append", item.position)
        default: break
        }
        let childDefaults = try MatchCount.childDefaults(annotations, parent: defaults)
        let rule = try MatchRule(annotations, .mapItem, defaults: defaults)
        let operation = try request.operation()
        try rule.check(.mapItem)
        let matched: [Int]
        if let by = rule.by {
          matched = try indexes(of: target, by, item.value) { Conversion.value(target[$0].key) }
        } else {
          matched = keys.indexes(of: item.key, in: target)
        }
        guard try rule.count.allows(matched.count, thread, places: { target.places(matched) }) else { continue }
        if matched.isEmpty {
          if let added = try addition(item, operation, mergeAdds: true) {
            target.append(added)
            keys.appended(added.key, to: target)
          }
        } else {
          let isStructural = try perform(operation, item, on: &target, at: matched, childDefaults, depth: depth)
          if isStructural { keys = KeyIndex(for: items.count, of: target) }
        }
      } catch {
        throw error.placed("Map item (key '\(item.key.keyText)') on line \(item.position): ", at: item.position)
      }
    }
  }

  private func merge(
    _ items: [SequenceItem], into target: inout [SequenceItem], _ defaults: MatchCount, depth: Int
  ) throws(Failure) {
    for item in items {
      do throws(Failure) {
        let annotations = item.annotations?.template
        let request = try OverlayRequest(annotations)
        if request.name == .append {
          target.append(item)
          continue
        }
        let childDefaults = try MatchCount.childDefaults(annotations, parent: defaults)
        let rule = try MatchRule(annotations, .arrayItem, defaults: defaults)
        let operation = try request.operation()
        try rule.check(.arrayItem)
        var matched: [Int] = []
        if let by = rule.by {
          matched = try indexes(of: target, by, item.value) { .int(Int64($0)) }
        }
        guard try rule.count.allows(matched.count, thread, places: { target.places(matched) }) else { continue }
        if matched.isEmpty {
          if let added = try addition(item, operation, mergeAdds: true) { target.append(added) }
        } else {
          _ = try perform(operation, item, on: &target, at: matched, childDefaults, depth: depth)
        }
      } catch {
        throw error.placed("Array item on line \(item.position): ", at: item.position)
      }
    }
  }

  /// Applies one document of an overlay to all documents of all sets.
  func apply(_ right: Document, to sets: inout [[Document]]) throws(Failure) {
    do throws(Failure) {
      let annotations = right.annotations?.template
      let request = try OverlayRequest(annotations)
      if request.name == .append {
        if sets.isEmpty { sets.append([]) }
        sets[sets.count - 1].append(right)
        return
      }
      let childDefaults = try MatchCount.childDefaults(annotations, parent: MatchCount())
      let rule = try MatchRule(annotations, documentKind, defaults: MatchCount())
      let operation = try request.operation()
      try rule.check(documentKind)
      let matched = try documents(of: sets, rule, right.value)
      let total = matched.reduce(0) { $0 + $1.count }
      let isAllowed = try rule.count.allows(total, thread) {
        zip(sets, matched).flatMap { set, indexes in indexes.map { set[$0].position } }.asPlaces
      }
      guard isAllowed else { return }
      if total == 0 {
        if let added = try addition(right, operation, mergeAdds: false) {
          if sets.isEmpty { sets.append([]) }
          sets[0].append(added)
        }
      }
      for index in sets.indices where !matched[index].isEmpty {
        _ = try perform(operation, right, on: &sets[index], at: matched[index], childDefaults, depth: 0)
      }
    } catch {
      throw error.placed("Document on line \(right.position): ", at: right.position)
    }
  }

  private func documents(of sets: [[Document]], _ rule: MatchRule, _ right: Node) throws(Failure) -> [[Int]] {
    guard documentKind == .document, let by = rule.by else { return sets.map { Array($0.indices.prefix(1)) } }
    var matched: [[Int]] = []
    var start = 0
    for set in sets {
      let first = start
      matched.append(try indexes(of: set, by, right) { .int(Int64(first + $0)) })
      start += set.count
    }
    return matched
  }

  /// The indexes of the items that `matcher` means.
  private func indexes<Item: OverlayTarget>(
    of items: [Item], _ matcher: Value, _ right: Node, index: (Int) -> Value
  ) throws(Failure) -> [Int] {
    var matched: [Int] = []
    for i in items.indices {
      let candidate = MatchCandidate(index: index(i), left: items[i].value, right: right)
      if try candidate.satisfies(matcher, thread) { matched.append(i) }
    }
    return matched
  }
}

extension [MapItem] {
  fileprivate func places(_ indexes: [Int]) -> String { indexes.map { self[$0].position }.asPlaces }
}

extension [SequenceItem] {
  fileprivate func places(_ indexes: [Int]) -> String { indexes.map { self[$0].position }.asPlaces }
}

extension [Position] {
  /// The places as a message lists them behind a count: in the order of their text, as ytt does.
  var asPlaces: String {
    isEmpty ? "" : " (lines: " + map(\.description).sorted().joined(separator: ", ") + ")"
  }
}

extension Failure {
  /// Puts the name and place of an overlay's node in front of the message. The innermost node that stands in a file
  /// is where a diagnostic points, unless the failure has a better place already.
  func placed(_ prefix: String, at position: Position) -> Failure {
    guard cause == nil, frames.isEmpty, position.file != 0 else { return prefixed(prefix) }
    let diagnostic = Diagnostic(message.text, at: position.rangeOfKey, hint: hint?.text)
    return Failure(
      ByteString(prefix).appending(message), cause: .diagnostics(Diagnostics(diagnostic)), hint: hint)
  }

  fileprivate static func onlyArrayItems(_ annotation: String, _ position: Position) -> Failure {
    Failure(
      "Found @\(annotation) on map item (\(position)); only array items can be annotated with @\(annotation)")
  }

  fileprivate static func documentRemoved(_ position: Position) -> Failure {
    Failure("Document on line \(position): Expected a document to remain, but it was removed")
  }
}
