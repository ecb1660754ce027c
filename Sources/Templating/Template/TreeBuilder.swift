import Files
import Starlark
import YAML

/// Builds the tree of one run of a template, or of one call of a function whose body is YAML.
///
/// Nodes open one inside the other. A node stays open until one opens that is not in it: only then does it go into its
/// parent, because its value, or what replaces it, is computed while it is open.
final class TreeBuilder {
  let template: Template

  /// A node under construction.
  struct Entry {
    var tag: Int32
    /// Whether it is the collection that a function's body begins with, around the first node.
    var isRoot = false
    var key: Node = .null
    var annotations: NodeAnnotations?
    var value: Node = .null
    /// Whether the value was computed, and not by YAML: then it is printed even if it is empty.
    var isComputed = false
    var mapItems: [MapItem] = []
    var sequenceItems: [SequenceItem] = []
    var documents: [Document] = []
    /// The keys of `mapItems` that are strings, kept once there are many.
    var keys: Set<ByteString>?
    /// What stands in its place: see `replace`.
    var replacement: Replacement?
  }

  enum Replacement {
    case mapItems([MapItem])
    case sequenceItems([SequenceItem])
    case documents([Document])
  }

  var open: [Entry] = []
  /// How many more nodes this run or call may make.
  var budget: Int
  private var pendingAnnotations: [(tag: Int32, list: [Annotation])] = []
  private var pendingKeys: [(tag: Int32, key: Node)] = []

  /// - Parameter nodes: the most nodes that may be made, those of values that are put in included.
  init(_ template: Template, nodes: Int) {
    self.template = template
    budget = nodes
  }

  func blueprint(_ tag: Int32) -> Template.Blueprint { template.nodes[Int(tag)] }

  // MARK: Operations

  /// Remembers an annotation for the next node `tag`; of two with one name the later stays.
  func annotate(_ tag: Int32, _ annotation: Annotation) {
    guard let index = pendingAnnotations.firstIndex(where: { $0.tag == tag }) else {
      pendingAnnotations.append((tag, [annotation]))
      return
    }
    pendingAnnotations[index].list.removeAll { $0.name == annotation.name }
    pendingAnnotations[index].list.append(annotation)
  }

  func setKey(_ tag: Int32, _ key: Node) { pendingKeys.append((tag, key)) }

  func open(_ tag: Int32) throws(Failure) {
    let node = blueprint(tag)
    try count(1)
    try makeCurrent(node.parent, for: tag)
    var entry = Entry(tag: tag, key: node.key)
    if let index = pendingAnnotations.firstIndex(where: { $0.tag == tag }) {
      entry.annotations = NodeAnnotations(pendingAnnotations.remove(at: index).list)
    }
    if let index = pendingKeys.firstIndex(where: { $0.tag == tag }) {
      entry.key = pendingKeys.remove(at: index).key
    }
    if case .literal(let value) = node.content { entry.value = value }
    if node.kind == .mapItem {
      let overrides = template.overridesMapKeys || entry.annotations?[Template.mapKeyOverride] != nil
      try admit(entry.key, overrides: overrides)
    }
    open.append(entry)
  }

  func setValue(_ value: Value) throws(Failure) {
    guard let top = open.indices.last else { throw .nothingOpen }
    if Conversion.documents(value) != nil {
      let kind = blueprint(open[top].tag).kind
      let wanted = kind == .sequenceItem ? "maps, arrays, or scalars" : "arrays, maps, or scalars"
      throw Failure("\(kind.name)s can only contain \(wanted); this is a document set")
    }
    open[top].value = try Conversion.node(value, &budget)
    open[top].isComputed = !value.isFragment
  }

  func setValue(text: ByteString) throws(Failure) {
    guard let top = open.indices.last else { throw .nothingOpen }
    open[top].value = .string(text)
  }

  func add(_ items: [MapItem], to tag: Int32) throws(Failure) {
    try makeCurrent(tag, for: nil, kind: .mapItem)
    try count(items.count)
    let top = open.count - 1
    if open[top].mapItems.isEmpty && MapKeys.firstDuplicate(in: items) == nil {
      open[top].mapItems = items
      return
    }
    for item in items {
      try admit(item.key, overrides: template.overridesMapKeys)
      append(item, to: top)
    }
  }

  func add(_ items: [SequenceItem], to tag: Int32) throws(Failure) {
    try makeCurrent(tag, for: nil, kind: .sequenceItem)
    try count(items.count)
    open[open.count - 1].sequenceItems += items
  }

  func add(_ documents: [Document], to tag: Int32) throws(Failure) {
    try makeCurrent(tag, for: nil, kind: .document)
    try count(documents.count)
    open[open.count - 1].documents += documents
  }

  /// Closes everything; the value of the whole, nothing if no node was opened.
  func finish() -> Fragment.Content? {
    guard let root = open.first else { return nil }
    close(downTo: 1)
    let entry = open[0]
    open = []
    switch blueprint(root.tag).content {
    case .documents: return .documents(entry.documents)
    case .map: return .node(.map(entry.mapItems))
    case .sequence: return .node(.sequence(entry.sequenceItems))
    case .computed, .literal: return .node(entry.value)
    }
  }

  private func count(_ nodes: Int) throws(Failure) {
    budget -= nodes
    if budget < 0 { throw .tooManyNodes }
  }

  // MARK: Opening and closing

  /// Closes nodes until `parent` is the innermost open one, ready for `tag` or for items of that kind.
  private func makeCurrent(
    _ parent: Int32, for tag: Int32?, kind: Template.Blueprint.Kind? = nil
  ) throws(Failure) {
    if open.isEmpty {
      open.append(Entry(tag: parent, isRoot: true))
      return
    }
    if open[open.count - 1].tag == parent { return }
    let depth = blueprint(parent).depth
    var index = open.count - 1
    while index > 0, blueprint(open[index].tag).depth > depth { index -= 1 }
    if open[index].tag != parent {
      index = try commonAncestor(of: parent, kind ?? tag.map { blueprint($0).kind } ?? .document)
    }
    close(downTo: index + 1)
  }

  /// Where code skipped the node that `parent` stands for, its content goes to the nearest open node around it, as
  /// ytt has it, provided that it can hold such content.
  private func commonAncestor(of parent: Int32, _ kind: Template.Blueprint.Kind) throws(Failure) -> Int {
    var ancestors: [Int32] = []
    var tag = open[open.count - 1].tag
    while tag >= 0 {
      ancestors.append(tag)
      tag = blueprint(tag).parent
    }
    var common = parent
    while common >= 0, !ancestors.contains(common) { common = blueprint(common).parent }
    guard let index = open.firstIndex(where: { $0.tag == common }) else { throw .unbalanced }
    switch (blueprint(common).content, kind) {
    case (.documents, .document), (.map, .mapItem), (.sequence, .sequenceItem): return index
    case (.map, _): throw Failure("maps can only contain map items; this is a \(kind.name)")
    case (.sequence, _): throw Failure("arrays can only contain array items; this is a \(kind.name)")
    default: throw Failure("document sets can only contain documents; this is a \(kind.name)")
    }
  }

  private func close(downTo count: Int) {
    while open.count > count {
      let entry = open.removeLast()
      close(entry, into: open.count - 1)
    }
  }

  private func close(_ entry: Entry, into parent: Int) {
    switch entry.replacement {
    case .mapItems(let items)?:
      for item in items { append(item, to: parent) }
      return
    case .sequenceItems(let items)?:
      open[parent].sequenceItems += items
      return
    case .documents(let documents)?:
      open[parent].documents += documents
      return
    case nil: break
    }
    let node = blueprint(entry.tag)
    let value: Node =
      switch node.content {
      case .map: .map(entry.mapItems)
      case .sequence: .sequence(entry.sequenceItems)
      default: entry.value
      }
    switch node.kind {
    case .mapItem:
      append(
        MapItem(key: entry.key, value: value, position: node.position, annotations: entry.annotations), to: parent)
    case .sequenceItem:
      open[parent].sequenceItems.append(
        SequenceItem(value, position: node.position, annotations: entry.annotations))
    case .document, .documentSet:
      var document = Document(value, position: node.position, annotations: entry.annotations)
      document.isKeptEmpty = entry.isComputed
      open[parent].documents.append(document)
    }
  }

  // MARK: Keys

  /// The most items that are searched one by one.
  private static let searched = 12

  private func append(_ item: MapItem, to index: Int) {
    open[index].mapItems.append(item)
    if open[index].keys != nil, case .string(let key) = item.key { open[index].keys?.insert(key) }
  }

  /// Makes sure that the innermost open map does not have `key`: takes away the item that has it, or fails.
  private func admit(_ key: Node, overrides: Bool) throws(Failure) {
    try admit(key, to: open.count - 1, overrides: overrides)
  }

  func admit(_ key: Node, to index: Int, overrides: Bool) throws(Failure) {
    if case .string(let text) = key, open[index].mapItems.count > Self.searched {
      if open[index].keys == nil {
        open[index].keys = Set(
          open[index].mapItems.compactMap { if case .string(let key) = $0.key { key } else { nil } })
      }
      guard open[index].keys?.contains(text) == true else { return }
    }
    guard let found = open[index].mapItems.firstIndex(where: { $0.key.isSameScalar(as: key) }) else { return }
    guard overrides else { throw .repeatedKey(key) }
    open[index].mapItems.remove(at: found)
    if case .string(let text) = key { open[index].keys?.remove(text) }
  }
}

extension Template.Blueprint.Kind {
  /// What people call it; the names are those of ytt's messages.
  var name: String {
    switch self {
    case .documentSet: "document set"
    case .document: "document"
    case .mapItem: "map item"
    case .sequenceItem: "array item"
    }
  }
}

extension Failure {
  static func repeatedKey(_ key: Node) -> Failure {
    Failure(
      "expected key '\(key.keyText)' to not be specified again "
        + "(unless '\(Template.mapKeyOverride)' annotation is added)")
  }

  fileprivate static var unbalanced: Failure {
    Failure(
      "a function's YAML has to be in one collection",
      hint: "indent all that belongs to the function as much as its first node")
  }

  /// More nodes than one value or template may have.
  static var tooManyNodes: Failure {
    Failure(
      "too many map and array items for one value: does a loop never end?", hint: "allow more with --max-nodes")
  }

  fileprivate static var nothingOpen: Failure { Failure("there is no node here to give a value to") }
}
