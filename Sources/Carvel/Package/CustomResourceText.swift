package import Files
package import YAML

/// The YAML text of a custom resource, as Kubernetes' own tools write it: keys sorted by their bytes, long lines folded
/// behind column 80.
package enum CustomResourceText {
  /// The text of `node`.
  package static func text(_ node: Node) -> ByteString {
    var printer = Printer(out: ByteBuffer(), lineWidth: 80)
    if case .map(let items) = sorted(node) {
      for item in items {
        printer.printKey(item.key.text, 0)
        printer.printValue(item.value, 0)
      }
    }
    return printer.finish()
  }

  /// The same with the keys of all maps sorted.
  package static func sorted(_ node: Node) -> Node {
    switch node {
    case .map(let items):
      let sorted = items.sorted { $0.key.text < $1.key.text }
      return .map(sorted.map { MapItem(key: $0.key, value: self.sorted($0.value)) })
    case .sequence(let items): return .sequence(items.map { SequenceItem(self.sorted($0.value)) })
    default: return node
    }
  }
}

extension Node {
  fileprivate var text: ByteString {
    if case .string(let text) = self { return text }
    return .empty
  }
}
