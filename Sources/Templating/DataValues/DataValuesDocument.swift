import Files
package import Starlark
package import YAML

/// A document that gives data values, and how it is put over those before it.
package struct DataValuesDocument {
  /// How a document is combined with the values before it.
  package enum Combination: Sendable, Hashable {
    /// As an overlay: a document annotated `@data/values`.
    case overlay
    /// Maps merge, everything else takes the place of what was there: a plain file.
    case plain
    /// The value that stands so many keys deep takes the place of what was there: `-v a.b=c`.
    case assignment(depth: Int)
  }

  package var document: Document
  package var combination: Combination
  /// The library that the values are for, from the outermost one inwards; empty for the one that is evaluated.
  package var library: [LibraryReference]
  /// Whether they are put over those that the program gives to the library: `after_library_module=True`.
  package var isAfterLibraryModule = false

  package init(_ document: Document, _ combination: Combination, library: [LibraryReference] = []) {
    self.document = document
    self.combination = combination
    self.library = library
  }

  /// Takes a document annotated `@data/values`.
  package init(annotated document: Document) throws(Failure) {
    let annotations = document.annotations?.template
    self.init(document, .overlay, library: try LibraryReference.parse(annotations))
    for argument in annotations?["data/values"]?.arguments.keyword ?? [] {
      guard argument.name == "after_library_module" else {
        throw Failure("Unknown kwarg \(argument.name) for annotation data/values")
      }
      isAfterLibraryModule = try argument.value.requireBool()
      if library.isEmpty {
        throw Failure(
          "Annotation data/values: Expected kwarg 'after_library_module' to be used with library/ref annotation")
      }
    }
  }

  /// What it is called where nobody used it.
  package var label: String {
    "Data Value belonging to library '@\(library.map(\.text).joined(separator: "@"))' on line \(document.position)"
  }
}
