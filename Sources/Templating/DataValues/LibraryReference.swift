package import Files
package import Starlark

/// One step on the way to a library: `@path`, `@~alias` or `@path~alias`.
package struct LibraryReference: Sendable, Hashable {
  package var path: ByteString
  /// Empty if there is none.
  package var alias: ByteString

  package init(path: ByteString, alias: ByteString = .empty) {
    self.path = path
    self.alias = alias
  }

  /// Whether it means a library that was loaded as `library`. Without an alias every instance of a path is meant.
  package func matches(_ library: LibraryReference) -> Bool {
    if alias.isEmpty { return path == library.path }
    return alias == library.alias && (path.isEmpty || path == library.path)
  }

  /// As it is written, without `@`.
  package var text: String { alias.isEmpty ? path.text : "\(path)~\(alias)" }

  /// Reads `@one@two~alias`.
  package static func parse(_ text: ByteString) throws(Failure) -> [LibraryReference] {
    if text.isEmpty { throw Failure("Expected library ref to not be empty") }
    guard text.hasPrefix("@") else { throw Failure("Expected library ref to start with '@'") }
    var references: [LibraryReference] = []
    for piece in text[1..<text.count].split(at: UInt8(ascii: "@")) {
      let parts = piece.split(at: UInt8(ascii: "~"))
      switch parts.count {
      case 1: references.append(LibraryReference(path: parts[0]))
      case 2:
        if parts[1].isEmpty { throw Failure("Expected library alias to not be empty") }
        references.append(LibraryReference(path: parts[0], alias: parts[1]))
      default:
        throw Failure("Expected library ref to have form: '@path', '@~alias', or '@path~alias', got: '\(text)'")
      }
    }
    return references
  }

  /// What `@library/ref` of a document says; nothing if it is not there.
  package static func parse(_ annotations: NodeAnnotations?) throws(Failure) -> [LibraryReference] {
    guard let annotation = annotations?["library/ref"] else { return [] }
    let arguments = annotation.arguments.positional
    guard arguments.count == 1 else {
      throw Failure("Expected library/ref annotation to have one arg, got \(arguments.count)")
    }
    guard case .string(let text) = arguments[0] else {
      throw Failure("expected a string, but was \(arguments[0].typeName)")
    }
    do throws(Failure) {
      return try parse(text)
    } catch {
      throw error.prefixed("Annotation library/ref: ")
    }
  }
}
