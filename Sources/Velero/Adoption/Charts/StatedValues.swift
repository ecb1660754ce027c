import Files
import Kubernetes
import YAML

/// Values that somebody stated for a chart or package. What is read is taken out, so that the rest is what nobody read.
struct StatedValues {
  private(set) var rest: Node

  init(_ values: Node) { rest = values }

  /// - Parameters:
  ///   - documents: files of values; of two that say the same the later wins.
  ///   - owner: what they are values of, for messages.
  /// - Throws: a diagnostic if one is no map.
  init(_ documents: [Document], of owner: String) throws(Diagnostics) {
    rest = .map([])
    for document in documents {
      switch document.value {
      case .map: rest.overlay(with: document.value)
      case .null: break
      default:
        throw Diagnostics(
          Diagnostic("values of \(owner) must be a map, not \(document.value.typeName)", at: document.position))
      }
    }
  }

  /// Takes the value at a path out; nothing where there is none, or one that says nothing.
  mutating func take(_ path: String) -> Node? {
    let keys = path.split(separator: ".").map { ByteString(String($0)) }
    guard let value = rest.value(at: keys[...]) else { return nil }
    rest.removeValue(at: keys[...])
    return value.isHollow || value.stringValue?.isEmpty == true ? nil : value
  }

  /// A scalar as text, which stays.
  func value(_ path: String) -> String? {
    let keys = path.split(separator: ".").map { ByteString(String($0)) }
    return rest.value(at: keys[...])?.scalarText
  }

  /// Takes a scalar out, as text.
  mutating func text(_ path: String) -> String? { take(path)?.scalarText }

  /// Takes a switch out.
  mutating func isOn(_ path: String) -> Bool? { text(path).flatMap(goBool) }

  /// Takes a map out; the values of its scalars become texts, as annotations and labels have them.
  mutating func texts(_ path: String) -> Node? {
    guard case .map(let items)? = take(path) else { return nil }
    return .map(items.map { MapItem(key: $0.key, value: $0.value.scalarText.map { .text($0) } ?? $0.value) })
  }

  /// The paths of what is left and says something, in order.
  func paths(below path: String = "") -> [String] {
    let keys = path.split(separator: ".").map { ByteString(String($0)) }
    return rest.value(at: keys[...]).map { Self.paths($0, path) } ?? []
  }

  private static func paths(_ node: Node, _ path: String) -> [String] {
    if node.isHollow || node.stringValue?.isEmpty == true { return [] }
    guard case .map(let items) = node else { return [path] }
    return items.flatMap { item in
      let key = item.key.scalarText ?? "?"
      return paths(item.value, path.isEmpty ? key : "\(path).\(key)")
    }
  }
}

extension Node {
  fileprivate func value(at keys: ArraySlice<ByteString>) -> Node? {
    guard let first = keys.first else { return self }
    return self[first]?.value(at: keys.dropFirst())
  }

  fileprivate mutating func removeValue(at keys: ArraySlice<ByteString>) {
    guard let first = keys.first else { return }
    let rest = keys.dropFirst()
    if rest.isEmpty { self[first] = nil } else { update(first) { $0.removeValue(at: rest) } }
  }
}
