import Files
package import Starlark
import YAML

/// `@ytt:overlay`: overlays on demand, and the matching functions for `@overlay/match by=`.
package enum OverlayModule {
  /// What `load("@ytt:overlay", "overlay")` gives.
  package static func make() -> Module {
    Module(
      "overlay",
      [
        ("apply", .object(Builtin("overlay.apply", apply))),
        ("index", .object(Builtin("overlay.index", index))),
        ("all", .object(EverythingMatcher())),
        ("map_key", .object(Builtin("overlay.map_key", mapKey))),
        ("subset", .object(Builtin("overlay.subset", subset))),
        ("and_op", combination(.and, "overlay.and_op")),
        ("or_op", combination(.or, "overlay.or_op")),
        ("not_op", combination(.not, "overlay.not_op")),
      ])
  }

  private static func index(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    let wanted = try only(arguments, "overlay.index")
    guard case .int(let index) = wanted else {
      throw Failure("overlay.index: expected starlark.Int")
    }
    return .object(IndexMatcher(index))
  }

  private static func mapKey(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    let wanted = try only(arguments, "overlay.map_key")
    guard case .string(let key) = wanted else {
      throw Failure("overlay.map_key: expected a string, but was \(wanted.typeName)")
    }
    return .object(MapKeyMatcher(key))
  }

  private static func subset(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    .object(SubsetMatcher(try Conversion.node(only(arguments, "overlay.subset"))))
  }

  /// A function that makes one matcher of others.
  private static func combination(_ operation: CombinedMatcher.Operation, _ name: ByteString) -> Value {
    .object(
      Builtin(name) { arguments, _ throws(Failure) in
        let count = arguments.positional.count
        guard operation == .not ? count == 1 : count > 0 else {
          throw .argumentCount(name, operation == .not ? "exactly one argument" : "at least one argument")
        }
        return .object(CombinedMatcher(operation, arguments.positional))
      })
  }

  private static func apply(_ arguments: Arguments, _ thread: Thread) throws(Failure) -> Value {
    guard let first = arguments.positional.first else {
      throw .argumentCount("overlay.apply", "at least one argument")
    }
    do throws(Failure) {
      let content: Fragment.Content
      if let documents = Conversion.documents(first) {
        content = .documents(try apply(arguments.positional.dropFirst(), to: documents, thread))
      } else {
        content = .node(try apply(arguments.positional.dropFirst(), to: Conversion.node(first), thread))
      }
      // ytt changes the left fragment itself, and templates may go on using it.
      if case .object(let object) = first, let fragment = object as? Fragment { fragment.content = content }
      return .object(Fragment(content))
    } catch {
      throw error.prefixed("overlay.apply: ")
    }
  }

  private static func apply(
    _ overlays: ArraySlice<Value>, to documents: [Document], _ thread: Thread
  ) throws(Failure) -> [Document] {
    var documents = documents
    for overlay in overlays {
      guard let right = Conversion.documents(overlay) else {
        throw .differentKinds(try Conversion.node(overlay).kindName, "document set")
      }
      documents = try Overlay.apply(left: documents, right: right, thread)
      for index in documents.indices { documents[index].forgetOverlay() }
    }
    return documents
  }

  private static func apply(
    _ overlays: ArraySlice<Value>, to node: Node, _ thread: Thread
  ) throws(Failure) -> Node {
    var node = node
    for overlay in overlays {
      if Conversion.documents(overlay) != nil { throw .differentKinds("document set", node.kindName) }
      node = try Overlay.apply(left: node, right: Conversion.node(overlay), thread)
      node.forgetOverlay()
    }
    return node
  }

  private static func only(_ arguments: Arguments, _ function: ByteString) throws(Failure) -> Value {
    guard arguments.positional.count == 1 else { throw .argumentCount(function, "exactly one argument") }
    return arguments.positional[0]
  }
}

extension Document {
  /// Takes away what the overlay said, so that the result does not act as an overlay itself.
  fileprivate mutating func forgetOverlay() {
    annotations = annotations?.template?.removing(prefix: OverlayAnnotation.prefix)
    value.forgetOverlay()
  }
}

extension Node {
  /// Takes away what the overlay said, and the mark of what was made from Starlark values: all of it is a tree now.
  fileprivate mutating func forgetOverlay(depth: Int = 0) {
    guard depth <= Overlay.maximumDepth else { return }
    switch self {
    case .map(var items):
      self = .null
      for index in items.indices {
        if items[index].position == .fromValue { items[index].position = .none }
        if let annotations = items[index].annotations?.template {
          items[index].annotations = annotations.removing(prefix: OverlayAnnotation.prefix)
        }
        if items[index].value.isCollection { items[index].value.forgetOverlay(depth: depth + 1) }
      }
      self = .map(items)
    case .sequence(var items):
      self = .null
      for index in items.indices {
        if items[index].position == .fromValue { items[index].position = .none }
        if let annotations = items[index].annotations?.template {
          items[index].annotations = annotations.removing(prefix: OverlayAnnotation.prefix)
        }
        if items[index].value.isCollection { items[index].value.forgetOverlay(depth: depth + 1) }
      }
      self = .sequence(items)
    default: break
    }
  }
}

extension Failure {
  fileprivate static func differentKinds(_ wanted: ByteString, _ found: ByteString) -> Failure {
    Failure("Expected \(wanted), but was \(found)")
  }

  fileprivate static func argumentCount(_ function: ByteString, _ wanted: String) -> Failure {
    Failure("\(function): expected \(wanted)")
  }
}
