import Files
import Starlark
import YAML

/// `@ytt:library`: `get` finds a library below `_ytt_lib`, to be given values and evaluated.
enum LibraryModule {
  static func make(for run: TemplateLoader.Run) -> Module {
    Module(
      "library",
      functions: [
        (
          "get",
          { arguments, _ throws(Failure) in
            try get(arguments, run)
          }
        )
      ])
  }

  private static func get(_ arguments: Arguments, _ run: TemplateLoader.Run) throws(Failure) -> Value {
    let path = try arguments.only().requireString()
    var reference = LibraryReference(path: path)
    var options = run.loader.options
    var skipsValidation = run.loader.skipsValidation
    for (name, value) in arguments.keyword {
      switch name {
      case "alias": reference.alias = try value.requireString()
      case "ignore_unknown_comments": options.ignoresUnknownComments = try value.requireBool()
      case "implicit_map_key_overrides": options.overridesMapKeys = try value.requireBool()
      case "strict": options.isStrict = try value.requireBool()
      case "dangerous_data_values_disable_validation":
        skipsValidation = try value.requireBool() || skipsValidation
      default: throw Failure("Unexpected kwarg '\(name)'")
      }
    }
    if path.hasPrefix("@") { throw Failure("Expected library '\(path)' to be specified without '@'") }
    let execution = LibraryExecution(
      rendering: run.loader.rendering, directory: try run.file.directory.library(path), options: options,
      skipsValidation: skipsValidation)
    return LibraryInstance(
      reference: reference, values: run.loader.libraryValues, schemas: run.loader.librarySchemas,
      execution: execution
    ).module
  }
}

/// A library with what was given to it so far. Giving it more makes another one.
private struct LibraryInstance {
  let reference: LibraryReference
  var values: [AddressedValues]
  var schemas: [AddressedSchema]
  let execution: LibraryExecution

  /// The instance as templates see it.
  var module: Value {
    let evaluating = "Evaluating library '\(reference.text)': "
    let exporting = "Exporting from library '\(reference.text)': "
    return .object(
      Module(
        "library",
        functions: [
          ("with_data_values", { arguments, _ throws(Failure) in try withValues(arguments) }),
          ("with_data_values_schema", { arguments, _ throws(Failure) in try withSchema(arguments) }),
          (
            "eval",
            { arguments, _ throws(Failure) in
              try told(evaluating) { () throws(Failure) in
                try checkNone(arguments)
                return .object(Fragment(.documents(try evaluate().documents)))
              }
            }
          ),
          (
            "export",
            { arguments, _ throws(Failure) in
              try told(exporting) { () throws(Failure) in try export(arguments) }
            }
          ),
          (
            "data_values",
            { arguments, _ throws(Failure) in
              try told(exporting) { () throws(Failure) in
                try checkNone(arguments)
                return try Conversion.structure(try finalValues(try schema().0).0.value)
              }
            }
          ),
        ]))
  }

  private func told(_ words: String, _ body: () throws(Failure) -> Value) throws(Failure) -> Value {
    do throws(Failure) {
      return try body()
    } catch {
      throw error.prefixed(words)
    }
  }

  private func checkNone(_ arguments: Arguments) throws(Failure) {
    guard arguments.positional.isEmpty else { throw Failure("expected no arguments") }
  }

  private func withValues(_ arguments: Arguments) throws(Failure) -> Value {
    let node = try Conversion.node(try arguments.only())
    try arguments.checkNames(["plain"])
    let isPlain = try arguments.flag("plain") ?? false
    if isPlain && node.hasAnnotations {
      throw Failure(
        "library.with_data_values: Expected to be plain YAML, having no annotations (hint: remove comments starting with `#@`)"
      )
    }
    var instance = self
    instance.values.append(AddressedValues(DataValuesDocument(Document(node), isPlain ? .plain : .overlay)))
    return instance.module
  }

  private func withSchema(_ arguments: Arguments) throws(Failure) -> Value {
    let document = Document(try Conversion.node(try arguments.only()))
    // What is wrong with it is said here, not where the library is evaluated.
    _ = try Schema(document)
    var instance = self
    instance.schemas.append(AddressedSchema(document, library: [], path: []))
    return instance.module
  }

  /// The library's schema, and those for libraries below it.
  private func schema() throws(Failure) -> (Schema, [AddressedSchema]) {
    let taken = schemas.compactMap { $0.taken(by: reference) }
    let (schema, found) = try execution.schema(overlays: taken.filter(\.path.isEmpty))
    return (schema, found + taken.filter { !$0.path.isEmpty })
  }

  /// The library's data values, and those for libraries below it. What its own files say comes first.
  private func finalValues(_ schema: Schema) throws(Failure) -> (Document, [AddressedValues]) {
    let taken = values.compactMap { $0.taken(by: reference) }
    let own = taken.filter(\.path.isEmpty).map(\.values)
    let (document, found) = try execution.values(
      overlays: own.filter { !$0.isAfterLibraryModule } + own.filter(\.isAfterLibraryModule), schema: schema)
    return (document, found + taken.filter { !$0.path.isEmpty })
  }

  private func evaluate() throws(Failure) -> LibraryExecution.Result {
    let (schema, schemas) = try schema()
    let (values, addressed) = try finalValues(schema)
    return try execution.evaluate(values: values, libraryValues: addressed, librarySchemas: schemas)
  }

  private func export(_ arguments: Arguments) throws(Failure) -> Value {
    let symbol = try arguments.only().requireString()
    var wantedPath: ByteString = .empty
    for (name, value) in arguments.keyword {
      guard name == "path" else { throw Failure("Unexpected keyword argument '\(name)'") }
      wantedPath = try value.requireString()
    }
    if symbol.hasPrefix("_") { throw Failure("Symbols starting with '_' are private, and cannot be exported") }
    let found = try evaluate().exports.filter { wantedPath.isEmpty || $0.path == wantedPath }
      .compactMap { file in file.exports[symbol].map { (path: file.path, value: $0) } }
    guard let first = found.first else {
      throw Failure("Expected to find exported symbol '\(symbol)', but did not")
    }
    guard found.count == 1 else {
      throw Failure(
        "Expected to find exactly one exported symbol '\(symbol)', but found multiple across files: "
          + found.map(\.path.text).joined(separator: ", "))
    }
    return first.value
  }
}
