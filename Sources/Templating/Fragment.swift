package import Files
package import Starlark
package import YAML

/// A `yamlfragment`: what a template's function with a YAML body returns, and what overlays hand to functions.
///
/// The tree inside is a value: who takes it out and changes it does not change the fragment.
package final class Fragment: Object {
  /// What a fragment holds.
  package enum Content {
    /// A map or a sequence; null where a function produced nothing; a scalar where one was overlaid.
    case node(Node)
    /// The documents of a function whose body holds `---`.
    case documents([Document])
  }

  package var content: Content {
    get {
      observer?.readsAll()
      return held
    }
    set {
      held = newValue
      knownExtent = nil
      observer = nil
    }
  }

  private var held: Content
  /// Whoever wants to know what is read of it.
  private var observer: ContextReads.Observer?
  private var knownExtent: Extent?

  /// How large the trees in it are.
  var extent: Extent {
    if let knownExtent { return knownExtent }
    var extent = Extent()
    switch content {
    case .node(let node): extent = Extent(of: node)
    case .documents(let documents):
      for document in documents { extent.include(Extent(of: document.value)) }
    }
    knownExtent = extent
    return extent
  }

  package init(_ content: Content) { held = content }

  init(_ content: Content, observedBy observer: ContextReads.Observer) {
    held = content
    self.observer = observer
  }

  package override var typeName: ByteString { "yamlfragment" }
  package override var truth: Bool { (count ?? 0) > 0 }

  package override func writeRepr(into out: inout Output) {
    out.append("yamlfragment(")
    switch content {
    case .documents: out.append("*yamlmeta.DocumentSet")
    case .node(.map): out.append("*yamlmeta.Map")
    case .node(.sequence): out.append("*yamlmeta.Array")
    case .node(let scalar): out.append(ByteString(scalar.goTypeName))
    }
    out.append(")")
  }

  package override var count: Int? {
    switch content {
    case .documents(let documents): documents.count
    case .node(.map(let items)): items.count
    case .node(.sequence(let items)): items.count
    case .node: 0
    }
  }

  /// The value of a key, or the item at an index from 0; nothing there is nothing found.
  private func find(_ index: Value) throws(Failure) -> Value? {
    if case .node(.map(let items)) = held {
      let key = try Conversion.node(index)
      guard let number = items.firstIndex(where: { $0.key.isSameScalar(as: key) }) else {
        observer?.misses(key)
        return nil
      }
      return observer?.value(of: items[number], at: number) ?? Conversion.value(items[number].value)
    }
    switch content {
    case .node(.sequence(let items)):
      guard let position = try position(index, "array") else { return nil }
      return items.indices.contains(position) ? Conversion.value(items[position].value) : nil
    case .documents(let documents):
      guard let position = try position(index, "document set") else { return nil }
      return documents.indices.contains(position) ? Conversion.value(documents[position].value) : nil
    case .node:
      return nil
    }
  }

  private func position(_ index: Value, _ kind: StaticString) throws(Failure) -> Int? {
    guard case .int(let number) = index else {
      throw Failure("yamlfragment.Get: Expected \(kind) index to be an int64, but was \(index.typeName)")
    }
    return Int(exactly: number)
  }

  package override func element(at index: Value) throws(Failure) -> Value? {
    guard let value = try find(index) else {
      throw Failure("key \(index.repr) not in yamlfragment")
    }
    return value
  }

  package override func setElement(_ value: Value, at index: Value) throws(Failure) -> Bool {
    throw Failure("yamlfragment.SetKey: Not implemented")
  }

  package override func contains(_ value: Value) throws(Failure) -> Bool? { try find(value) != nil }

  package override func isEqual(to other: Object, depth: Int) throws(Failure) -> Bool? {
    throw Failure("yamlfragment.CompareSameType: Not implemented")
  }

  package override var isIterable: Bool { true }

  package override func makeIterator() throws(Failure) -> ValueIterator? {
    switch content {
    case .documents(let documents): NodeIterator(documents.count) { documents[$0].value }
    case .node(.map(let items)): NodeIterator(items.count) { items[$0].key }
    case .node(.sequence(let items)): NodeIterator(items.count) { items[$0].value }
    case .node: NodeIterator(0) { _ in .null }
    }
  }

  package override func items() throws(Failure) -> [(key: Value, value: Value)]? {
    switch content {
    case .node(.map(let items)): items.map { (Conversion.value($0.key), Conversion.value($0.value)) }
    case .node(.null): []
    default: nil
    }
  }
}

/// How large a tree is.
struct Extent {
  /// How many levels deep maps and sequences are nested in it.
  var height = 0
  /// How many items its maps and sequences hold, those that are shared counted each time.
  var items = 0

  init() {}

  init(of node: Node) {
    switch node {
    case .map(let items):
      for item in items where item.value.isCollection { include(Extent(of: item.value)) }
      enter(items.count)
    case .sequence(let items):
      for item in items where item.value.isCollection { include(Extent(of: item.value)) }
      enter(items.count)
    default: break
    }
  }

  mutating func include(_ other: Extent) {
    height = max(height, other.height)
    items += other.items
  }

  private mutating func enter(_ count: Int) {
    height += 1
    items += count
  }
}

extension Value {
  /// Whether it is a `yamlfragment`.
  var isFragment: Bool {
    if case .object(let object) = self { object is Fragment } else { false }
  }
}

/// Walks over nodes, each as a value.
private final class NodeIterator: ValueIterator {
  private let count: Int
  private let node: (Int) -> Node
  private var index = 0

  init(_ count: Int, _ node: @escaping (Int) -> Node) {
    self.count = count
    self.node = node
  }

  override func next() throws(Failure) -> Value? {
    guard index < count else { return nil }
    defer { index += 1 }
    return Conversion.value(node(index))
  }
}
