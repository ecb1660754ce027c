import Files
import Starlark
import YAML

/// What `when=` reads of the values around the one that it is about, to tell whether other values give the same answer.
final class ContextReads {
  /// Where the way to what was read begins.
  enum Base { case parent, root }

  /// What was seen at the end of a way.
  fileprivate enum Seen {
    /// The value, or that there is none.
    case value(Node?)
    /// A map of which nothing else is known.
    case map
  }

  /// What was seen at one place.
  struct Read {
    fileprivate let base: Base
    fileprivate let path: Path
    fileprivate let seen: Seen

    /// Whether the same would be seen in this context.
    fileprivate func holds(from base: Node) -> Bool {
      let found = path.value(from: base)
      return switch seen {
      case .map: if case .map? = found { true } else { false }
      case .value(nil): found == nil
      case .value(let value?): found?.isSame(as: value) ?? false
      }
    }
  }

  /// The keys on the way, the last one first, each with the number of the item that had it.
  fileprivate indirect enum Path {
    case here
    case key(Node, at: Int, in: Path)

    /// What stands at the end of the way.
    func value(from base: Node) -> Node? {
      switch self {
      case .here: return base
      case .key(let key, let index, let outer):
        guard case .map(let items)? = outer.value(from: base) else { return nil }
        if index < items.count, items[index].key.isSameScalar(as: key) { return items[index].value }
        return items.first { $0.key.isSameScalar(as: key) }?.value
      }
    }

    func isSame(as other: Path) -> Bool {
      switch (self, other) {
      case (.here, .here): true
      case (.key(let key, _, let outer), .key(let otherKey, _, let otherOuter)):
        key.isSameScalar(as: otherKey) && outer.isSame(as: otherOuter)
      default: false
      }
    }
  }

  private var reads: [Read] = []

  /// The context as `when=` gets it; what it reads of that is noted here.
  func context(parent: Node, root: Node) -> Value {
    .object(Struct([("parent", value(parent, .parent)), ("root", value(root, .root))]))
  }

  private func value(_ node: Node, _ base: Base) -> Value {
    guard node.isCollection, !Conversion.isFromValue(node) else {
      note(Read(base: base, path: .here, seen: .value(node)))
      return Conversion.value(node)
    }
    return .object(Fragment(.node(node), observedBy: Observer(reads: self, base: base, path: .here, node: node)))
  }

  fileprivate func note(_ read: Read) { reads.append(read) }

  /// Whether the same would be read in this context.
  func hold(parent: Node, root: Node) -> Bool {
    reads.allSatisfy { $0.holds(from: $0.base == .root ? root : parent) }
  }

  /// What was read from the root on.
  var fromRoot: [Read] { reads.filter { $0.base == .root } }

  /// Notes what is read of one fragment.
  struct Observer {
    fileprivate let reads: ContextReads
    fileprivate let base: Base
    fileprivate let path: Path
    fileprivate let node: Node

    /// Somebody looks at more than an item of a map.
    func readsAll() { reads.note(Read(base: base, path: path, seen: .value(node))) }

    /// Somebody asks for a key that is not there.
    func misses(_ key: Node) { reads.note(Read(base: base, path: .key(key, at: .max, in: path), seen: .value(nil))) }

    /// Somebody asks for the item of a map at an index.
    func value(of item: MapItem, at index: Int) -> Value {
      let path = Path.key(item.key, at: index, in: path)
      guard case .map = item.value, !Conversion.isFromValue(item.value) else {
        reads.note(Read(base: base, path: path, seen: .value(item.value)))
        return Conversion.value(item.value)
      }
      reads.note(Read(base: base, path: path, seen: .map))
      let observer = Observer(reads: reads, base: base, path: path, node: item.value)
      return .object(Fragment(.node(item.value), observedBy: observer))
    }
  }
}

extension [ContextReads.Read] {
  /// Whether the same would be read from that root on.
  func hold(root: Node) -> Bool { allSatisfy { $0.holds(from: root) } }

  /// The same without what was seen twice.
  var withoutRepetitions: [ContextReads.Read] {
    var kept: [ContextReads.Read] = []
    for read in self where !kept.contains(where: { $0.says(as: read) }) { kept.append(read) }
    return kept
  }
}

extension ContextReads.Read {
  fileprivate func says(as other: ContextReads.Read) -> Bool {
    guard path.isSame(as: other.path) else { return false }
    return switch (seen, other.seen) {
    case (.map, .map), (.value(nil), .value(nil)): true
    case (.value(let value?), .value(let other?)): value.isSame(as: other)
    default: false
    }
  }
}
