import Files

/// The anchors of one document.
struct Anchors: ~Copyable {
  /// One node that aliases may stand for.
  struct Anchor {
    /// The node; nothing until it has been read to its end.
    var node: Node?
    /// How many nodes it has, those behind its aliases included.
    var nodes = 0
  }

  private var list: [Anchor] = []
  private var byName: [ByteString: Int] = [:]

  /// Forgets all.
  mutating func removeAll() {
    if list.isEmpty { return }
    list.removeAll()
    byName.removeAll()
  }

  /// An anchor whose node begins; from now on its name means this one.
  mutating func begin(_ name: ByteString) -> Int {
    list.append(Anchor())
    byName[name] = list.count - 1
    return list.count - 1
  }

  /// The anchor's node has been read.
  mutating func finish(_ index: Int, _ node: Node, nodes: Int) {
    list[index] = Anchor(node: node, nodes: nodes)
  }

  /// The anchor that `name` means now.
  subscript(name: ByteString) -> Anchor? { byName[name].map { list[$0] } }
}
