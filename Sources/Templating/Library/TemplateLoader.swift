import Files
import Starlark
import YAML

/// Runs the files of libraries for one set of data values, and answers their `load` statements.
final class TemplateLoader {
  let rendering: RenderingRun
  let options: TemplateOptions
  /// Whether the values of libraries that templates evaluate are taken as they are.
  let skipsValidation: Bool
  /// What `data.values` shows.
  let values: Document
  /// Documents addressed to libraries that a template may evaluate.
  let libraryValues: [AddressedValues]
  let librarySchemas: [AddressedSchema]
  /// What was loaded with these values.
  let modules = LoadedModules()
  /// Whether templates can read the values at all: a key that is no string makes a failure of each that tries.
  private(set) lazy var areValuesReadable = (try? Conversion.structure(values.value)) != nil

  init(
    _ rendering: RenderingRun, _ options: TemplateOptions, skipsValidation: Bool, values: Document,
    libraryValues: [AddressedValues] = [], librarySchemas: [AddressedSchema] = []
  ) {
    self.rendering = rendering
    self.options = options
    self.skipsValidation = skipsValidation
    self.values = values
    self.libraryValues = libraryValues
    self.librarySchemas = librarySchemas
  }

  /// A file being run.
  struct Run {
    let loader: TemplateLoader
    let file: Directory.File
    let root: Directory
    let host: TemplateHost
  }

  /// What a file gave.
  struct Result {
    var exports = Exports([])
    var documents: [Document] = []
    var text: ByteString = .empty
  }

  /// Runs a file. `root` is what paths that begin with `/` start from.
  func run(_ file: Directory.File, root: Directory) throws(Failure) -> Result {
    guard let template = try compiled(file) else {
      switch file.input.kind {
      case .yaml:
        return Result(
          documents: try refusing { () throws(Diagnostics) in
            try file.input.unit.plainDocuments(isStrict: options.isStrict)
          })
      case .text: return Result(text: file.input.unit.contents)
      case .starlark, .data: return Result()
      }
    }
    let host = TemplateHost(template, nodes: rendering.input.limits.nodes)
    rendering.runs.append(Run(loader: self, file: file, root: root, host: host))
    defer { rendering.runs.removeLast() }
    let exports = try rendering.thread.run(template.program, host: host)
    return Result(exports: exports, documents: host.documents(), text: host.text())
  }

  /// The program of a file; nothing if there is no code in it to carry out.
  private func compiled(_ file: Directory.File) throws(Failure) -> Template? {
    let input = file.input
    guard input.isTemplate || input.isLibrary else { return nil }
    return try refusing { () throws(Diagnostics) in
      switch input.kind {
      case .yaml: try input.unit.template(options)
      case .text: try input.unit.textTemplate()
      case .starlark: try input.unit.starlarkTemplate()
      case .data: nil
      }
    }
  }

  private func refusing<R>(_ body: () throws(Diagnostics) -> R) throws(Failure) -> R {
    do throws(Diagnostics) {
      return try body()
    } catch {
      throw Failure(ByteString(error.list.map(\.message).joined(separator: "\n")), cause: .diagnostics(error))
    }
  }

  /// Answers a `load` statement of the innermost file that is running.
  func load(_ module: ByteString, from run: Run) throws(Failure) -> Exports {
    var current = run.file.directory
    var root = run.root
    var path = module
    if module.hasPrefix("@") {
      guard let colon = module.firstIndex(of: UInt8(ascii: ":")) else {
        throw Failure(
          "Expected library path to be in format '@name:path' "
            + "e.g. '@github.com/vmware-tanzu/test:test.star' or '@ytt:base64'")
      }
      let name = module[1..<colon]
      path = module[colon + 1..<module.count]
      if name == "ytt" { return try StandardModules.load(path, for: run) }
      current = try current.library(name)
      root = current
    }
    if path.hasPrefix("/") {
      current = root
      path = path[1..<path.count]
    }
    let file = try current.file(path)
    guard file.input.isLibrary else { throw .notLibrary(file.input.path) }
    guard file.input.kind != .data else { throw Failure("File '\(file.input.path)' type is not a known") }
    return try rendering.loading(file, root, by: self) { () throws(Failure) in
      try rendering.thread.loading(file.input.path) { () throws(Failure) in try self.run(file, root: root).exports }
    }
  }
}

extension Failure {
  fileprivate static func notLibrary(_ path: ByteString) -> Failure {
    Failure(
      "Expected file '\(path)' to be a library file, but was not "
        + "(hint: library filename must end with '.lib.yml' or '.star'; "
        + "use data.read(...) for loading non-templated file contents)")
  }
}
