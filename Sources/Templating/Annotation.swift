package import Files
package import Starlark
package import YAML

/// What a template said about a node, in the order written.
///
/// Holds values of one evaluation, so a tree with annotations stays on the thread that made it.
package final class NodeAnnotations: Annotations, @unchecked Sendable {
  package let list: [Annotation]

  package init(_ list: [Annotation]) { self.list = list }

  /// The annotation of that name; of several the last.
  package subscript(name: ByteString) -> Annotation? { list.last { $0.name == name } }

  /// Those whose name does not begin with `prefix`; nothing if none is left.
  package func removing(prefix: ByteString) -> NodeAnnotations? {
    let rest = list.filter { !$0.name.hasPrefix(prefix) }
    if rest.count == list.count { return self }
    return rest.isEmpty ? nil : NodeAnnotations(rest)
  }
}

/// One annotation of a node, its arguments evaluated.
package struct Annotation {
  /// The name without `@`: `overlay/match`.
  package var name: ByteString
  package var arguments: Arguments
  /// Where it stands.
  package var position: Position

  package init(name: ByteString, arguments: Arguments, position: Position) {
    self.name = name
    self.arguments = arguments
    self.position = position
  }
}

extension Annotations {
  /// What the template said.
  package var template: NodeAnnotations? { self as? NodeAnnotations }
}
