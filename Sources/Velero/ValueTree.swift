import Files
import Kubernetes
import YAML

/// Values in the making: a tree of maps, filled leaf by leaf.
struct ValueTree {
  private var root: [MapItem] = []

  var node: Node { .map(root) }

  /// Sets the value at a path such as `backupStorage.bucket`; maps on the way are made.
  mutating func set(_ path: String, _ value: Node, at position: Position = .none) {
    Self.set(path.split(separator: ".")[...], value, position, in: &root)
  }

  private static func set(
    _ path: ArraySlice<Substring>, _ value: Node, _ position: Position, in items: inout [MapItem]
  ) {
    guard let first = path.first else { return }
    let key = ByteString(String(first))
    let rest = path.dropFirst()
    let index = items.firstIndex { $0.key.stringValue == key }
    var inner: [MapItem] = []
    if let index, case .map(let items) = items[index].value { inner = items }
    var node = value
    if !rest.isEmpty {
      set(rest, value, position, in: &inner)
      node = .map(inner)
    }
    if let index {
      items[index].value = node
    } else {
      items.append(MapItem(key: .string(key), value: node, position: position))
    }
  }
}

extension ValueTree {
  /// Sets a text unless there is none.
  mutating func set(_ path: String, text: String?, at position: Position = .none) {
    if let text, !text.isEmpty { set(path, .string(ByteString(text)), at: position) }
  }

  /// Sets texts unless there are none.
  mutating func set(_ path: String, texts: [String]) {
    if !texts.isEmpty { set(path, .strings(texts)) }
  }

  /// Sets a map or list unless it is empty.
  mutating func set(_ path: String, filled value: Node?) {
    if let value, !value.isHollow { set(path, value) }
  }
}

extension Node {
  /// A list of texts.
  static func strings(_ texts: [String]) -> Node { .sequence(texts.map { SequenceItem(.string(ByteString($0))) }) }

  /// A text.
  static func text(_ text: String) -> Node { .string(ByteString(text)) }
}
