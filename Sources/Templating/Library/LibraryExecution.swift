import Files
import Starlark
import YAML

/// Data values addressed to libraries below the one that is evaluated.
final class AddressedValues {
  let values: DataValuesDocument
  /// The steps that are left.
  let path: ArraySlice<LibraryReference>
  /// Whether a library took it.
  private(set) var isUsed = false

  init(_ values: DataValuesDocument, path: ArraySlice<LibraryReference>) {
    self.values = values
    self.path = path
  }

  convenience init(_ values: DataValuesDocument) { self.init(values, path: values.library[...]) }

  /// What a library gets of it: the document for itself, or for one below it; nothing if it is not meant.
  func taken(by library: LibraryReference) -> AddressedValues? {
    guard let first = path.first else {
      isUsed = true
      return AddressedValues(values, path: [])
    }
    guard first.matches(library) else { return nil }
    isUsed = true
    return AddressedValues(values, path: path.dropFirst())
  }
}

/// A schema addressed to libraries below the one that is evaluated.
final class AddressedSchema {
  let document: Document
  let library: [LibraryReference]
  let path: ArraySlice<LibraryReference>
  private(set) var isUsed = false

  init(_ document: Document, library: [LibraryReference], path: ArraySlice<LibraryReference>) {
    self.document = document
    self.library = library
    self.path = path
  }

  /// As for data values.
  func taken(by library: LibraryReference) -> AddressedSchema? {
    guard let first = path.first else {
      isUsed = true
      return AddressedSchema(document, library: self.library, path: [])
    }
    guard first.matches(library) else { return nil }
    isUsed = true
    return AddressedSchema(document, library: self.library, path: path.dropFirst())
  }

  /// What it is called where nobody used it.
  var label: String {
    "Schema belonging to library '@\(library.map(\.text).joined(separator: "@"))' on line \(document.position)"
  }
}

/// Evaluates one library, which may be the whole of the files given: schema, then values, then templates, then
/// overlays.
struct LibraryExecution {
  let rendering: RenderingRun
  let directory: Directory
  let options: TemplateOptions
  let skipsValidation: Bool

  static let valuesAnnotation: ByteString = "data/values"
  static let schemaAnnotation: ByteString = "data/values-schema"

  /// What an evaluation gave.
  struct Result {
    /// The documents of each file, in the order of the files.
    var files: [(path: ByteString, documents: [Document])] = []
    var texts: [(path: ByteString, text: ByteString)] = []
    /// The global values of library files.
    var exports: [(path: ByteString, exports: Exports)] = []

    var documents: [Document] { files.flatMap(\.documents) }
  }

  private func loader() -> TemplateLoader {
    TemplateLoader(rendering, options, skipsValidation: skipsValidation, values: Document(.map([])))
  }

  // MARK: Schema

  /// The schema of the library's own files, with `overlays` over it; and schemas that its files address to others.
  func schema(overlays: [AddressedSchema]) throws(Failure) -> (Schema, [AddressedSchema]) {
    let files = try marked(Self.schemaAnnotation)
    var order = files.map(\.input.path.text)
    if !overlays.isEmpty { order.append("additional data value schema") }
    var own: [Document] = []
    var addressed: [AddressedSchema] = []
    do throws(Failure) {
      for file in files {
        for document in try documents(of: file, Self.schemaAnnotation, "schema", "schema") {
          let library = try LibraryReference.parse(document.annotations?.template)
          if library.isEmpty {
            own.append(document)
          } else {
            addressed.append(AddressedSchema(document, library: library, path: library[...]))
          }
        }
      }
    } catch {
      throw error.prefixed(
        ByteString("Overlaying data values schema (in following order: \(order.joined(separator: ", "))): "))
    }
    own += overlays.map(\.document)
    return (try DataValues.schema(own, order: order, rendering.thread), addressed)
  }

  /// The schema of the library's own files, from what renderings share where they share one; and schemas that its files
  /// address to others.
  func schema() throws(Failure) -> (Schema, [AddressedSchema]) {
    guard let schema = rendering.shared?.schema(rendering.input) else { return try schema(overlays: []) }
    _ = try marked(Self.schemaAnnotation)
    return (schema, [])
  }

  // MARK: Values

  /// The final data values; and values that the library's files address to others.
  func values(
    overlays: [DataValuesDocument], schema: Schema
  ) throws(Failure) -> (Document, [AddressedValues]) {
    let files = try marked(Self.valuesAnnotation)
    var order = files.map(\.input.path.text)
    if !overlays.isEmpty { order.append("additional data values") }
    var own: [DataValuesDocument] = []
    var addressed: [AddressedValues] = []
    do throws(Failure) {
      for file in files {
        for document in try documents(of: file, Self.valuesAnnotation, "data values", "data values") {
          let values = try DataValuesDocument(annotated: document)
          if values.library.isEmpty { own.append(values) } else { addressed.append(AddressedValues(values)) }
        }
      }
    } catch {
      throw error.prefixed(
        ByteString("Overlaying data values (in following order: \(order.joined(separator: ", "))): "))
    }
    let shared = rendering.shared?.shares(schema) == true ? rendering.shared?.values : nil
    let values = try DataValues.merge(
      own + overlays, schema: schema, order: order, rendering.thread, sharing: shared)
    if !skipsValidation { try rendering.validate(values, schema) }
    return (values, addressed)
  }

  /// The YAML templates that have documents with the annotation; they make no output from now on.
  private func marked(_ annotation: ByteString) throws(Failure) -> [Directory.File] {
    var found: [Directory.File] = []
    for (_, file) in directory.accessibleFiles() where file.input.kind == .yaml && file.input.isTemplate {
      do throws(Diagnostics) {
        guard try file.input.unit.hasDocument(annotated: annotation, isStrict: options.isStrict) else { continue }
      } catch {
        throw Failure(ByteString(error.list.first?.message ?? ""), cause: .diagnostics(error))
      }
      file.isForOutput = false
      found.append(file)
    }
    return found.sorted { $0.order < $1.order }
  }

  /// The documents of a file that have the annotation; the file may hold no others.
  private func documents(
    of file: Directory.File, _ annotation: ByteString, _ fileKind: String, _ documentKind: String
  ) throws(Failure) -> [Document] {
    let result: TemplateLoader.Result
    do throws(Failure) {
      result = try loader().run(file, root: directory)
    } catch {
      throw error.prefixed(ByteString("Templating file '\(file.input.path)': "))
    }
    var found: [Document] = []
    for document in result.documents {
      if document.annotations?.template?[annotation] != nil {
        found.append(document)
      } else if !document.isEmpty {
        throw .mixed(file.input.path, fileKind, documentKind, document.position)
      }
    }
    return found
  }

  // MARK: Templates

  /// Runs all files of the library, and puts its overlays over what they made.
  func evaluate(
    values: Document, libraryValues: [AddressedValues], librarySchemas: [AddressedSchema]
  ) throws(Failure) -> Result {
    let loader = TemplateLoader(
      rendering, options, skipsValidation: skipsValidation, values: values, libraryValues: libraryValues,
      librarySchemas: librarySchemas)
    var made: [(file: Directory.File, path: ByteString, documents: [Document])] = []
    var result = Result()
    for (path, file) in directory.accessibleFiles() {
      if file.isForOutput {
        let output = try run(file, loader)
        switch file.input.kind {
        case .yaml: made.append((file, path, output.documents))
        case .text: result.texts.append((path, output.text))
        case .starlark, .data: throw Failure("Unknown file type")
        }
      } else if file.input.isLibrary {
        result.exports.append((path, try exports(of: file, loader)))
      }
    }
    try checkUse(of: libraryValues, librarySchemas)
    made.sort { $0.file.order < $1.file.order }
    result.files = try overlaid(made)
    return result
  }

  /// The global values of a file that can be loaded; none where nobody will ask for them and an earlier rendering has
  /// shown that it can be run.
  private func exports(of file: Directory.File, _ loader: TemplateLoader) throws(Failure) -> Exports {
    func run() throws(Failure) -> Exports {
      try rendering.loading(file, directory, by: loader) { () throws(Failure) in
        try loader.run(file, root: directory).exports
      }
    }
    guard let shared = rendering.shared, rendering.reads == nil, loader.areValuesReadable else { return try run() }
    if shared.documents(of: file.input.unit, values: loader.values) != nil { return Exports([]) }
    let reads = ValueReads(loader.values, by: loader)
    rendering.reads = reads
    defer { rendering.reads = nil }
    let exports = try run()
    shared.keep([], of: file.input.unit, reads)
    return exports
  }

  /// Runs a file, unless an earlier rendering did that and read the same.
  private func run(_ file: Directory.File, _ loader: TemplateLoader) throws(Failure) -> TemplateLoader.Result {
    guard let shared = rendering.shared, rendering.reads == nil, file.input.kind == .yaml, loader.areValuesReadable
    else {
      return try loader.run(file, root: directory)
    }
    if let documents = shared.documents(of: file.input.unit, values: loader.values) {
      return TemplateLoader.Result(documents: documents)
    }
    let reads = ValueReads(loader.values, by: loader)
    rendering.reads = reads
    defer { rendering.reads = nil }
    let result = try loader.run(file, root: directory)
    shared.keep(result.documents, of: file.input.unit, reads)
    return result
  }

  /// Takes the overlays out of the documents, and applies them, in order, to the others.
  private func overlaid(
    _ made: [(file: Directory.File, path: ByteString, documents: [Document])]
  ) throws(Failure) -> [(path: ByteString, documents: [Document])] {
    var overlays: [Document] = []
    var overlayFiles: [String] = []
    var paths: [ByteString] = []
    var sets: [[Document]] = []
    for (file, path, documents) in made {
      var set: [Document] = []
      var hasOverlays = false
      for document in documents {
        if document.isOverlay {
          overlays.append(document)
          hasOverlays = true
        } else if !document.isEmpty {
          set.append(document)
        }
      }
      if hasOverlays { overlayFiles.append(file.input.path.text) }
      if !set.isEmpty {
        sets.append(set)
        paths.append(path)
      }
    }
    if !overlays.isEmpty {
      // Overlaying makes nodes of all values, and those that are empty are not printed.
      for index in sets.indices { sets[index] = sets[index].map(\.forOverlays) }
      do throws(Failure) {
        try Overlay.apply(overlays.map(\.forOverlays), to: &sets, rendering.thread)
      } catch {
        throw error.prefixed(
          ByteString("Overlaying (in following order: \(overlayFiles.joined(separator: ", "))): "))
      }
    }
    return zip(paths, sets).map { ($0, $1) }
  }

  private func checkUse(of values: [AddressedValues], _ schemas: [AddressedSchema]) throws(Failure) {
    let unusedValues = values.filter { !$0.isUsed }.map(\.values.label)
    let unusedSchemas = schemas.filter { !$0.isUsed }.map(\.label)
    if unusedValues.isEmpty && unusedSchemas.isEmpty { return }
    let kinds = (unusedValues.isEmpty ? [] : ["data values"]) + (unusedSchemas.isEmpty ? [] : ["schema"])
    throw Failure(
      "Expected all provided library \(kinds.joined(separator: ", and ")) documents to be used but found unused: "
        + (unusedValues + unusedSchemas).joined(separator: ", "))
  }
}

extension Document {
  /// The document as one that overlays go over: it is not printed if it is empty.
  fileprivate var forOverlays: Document {
    var document = self
    document.isKeptEmpty = false
    document.isOverlaid = true
    return document
  }
}

extension Failure {
  fileprivate static func mixed(
    _ path: ByteString, _ fileKind: String, _ documentKind: String, _ position: Position
  ) -> Failure {
    let message =
      "Templating file '\(path)': Expected \(fileKind) file '\(path)' to only have \(documentKind) documents"
    return Failure(
      ByteString(message),
      cause: .diagnostics(
        Diagnostics(
          Diagnostic("this document is of another kind", at: position, hint: "move it into a file of its own"))))
  }
}
