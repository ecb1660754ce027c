import Files
import Starlark
import YAML

extension OverlayMerge {
  /// Does to the items at `indexes`, of which there is at least one, what `operation` says. True says that items came
  /// or went or changed their keys.
  func perform<Item: OverlayTarget>(
    _ operation: OverlayOperation, _ new: Item, on items: inout [Item], at indexes: [Int], _ childDefaults: MatchCount,
    depth: Int
  ) throws(Failure) -> Bool {
    switch operation {
    case .merge:
      for index in indexes {
        var replaces = items[index].value.isNull
        if !replaces {
          do throws(Failure) {
            replaces = try merge(new.value, into: &items[index].value, childDefaults, depth: depth + 1)
          } catch {
            throw Item.self == Document.self ? error.noting(target: items[index].position) : error
          }
        }
        if replaces { items[index].take(new) }
      }
      return false
    case .remove:
      remove(indexes, from: &items)
      return true
    case .replace(let via, _):
      for index in indexes {
        var replacement = new
        if let via { replacement.value = try result(of: via, items[index].value, new.value) }
        items[index] = replacement
      }
      return true
    case .insert(let annotation):
      try insert(new, into: &items, at: indexes, OverlayInsertion(annotation))
      return true
    case .append:
      items.append(new)
      return true
    case .assert(let via):
      for index in indexes {
        try check(items[index].value, new.value, via)
        _ = try merge(new.value, into: &items[index].value, childDefaults, depth: depth + 1)
      }
      return false
    }
  }

  /// What is added where nothing was matched; nothing if nothing is.
  func addition<Item: OverlayTarget>(
    _ new: Item, _ operation: OverlayOperation, mergeAdds: Bool
  ) throws(Failure) -> Item? {
    switch operation {
    case .merge: return mergeAdds ? new : nil
    case .replace(let via, addsMissing: true):
      var added = new
      if let via { added.value = try result(of: via, .null, new.value) }
      return added
    case .insert(let annotation):
      // Nothing to insert beside, but what makes no sense is said all the same.
      _ = try OverlayInsertion(annotation)
      return nil
    default: return nil
    }
  }

  private func remove<Item>(_ indexes: [Int], from items: inout [Item]) {
    var next = 0
    var kept = 0
    for index in items.indices {
      if next < indexes.count && indexes[next] == index {
        next += 1
      } else {
        if kept != index { items.swapAt(kept, index) }
        kept += 1
      }
    }
    items.removeSubrange(kept...)
  }

  private func insert<Item: OverlayTarget>(
    _ new: Item, into items: inout [Item], at indexes: [Int], _ insertion: OverlayInsertion
  ) throws(Failure) {
    var result: [Item] = []
    result.reserveCapacity(items.count + indexes.count)
    var next = 0
    for index in items.indices {
      guard next < indexes.count, indexes[next] == index else {
        result.append(items[index])
        continue
      }
      next += 1
      var inserted = new
      if let via = insertion.via { inserted.value = try self.result(of: via, items[index].value, new.value) }
      if insertion.isBefore { result.append(inserted) }
      result.append(items[index])
      if insertion.isAfter { result.append(inserted) }
    }
    items = result
  }

  /// What a `via` function makes of the left and the right value.
  private func result(of via: Value, _ left: Node, _ right: Node) throws(Failure) -> Node {
    try Conversion.node(thread.call(via, Arguments([Conversion.value(left), Conversion.value(right)])))
  }

  /// Fails unless the left value is as the right one, or the `via` function, says.
  private func check(_ left: Node, _ right: Node, _ via: Value?) throws(Failure) {
    guard let via else {
      if let mismatch = left.mismatch(expecting: right) { throw .notEqual(mismatch) }
      return
    }
    let result = try thread.call(via, Arguments([Conversion.value(left), Conversion.value(right)]))
    switch result {
    case .none: return
    case .bool(let isTrue):
      if !isTrue { throw .viaFalse }
    default:
      guard let pair = result.pair, case .bool(let isTrue) = pair.0, case .string(let message) = pair.1 else {
        throw .viaNeither
      }
      if !isTrue { throw .viaFalse(message) }
    }
  }
}

extension OverlayTarget {
  /// Takes over the value of the overlay's node and the place where it was written; key and annotations stay.
  fileprivate mutating func take(_ new: Self) {
    value = new.value
    if Self.self != Document.self { position = new.position }
  }
}

extension Value {
  /// The two elements of a tuple or list of two.
  fileprivate var pair: (Value, Value)? {
    guard let elements = tuple?.elements ?? list?.elements, elements.count == 2 else { return nil }
    return (elements[0], elements[1])
  }
}

extension Failure {
  /// Adds the place of the document that an overlay could not be applied to.
  fileprivate func noting(target: Position) -> Failure {
    guard case .diagnostics(let diagnostics)? = cause, var diagnostic = diagnostics.list.first, target.file != 0 else {
      return self
    }
    diagnostic.notes.append(
      Diagnostic.Note("the document that it was to be applied to begins here", at: SourceRange(target)))
    return Failure(message, cause: .diagnostics(Diagnostics(diagnostic)), hint: hint)
  }

  fileprivate static func notEqual(_ mismatch: SubsetMismatch) -> Failure {
    Failure("Expected objects to equal, but did not: \(mismatch.message)")
  }

  fileprivate static var viaFalse: Failure { Failure("Expected via invocation to return true, but was false") }

  fileprivate static func viaFalse(_ message: ByteString) -> Failure {
    Failure("Expected via invocation to return true, but was false with message: \(message)")
  }

  fileprivate static var viaNeither: Failure {
    Failure(
      "Expected via invocation to return NoneType, Bool or Tuple(Bool,String), but returned neither of those")
  }
}
