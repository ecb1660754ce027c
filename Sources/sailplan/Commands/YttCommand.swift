import ArgumentParser
import Files
import Glibc
import Starlark
import Templating
import YAML

/// `sailplan ytt`: ytt's template command. Its flags are ytt's, so that scripts need no change.
struct YttCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ytt", abstract: "Run the template engine on files of your own, as ytt does.")

  @Argument(parsing: .captureForPassthrough, help: "What ytt takes: see 'sailplan ytt --help'.")
  var arguments: [String] = []

  init() {}

  /// - Parameter arguments: all that stand behind the command's name.
  init(passing arguments: [String]) { self.arguments = arguments }

  func run() throws {
    do {
      try run(YttFlags(arguments))
    } catch let problem as YttFlags.Problem {
      throw Diagnostic(problem.message, hint: "see 'sailplan ytt --help'")
    }
  }

  private func run(_ flags: YttFlags) throws {
    if try flags.isOn("help") || flags.words.first == "help" { return Output.standard.write(YttFlags.help) }
    if try flags.isOn("version") || flags.words.first == "version" {
      return Output.standard.write("ytt version 0.48.0\n")
    }
    var words = flags.words
    if let word = words.first, ["template", "t", "tpl"].contains(word) { words.removeFirst() }
    if !words.isEmpty {
      throw Diagnostic(
        "command 'ytt' does not accept extra arguments '\(words.joined(separator: "', '"))'",
        hint: "name files with -f; of ytt's commands there are template and version")
    }
    try checkFormats(flags)
    let limits = try YttLimits(flags)
    try DeepStack.run(callDepth: limits.programs.callDepth) { try render(flags, limits) }
  }

  // MARK: Input

  private func checkFormats(_ flags: YttFlags) throws {
    for format in flags.list("output") where !["yaml", "json", "pos", "openapi-v3"].contains(format) {
      throw Diagnostic("Unknown output type '\(format)'", hint: "use yaml, json, pos or openapi-v3")
    }
  }

  private func input(_ flags: YttFlags, _ limits: YttLimits) throws -> RenderInput {
    var reader = YttFiles(
      limits: limits.files,
      allowedLinks: flags.list("allow-symlink-destination"),
      allowsAllLinks: try flags.isOn("dangerous-allow-all-symlink-destinations"))
    var files: [InputFile] = []
    if let bulk = flags.last("bulk-in"), !bulk.isEmpty {
      for file in try BulkFiles.parse(ByteString(bulk)) {
        files.append(InputFile(path: file.name, contents: file.data, limits: limits.files))
      }
    } else {
      for argument in flags["file"] { files += try reader.files(argument) }
    }
    files = try FileMark.apply(flags["file-mark"].map { ByteString($0) }, to: files)

    var options = TemplateOptions()
    options.ignoresUnknownComments = try flags.isOn("ignore-unknown-comments")
    options.overridesMapKeys = try flags.isOn("implicit-map-key-overrides")
    options.isStrict = try flags.isOn("strict")
    var input = RenderInput(files: files, dataValues: try dataValues(flags, &reader), options: options)
    input.dataValues.isStrict = options.isStrict
    input.dataValues.limits = limits.files
    input.limits = limits.programs
    input.skipsValidation = try flags.isOn("dangerous-data-values-disable-validation")
    return input
  }

  private func dataValues(_ flags: YttFlags, _ reader: inout YttFiles) throws -> DataValueArguments {
    var values = DataValueArguments()
    for argument in flags["data-values-file"] {
      let path = try Self.pathOfValues(argument)
      // Of a directory's subdirectories only YAML counts; other files may lie there for other purposes.
      let files = try extracted(path, "Find files") { () throws(Diagnostic) in try reader.files(path) }
        .filter { $0.kind == .yaml || $0.originalPath.firstIndex(of: UInt8(ascii: "/")) == nil }
      values.valuesFiles.append(
        DataValueArguments.ValuesFile(
          argument: ByteString(argument), files: files.map { ($0.path.text, $0.unit.contents) }))
    }
    for argument in flags["data-value-file"] {
      guard let equals = argument.firstIndex(of: "=") else {
        throw Diagnostic("Extracting data value from file: Expected format key=/file/path")
      }
      let path = String(argument[argument.index(after: equals)...])
      let files = try extracted(path, "Finding file") { () throws(Diagnostic) in try reader.files(path) }
      guard files.count == 1, let file = files.first else {
        throw Diagnostic("Extracting data value from file: Expected '\(path)' to be a file, but is a directory")
      }
      values.fileContents.append((ByteString(argument), file.unit.contents))
    }
    values.environment = flags["data-values-env"].map { ByteString($0) }
    values.environmentYAML = flags["data-values-env-yaml"].map { ByteString($0) }
    values.strings = flags["data-value"].map { ByteString($0) }
    values.yaml = flags["data-value-yaml"].map { ByteString($0) }
    if !values.environment.isEmpty || !values.environmentYAML.isEmpty { values.variables = Self.variables }
    return values
  }

  /// Says of a file of values that cannot be read, in ytt's words, what it was to be read for.
  private func extracted<R>(
    _ path: String, _ action: String, _ read: () throws(Diagnostic) -> R
  ) throws(Diagnostic) -> R {
    do throws(Diagnostic) {
      return try read()
    } catch {
      var error = error
      let reading = path == "-" ? "Reading file 'stdin.yml'" : "\(action) '\(path)'"
      error.message = "Extracting data value from file: \(reading): \(error.message)"
      throw error
    }
  }

  /// The path in `@library:path`.
  private static func pathOfValues(_ argument: String) throws -> String {
    guard argument.hasPrefix("@"), let colon = argument.firstIndex(of: ":") else { return argument }
    return String(argument[argument.index(after: colon)...])
  }

  /// The environment, each variable `name=value`.
  private static var variables: [ByteString] {
    var found: [ByteString] = []
    var pointer = environ
    while let variable = pointer.pointee {
      found.append(ByteString(UnsafeRawBufferPointer(start: variable, count: strlen(variable))))
      pointer += 1
    }
    return found
  }

  // MARK: Output

  private func render(_ flags: YttFlags, _ limits: YttLimits) throws {
    let start = ContinuousClock.now
    let input = try input(flags, limits)
    let isDebugging = try flags.isOn("debug")
    if isDebugging { for file in input.files { Output.error.write("file \(file.path): \(file.role)\n") } }
    let report = { (line: ByteString) in
      Output.error.write(line)
      Output.error.write("\n")
    }
    defer {
      if isDebugging { Output.error.write("total: \(ContinuousClock.now - start)\n") }
      Output.error.finish()
    }
    if try flags.isOn("files-inspect") {
      let items = Rendering.paths(input).map { SequenceItem(.string($0)) }
      return try show(Document(.sequence(items)), flags, limits)
    }
    let isOpenAPI = flags.list("output").contains("openapi-v3")
    if try flags.isOn("data-values-schema-inspect") {
      guard isOpenAPI else {
        throw Diagnostic(
          "Data values schema export only supported in OpenAPI v3 format; specify format with --output=openapi-v3 flag")
      }
      return try show(try Rendering.schema(input, report: report).openAPI, flags, limits)
    }
    if isOpenAPI {
      throw Diagnostic(
        "Output type currently only supported for data values schema (i.e. include --data-values-schema-inspect)")
    }
    if try flags.isOn("data-values-inspect") {
      return try show(try Rendering.dataValues(input, report: report), flags, limits)
    }
    try write(try Rendering.render(input, report: report), flags, limits)
  }

  private func write(_ output: RenderOutput, _ flags: YttFlags, _ limits: YttLimits) throws {
    if try write(files(output, limits), flags) { return }
    try print(output.documents, flags, limits)
    if !output.texts.isEmpty {
      Output.error.write(
        "\nWarning: Found Non-YAML templates in input. Non-YAML templates are not rendered to standard output.\n"
          + "Use --output-files or --dangerous-emptied-output-directory to write them to files.\n")
    }
  }

  /// The files of the output, printed.
  private func files(_ output: RenderOutput, _ limits: YttLimits) throws(Diagnostic) -> [(ByteString, ByteString)] {
    var files = output.texts.map { ($0.path, $0.text) }
    var left = limits.output - files.reduce(0) { $0 + $1.1.count }
    for file in output.files where left >= 0 {
      guard let text = YAML.print(file.documents, limit: left) else { throw .outputTooLarge(limits) }
      left -= text.count
      files.append((file.path, text))
    }
    if left < 0 { throw .outputTooLarge(limits) }
    return files
  }

  /// Writes files where the flags ask for files; false where they do not.
  private func write(
    _ files: @autoclosure () throws -> [(ByteString, ByteString)], _ flags: YttFlags
  ) throws -> Bool {
    if try flags.isOn("bulk-out") {
      try printBulk(try files())
      return true
    }
    let emptied = flags.last("dangerous-emptied-output-directory")
    guard let path = emptied ?? flags.last("output-files") else { return false }
    try YttOutputDirectory(path: path, empties: emptied != nil).write(try files())
    return true
  }

  /// Prints what is no file: with a directory for output nothing, as ytt has it.
  private func show(_ document: Document, _ flags: YttFlags, _ limits: YttLimits) throws {
    var document = document
    document.isOverlaid = true
    if try !write([], flags) { try print([document], flags, limits) }
  }

  private func print(_ documents: [Document], _ flags: YttFlags, _ limits: YttLimits) throws {
    let formats = flags.list("output")
    let text: ByteString?
    switch formats.first(where: { $0 != "openapi-v3" }) {
    case "json"?:
      var out = ByteBuffer(limit: limits.output)
      for document in documents where !document.isEmpty { try printJSON(document.value, into: &out) }
      text = out.isOverLimit ? nil : out.finish()
    case "pos"?: text = try PositionPrinter.print(documents, limit: limits.output)
    default: text = YAML.print(documents, limit: limits.output)
    }
    guard let text else { throw Diagnostic.outputTooLarge(limits) }
    Output.standard.write(text)
  }

  private func printBulk(_ files: [(ByteString, ByteString)]) throws {
    var out = ByteBuffer()
    out.append(literal: "{\"files\":[")
    for (index, (name, data)) in files.enumerated() {
      out.append(literal: index == 0 ? "{\"name\":" : ",{\"name\":")
      try printJSON(.string(name), into: &out)
      out.append(literal: ",\"data\":")
      try printJSON(.string(data), into: &out)
      out.append(literal: "}")
    }
    out.append(literal: "]}")
    Output.standard.write(out.finish())
  }
}

extension Diagnostic {
  fileprivate static func outputTooLarge(_ limits: YttLimits) -> Diagnostic {
    Diagnostic("the output has more than \(limits.output) bytes", hint: "allow more with --max-output-size")
  }
}

extension InputFile {
  /// What is done with the file, in words.
  fileprivate var role: String {
    let kind =
      switch kind {
      case .yaml: "YAML"
      case .text: "text"
      case .starlark: "Starlark"
      case .data: "data"
      }
    if isLibrary { return "\(kind) library" }
    return kind + (isTemplate ? " template" : "") + (isForOutput ? "" : ", not for output")
  }
}
