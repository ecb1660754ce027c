package import Files
package import Starlark
package import YAML

/// What a rendering is made from.
package struct RenderInput: Sendable {
  package var files: [InputFile]
  package var dataValues: DataValueArguments
  package var options: TemplateOptions
  /// Whether final data values are taken as they are.
  package var skipsValidation = false
  package var limits = Limits()
  /// Whether errors in data values and schemas come one by one, each at its place, in place of ytt's report of all.
  package var reportsEachCause = false

  package init(
    files: [InputFile], dataValues: DataValueArguments = DataValueArguments(),
    options: TemplateOptions = TemplateOptions()
  ) {
    self.files = files
    self.dataValues = dataValues
    self.options = options
  }
}

/// What a rendering made.
package struct RenderOutput {
  /// The documents of each YAML file that has any left or had any, in the order of the files.
  package var files: [(path: ByteString, documents: [Document])] = []
  /// The text files.
  package var texts: [(path: ByteString, text: ByteString)] = []
  /// The final data values.
  package var values = Document(.null)
  /// What templates printed with `print`, and warnings about them, a line each.
  package var messages: [ByteString] = []

  /// All documents.
  package var documents: [Document] { files.flatMap(\.documents) }
}

/// Rendering: files and data values in, documents and texts out.
package enum Rendering {
  /// Renders the files. `report` gets the lines that templates print, as they come. What an earlier rendering with the
  /// same `shared` made in the same way is taken from there.
  package static func render(
    _ input: RenderInput, sharing shared: SharedResults? = nil, report: @escaping (ByteString) -> Void = { _ in }
  ) throws(Diagnostics) -> RenderOutput {
    let run = RenderingRun(input, sharing: shared, report)
    return try run.reporting { run throws(Failure) in
      let library = run.library
      let (values, addressed, librarySchemas) = try run.checkedValues(library)
      let result = try library.evaluate(values: values, libraryValues: addressed, librarySchemas: librarySchemas)
      return RenderOutput(files: result.files, texts: result.texts, values: values)
    }
  }

  /// The final data values.
  package static func dataValues(
    _ input: RenderInput, report: @escaping (ByteString) -> Void = { _ in }
  ) throws(Diagnostics) -> Document {
    try RenderingRun(input, report).reporting { run throws(Failure) in
      try run.values(try run.library.schema(overlays: []).0).0
    }
  }

  /// The schema of the data values.
  package static func schema(
    _ input: RenderInput, report: @escaping (ByteString) -> Void = { _ in }
  ) throws(Diagnostics) -> Schema {
    try RenderingRun(input, report).reporting { run throws(Failure) in
      // Data values have to be readable, though they do not matter.
      _ = try input.dataValues.documents()
      return try run.library.schema(overlays: []).0
    }
  }

  /// The paths of the files that would be rendered, in order.
  package static func paths(_ input: RenderInput) -> [ByteString] {
    Directory.root(of: input.files).accessibleFiles().sorted { $0.file.order < $1.file.order }
      .map(\.file.input.path)
  }
}

/// One rendering under way.
final class RenderingRun {
  let input: RenderInput
  let thread: Thread
  let root: Directory
  let report: (ByteString) -> Void
  /// What other renderings have left that can be used again.
  let shared: SharedResults?
  /// What the file of the output that is running reads; nothing where nobody asks.
  var reads: ValueReads?
  /// What the file that is being loaded depends on, so far.
  var dependencies = LoadDependencies()
  /// What was loaded and is the same for all data values, where no other rendering shares it.
  let ownModules = LoadedModules()
  /// The files that are running, innermost last.
  var runs: [TemplateLoader.Run] = []
  /// The warnings given, each of which is given once.
  private var warned: Set<ByteString> = []

  init(_ input: RenderInput, sharing shared: SharedResults? = nil, _ report: @escaping (ByteString) -> Void) {
    self.input = input
    self.report = report
    thread = Thread(limits: input.limits, stack: shared?.stack)
    let common = shared?.root(of: input)
    self.shared = common == nil ? nil : shared
    root = common ?? Directory.root(of: input.files)
    thread.print = { [unowned self] text in
      dependsOnRun()
      report(text)
    }
    thread.load = { [unowned self] module, _, _ throws(Failure) in
      guard let run = runs.last else { throw Failure("nothing can be loaded here") }
      return try run.loader.load(module, from: run)
    }
  }

  /// The library of all files.
  var library: LibraryExecution {
    LibraryExecution(
      rendering: self, directory: root, options: input.options, skipsValidation: input.skipsValidation)
  }

  /// The final data values, those addressed to libraries, and schemas addressed to libraries.
  func checkedValues(
    _ library: LibraryExecution
  ) throws(Failure) -> (Document, [AddressedValues], [AddressedSchema]) {
    let (schema, schemas) = try library.schema()
    let checked = Result { () throws(Failure) in try values(schema) }
    if shared?.giveUpSchema() == true { return try checkedValues(library) }
    let (final, addressed) = try checked.get()
    return (final, addressed, schemas)
  }

  /// The final data values, and those addressed to libraries.
  func values(_ schema: Schema) throws(Failure) -> (Document, [AddressedValues]) {
    let documents = try input.dataValues.documents(sharing: shared?.values)
    let (values, addressed) = try library.values(overlays: documents.filter(\.library.isEmpty), schema: schema)
    return (values, addressed + documents.filter { !$0.library.isEmpty }.map { AddressedValues($0) })
  }

  /// Checks final data values. With a schema that renderings share, values are not checked again that were found good.
  func validate(_ values: Document, _ schema: Schema) throws(Failure) {
    guard let shared, shared.shares(schema), reads == nil else {
      return try DataValues.validate(values, schema: schema, thread)
    }
    let observed = ValueReads(values)
    reads = observed
    defer { reads = nil }
    try DataValues.validate(values, schema: schema, thread) { !observed.dependsOnMore && !shared.schemaDependsOnMore }
  }

  /// Notes that what is running would not do the same for another rendering.
  func dependsOnRun() {
    reads?.dependsOnMore = true
    dependencies.insert(.run)
  }

  /// Warns once.
  func warn(_ text: ByteString) {
    dependsOnRun()
    if warned.insert(text).inserted { report(text) }
  }

  /// Runs `body`, and turns its failure into diagnostics. The rendering is over then: no function of a template can be
  /// called any more.
  func reporting<R>(_ body: (RenderingRun) throws(Failure) -> R) throws(Diagnostics) -> R {
    defer {
      thread.endModules()
      ownModules.end()
    }
    do throws(Failure) {
      return try body(self)
    } catch {
      throw input.reportsEachCause ? error.causes : error.diagnostics
    }
  }
}

extension Failure {
  /// What lies behind the failure of no program, cause by cause; else the failure itself.
  fileprivate var causes: Diagnostics {
    if frames.isEmpty, case .diagnostics(let causes)? = cause, causes.hasErrors { return causes }
    return diagnostics
  }

  /// The failure for people, with what lies behind it.
  package var diagnostics: Diagnostics {
    var diagnostic = diagnostic
    if case .failure(let failure)? = cause {
      // What a loaded file did comes before the calls that led to loading it.
      let inner = failure.diagnostics.list.first
      let place = inner?.range.map { [Diagnostic.Note("it failed here", at: $0)] } ?? []
      diagnostic.notes.insert(contentsOf: place + (inner?.notes ?? []), at: 0)
      if diagnostic.hint == nil { diagnostic.hint = inner?.hint }
    }
    if case .diagnostics(let causes)? = cause {
      // A file that could not be compiled: its errors are told one by one, with what was said in front of them.
      let told = causes.list.map(\.message).joined(separator: "\n")
      if frames.isEmpty, !told.isEmpty, diagnostic.message.hasSuffix(told) {
        return causes.prefixed(String(diagnostic.message.dropLast(told.count)))
      }
      if diagnostic.range == nil { diagnostic.range = causes.list.first?.range }
      if diagnostic.hint == nil { diagnostic.hint = causes.list.first?.hint }
      for cause in causes.list {
        diagnostic.notes.append(Diagnostic.Note(cause.message, at: cause.range))
        diagnostic.notes += cause.notes
      }
    }
    return Diagnostics(diagnostic)
  }
}
