package import Files
package import YAML

/// CustomResourceDefinitions that belong together: those of a release, of a cluster, or of some files.
package struct DefinitionSet: Sendable {
  /// Sorted by name.
  package let definitions: [CustomResourceDefinition]

  /// Takes definitions of different names.
  package init(_ definitions: [CustomResourceDefinition] = []) {
    self.definitions = definitions.sorted { $0.name < $1.name }
  }

  /// Reads all definitions among `documents`; lists are looked into, other objects are passed over.
  /// - Throws: what is wrong with any of them, and each one that stands there twice.
  package init(documents: [Document]) throws(Diagnostics) {
    var diagnostics = Diagnostics()
    var found: [CustomResourceDefinition] = []
    for document in documents {
      for object in ListedObject.objects(of: document) where CustomResourceDefinition.isDefinition(object.content) {
        do throws(Diagnostics) {
          let definition = try CustomResourceDefinition(object.content, at: object.position)
          if let other = found.first(where: { $0.name == definition.name }) {
            diagnostics.append(.twice(definition, other))
          } else {
            found.append(definition)
          }
        } catch {
          diagnostics.append(contentsOf: error)
        }
      }
    }
    try diagnostics.throwIfErrors()
    self.init(found)
  }

  /// The definition of that name.
  package func definition(_ name: ByteString) -> CustomResourceDefinition? { definitions.first { $0.name == name } }

  /// The definition of a kind of a group.
  package func definition(group: ByteString, kind: ByteString) -> CustomResourceDefinition? {
    definitions.first { $0.group == group && $0.names.kind == kind }
  }
}

/// An object that stands in a document by itself or as an item of a list (`kind: List`, `BackupList`).
package struct ListedObject: Sendable {
  package let content: Node
  /// Where its first key stands.
  package let position: Position

  /// The objects of a document; none if it is empty.
  package static func objects(of document: Document) -> [ListedObject] {
    if case .null = document.value { return [] }
    guard case .map(let items) = document.value, let kind = items.item("kind")?.value.stringValue,
      kind.hasSuffix("List"), case .sequence(let members)? = items.item("items")?.value
    else { return [ListedObject(content: document.value, position: place(document.value, document.position))] }
    return members.map { ListedObject(content: $0.value, position: place($0.value, $0.position)) }
  }

  private static func place(_ node: Node, _ outer: Position) -> Position {
    if case .map(let items) = node, let first = items.first { return first.position }
    return outer
  }
}

extension Diagnostic {
  fileprivate static func twice(
    _ definition: CustomResourceDefinition, _ other: CustomResourceDefinition
  ) -> Diagnostic {
    Diagnostic(
      "the CustomResourceDefinition '\(definition.name)' stands here twice", at: SourceRange(definition.position),
      notes: [Diagnostic.Note("the other one", at: SourceRange(other.position))], hint: "name one of both only")
  }
}
