import Files
import Kubernetes
import YAML

// Changing trees key by key.
extension Node {
  /// The value under a key of a map; setting nothing removes it. Of something that is no map there is none, and
  /// setting changes nothing.
  subscript(key: ByteString) -> Node? {
    get { value(at: key) }
    set {
      guard case .map(var items) = self else { return }
      let index = items.firstIndex { $0.key.stringValue == key }
      switch (index, newValue) {
      case (let index?, let value?): items[index].value = value
      case (let index?, nil): items.remove(at: index)
      case (nil, let value?): items.append(MapItem(key: .string(key), value: value))
      case (nil, nil): return
      }
      self = .map(items)
    }
  }

  /// The items of a map; none of anything else.
  var mapItems: [MapItem] {
    if case .map(let items) = self { return items }
    return []
  }

  /// The values of a list; none of anything else.
  var listValues: [Node] {
    if case .sequence(let items) = self { return items.map(\.value) }
    return []
  }

  /// Changes the value under a key, if there is one.
  mutating func update(_ key: ByteString, _ change: (inout Node) -> Void) {
    guard var value = self[key] else { return }
    change(&value)
    self[key] = value
  }

  /// Changes every value of a list.
  mutating func updateValues(_ change: (inout Node) -> Void) {
    guard case .sequence(var items) = self else { return }
    for index in items.indices { change(&items[index].value) }
    self = .sequence(items)
  }

  /// Whether it says nothing: null, or an empty map or list.
  var isHollow: Bool {
    switch self {
    case .null: true
    case .map(let items): items.isEmpty
    case .sequence(let items): items.isEmpty
    default: false
    }
  }

  /// A scalar as Kubernetes would have it as text; nothing for null, maps and lists.
  var scalarText: String? {
    switch self {
    case .string(let text): text.text
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .unsigned(let value): String(value)
    case .float(let value): value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    case .null, .map, .sequence: nil
    }
  }

  /// The map without some keys.
  func without(_ keys: ByteString...) -> Node {
    guard case .map(let items) = self else { return self }
    return .map(items.filter { item in !keys.contains { $0 == item.key.stringValue } })
  }
}
