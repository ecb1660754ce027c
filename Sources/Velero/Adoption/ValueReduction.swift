import Files
import Kubernetes
import YAML

/// Takes away, key by key, what values need not say.
struct ValueReduction {
  /// Keys that stay although they may follow: an environment must not change its release or provider because a
  /// default does.
  private static let kept: Set<String> = ["provider", "velero", "velero.version"]
  /// Lists whose entries are maps with keys of the schema.
  private static let lists: Set<String> = ["extraBackupStorage", "extraSnapshotStorage"]

  /// Whether values render what is to be rendered.
  let isEnough: (Node) -> Bool
  private var root: Node

  /// - Parameter values: values that are enough. Their keys are tried in their order: of two that follow from each
  ///   other, the later one stays.
  static func reduce(_ values: Node, isEnough: @escaping (Node) -> Bool) -> Node {
    var reduction = ValueReduction(isEnough: isEnough, root: values)
    reduction.visit([])
    return reduction.root
  }

  private init(isEnough: @escaping (Node) -> Bool, root: Node) {
    self.isEnough = isEnough
    self.root = root
  }

  /// A step down: a key of a map, or the place of an entry.
  fileprivate enum Step {
    case key(ByteString)
    case entry(Int)
  }

  private mutating func visit(_ path: [Step]) {
    guard let node = root.node(at: path[...]) else { return }
    if case .sequence(let items) = node {
      for index in items.indices { visit(path + [.entry(index)]) }
      return
    }
    for item in node.mapItems {
      guard let key = item.key.stringValue else { continue }
      let below = path + [.key(key)]
      let name = Self.name(below)
      if !Self.kept.contains(name), remove(below) { continue }
      switch item.value {
      case .map: visit(below)
      case .sequence where Self.lists.contains(name): visit(below)
      default: break
      }
    }
  }

  /// Removes what stands at a path, if the rest is enough.
  private mutating func remove(_ path: [Step]) -> Bool {
    var shorter = root
    shorter.remove(at: path[...])
    guard isEnough(shorter) else { return false }
    root = shorter
    return true
  }

  private static func name(_ path: [Step]) -> String {
    path.compactMap { step in
      if case .key(let key) = step { return key.text }
      return nil
    }.joined(separator: ".")
  }
}

extension Node {
  fileprivate func node(at path: ArraySlice<ValueReduction.Step>) -> Node? {
    guard let first = path.first else { return self }
    switch first {
    case .key(let key): return self[key]?.node(at: path.dropFirst())
    case .entry(let index):
      let values = listValues
      return values.indices.contains(index) ? values[index].node(at: path.dropFirst()) : nil
    }
  }

  fileprivate mutating func remove(at path: ArraySlice<ValueReduction.Step>) {
    guard let first = path.first else { return }
    let rest = path.dropFirst()
    switch first {
    case .key(let key) where rest.isEmpty: self[key] = nil
    case .key(let key): update(key) { $0.remove(at: rest) }
    case .entry(let index):
      guard case .sequence(var items) = self, items.indices.contains(index) else { return }
      items[index].value.remove(at: rest)
      self = .sequence(items)
    }
  }
}
