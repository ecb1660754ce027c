package import Files
package import YAML

/// Objects of one cluster, each once, in the order in which they can be applied.
package struct ObjectSet: Sendable {
  package let objects: [KubernetesObject]

  /// Takes the objects of rendered documents. Empty documents say nothing and are skipped; the items of a `List` count
  /// as if they were documents.
  /// - Throws: what is wrong with every document that is no object, and every object that occurs twice.
  package init(documents: some Sequence<Document>) throws(Diagnostics) {
    try self.init(Self.objects(in: documents))
  }

  /// The objects of rendered documents, in their order.
  /// - Throws: what is wrong with every document that is no object.
  package static func objects(in documents: some Sequence<Document>) throws(Diagnostics) -> [KubernetesObject] {
    var diagnostics = Diagnostics()
    var objects: [KubernetesObject] = []
    for document in documents {
      collect(document.value, position: document.position, into: &objects, &diagnostics)
    }
    try diagnostics.throwIfErrors()
    return objects
  }

  /// Takes objects that are in order and of which none occurs twice, as is known of others of the same identities.
  package init(inOrder objects: [KubernetesObject]) { self.objects = objects }

  /// Takes objects in any order.
  /// - Throws: a diagnostic for every object whose identity another one has.
  package init(_ objects: [KubernetesObject]) throws(Diagnostics) {
    var diagnostics = Diagnostics()
    let orders = objects.map { ApplyOrder($0) }
    self.objects = objects.indices.sorted { orders[$0] < orders[$1] }.map { objects[$0] }
    for (one, next) in zip(self.objects, self.objects.dropFirst()) where one.identity == next.identity {
      diagnostics.append(.duplicate(next, of: one))
    }
    try diagnostics.throwIfErrors()
  }

  /// The object with that identity.
  package subscript(identity: ObjectIdentity) -> KubernetesObject? {
    objects.first { $0.identity == identity }
  }

  private static func collect(
    _ node: Node, position: Position, into objects: inout [KubernetesObject], _ diagnostics: inout Diagnostics
  ) {
    if case .null = node { return }
    if case .map(let items) = node, items.item("kind")?.value.stringValue == "List",
      items.item("apiVersion")?.value.stringValue == "v1", case .sequence(let list)? = items.item("items")?.value
    {
      for item in list {
        if item.value.value(at: "kind")?.stringValue == "List" {
          diagnostics.append(.listInList(at: item.position))
        } else {
          collect(item.value, position: item.position, into: &objects, &diagnostics)
        }
      }
      return
    }
    do {
      objects.append(try KubernetesObject(node, position: position))
    } catch {
      diagnostics.append(contentsOf: error)
    }
  }
}

extension Diagnostic {
  fileprivate static func duplicate(_ object: KubernetesObject, of first: KubernetesObject) -> Diagnostic {
    let (one, other) = first.position.offset <= object.position.offset ? (first, object) : (object, first)
    return Diagnostic(
      "\(object.identity) is rendered twice", at: SourceRange(other.position),
      notes: [Note("it is rendered first here", at: SourceRange(one.position))],
      hint: "rename one of them, remove one with an overlay, or merge them")
  }

  fileprivate static func listInList(at position: Position) -> Diagnostic {
    Diagnostic("a List holds another List", at: position, hint: "list the objects themselves")
  }
}
