import Files
import Starlark
import YAML

/// Puts plain values over others: items of maps that are not there are added, those that are there merge if both are
/// maps; everything else takes the place of what was there.
struct PlainMerge {
  /// How many maps deep values merge; below, they replace.
  let depth: Int

  func apply(_ right: Document, to left: inout Document) throws(Failure) {
    guard case .map(let items) = right.value, depth > 0 else {
      left = right
      return
    }
    do throws(Failure) {
      if left.value.isNull {
        left.value = right.value
      } else {
        try merge(items, into: &left.value, level: 1, at: right.position)
      }
    } catch {
      throw error.prefixed("Document on line \(right.position): ")
    }
  }

  private func merge(
    _ items: [MapItem], into node: inout Node, level: Int, at position: Position
  ) throws(Failure) {
    guard case .map(var target) = node else { throw .notAMap(node, position) }
    node = .null
    defer { node = .map(target) }
    var keys = KeyIndex(for: items.count, of: target)
    for item in items {
      let matched = keys.indexes(of: item.key, in: target)
      if matched.count > 1 { throw .repeatedKey(item, matched.map { target[$0].position }) }
      guard let index = matched.first else {
        target.append(item)
        keys.appended(item.key, to: target)
        continue
      }
      guard case .map(let inner) = item.value, level < depth else {
        target[index] = item
        continue
      }
      if target[index].value.isNull {
        target[index].value = item.value
        target[index].position = item.position
        continue
      }
      do throws(Failure) {
        guard level < Overlay.maximumDepth else { throw Failure("Expected fewer levels of nesting") }
        try merge(inner, into: &target[index].value, level: level + 1, at: item.position)
      } catch {
        throw error.prefixed("Map item (key '\(item.key.keyText)') on line \(item.position): ")
      }
    }
  }
}

extension Node {
  /// Whether a template says anything about what is inside.
  var hasAnnotations: Bool {
    switch self {
    case .map(let items): items.contains { $0.annotations != nil || $0.value.hasAnnotations }
    case .sequence(let items): items.contains { $0.annotations != nil || $0.value.hasAnnotations }
    default: false
    }
  }
}

extension Failure {
  /// An overlay before left a key that stands several times.
  fileprivate static func repeatedKey(_ item: MapItem, _ places: [Position]) -> Failure {
    Failure(
      "Map item (key '\(item.key.keyText)') on line \(item.position): "
        + "Expected number of matched nodes to be 1, but was \(places.count)\(places.asPlaces)")
  }

  /// A map is given where there was none.
  fileprivate static func notAMap(_ node: Node, _ position: Position) -> Failure {
    Failure(
      "Expected map, but was \(node.kindName)",
      cause: .diagnostics(
        Diagnostics(Diagnostic("expected \(node.kindName), but found map", at: position.rangeOfKey))))
  }
}
