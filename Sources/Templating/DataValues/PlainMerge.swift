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
        try merge(items, into: &left.value, level: 1)
      }
    } catch {
      throw error.prefixed(ByteString("Document on line \(right.position): "))
    }
  }

  private func merge(_ items: [MapItem], into node: inout Node, level: Int) throws(Failure) {
    guard case .map(var target) = node else { throw Failure("Expected map, but was \(node.kindName)") }
    node = .null
    defer { node = .map(target) }
    var keys = KeyIndex(for: items.count, of: target)
    for item in items {
      guard let index = keys.indexes(of: item.key, in: target).first else {
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
        try merge(inner, into: &target[index].value, level: level + 1)
      } catch {
        throw error.prefixed(ByteString("Map item (key '\(item.key.keyText)') on line \(item.position): "))
      }
    }
  }
}
