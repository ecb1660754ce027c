import Files
package import YAML

extension Node {
  /// Why `expected` is not a subset of this value; nothing if it is one.
  ///
  /// A map is a subset if each of its items is one of the item of that key; a sequence, if each item is one of the item
  /// at that index; a scalar, if it is the same. Source: `overlay.subset` and `@overlay/assert` of ytt 0.48.
  package func mismatch(expecting expected: Node) -> SubsetMismatch? {
    switch expected {
    case .map(let wanted):
      guard case .map(let items) = self else { return .kind(wanted: "map", found: self) }
      for item in wanted {
        var isFound = false
        for candidate in items where candidate.key.isSameScalar(as: item.key) {
          if let mismatch = candidate.value.mismatch(expecting: item.value) { return mismatch }
          isFound = true
        }
        if !isFound { return .missingKey }
      }
      return nil
    case .sequence(let wanted):
      guard case .sequence(let items) = self else { return .kind(wanted: "array", found: self) }
      if items.count < wanted.count {
        // The items that are there are compared first: what they say comes before the missing ones.
        for (item, candidate) in zip(wanted, items) {
          if let mismatch = candidate.value.mismatch(expecting: item.value) { return mismatch }
        }
        return .missingItem
      }
      for (item, candidate) in zip(wanted, items) {
        if let mismatch = candidate.value.mismatch(expecting: item.value) { return mismatch }
      }
      return nil
    default:
      return isSameScalar(as: expected) ? nil : .leaf(wanted: expected, found: self)
    }
  }
}

/// The first difference that makes one value no subset of another.
package enum SubsetMismatch {
  case kind(wanted: String, found: Node)
  case missingKey
  case missingItem
  case leaf(wanted: Node, found: Node)

  /// The difference in the words of ytt.
  package var message: String {
    switch self {
    case .kind(let wanted, let found): "Expected \(wanted), but was \(found.kindName)"
    case .missingKey: "Expected at least one map item to match by key"
    case .missingItem: "Expected to have matching number of array items"
    case .leaf(let wanted, let found): "Expected leaf values to match \(found.kindName) \(wanted.kindName)"
    }
  }
}
