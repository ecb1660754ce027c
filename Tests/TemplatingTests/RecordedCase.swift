import Files
import Starlark
import Templating
import TestSupport
import Testing
import YAML

/// A case of which ytt 0.48 recorded the outcome: one file with what it is about, the files, the arguments and the
/// environment of the run, and behind `=== output` or `=== error` what ytt printed.
struct RecordedCase: Sendable, CustomTestStringConvertible {
  let name: String
  private(set) var files: [(name: String, contents: String)] = []
  private(set) var arguments: [String]?
  private(set) var environment: [String] = []
  private(set) var output: String?
  /// The lines of ytt's message, each of which must be in ours.
  private(set) var error: String?

  var testDescription: String { name }

  /// The cases of a folder of `fixtures/templating`; an empty list fails the test that asks for it.
  static func all(in folder: String) -> [RecordedCase] {
    let root = Repository.fixtures("templating/\(folder)")
    let names = ((try? Disk.entries(root)) ?? []).map(\.name.text).filter { $0.hasSuffix(".txt") }
    return names.compactMap { name in
      guard let text = try? Disk.read("\(root)/\(name)", limit: 1 << 20) else { return nil }
      return RecordedCase(name: "\(folder)/\(name)", text: text.text)
    }
  }

  private init(name: String, text: String) {
    self.name = name
    var section = ""
    var body = ""
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines.removeLast()
    for line in lines + ["=== end"] {
      guard line.hasPrefix("=== ") else {
        body += line + "\n"
        continue
      }
      finish(section, body)
      section = String(line.dropFirst(4))
      body = ""
    }
  }

  private mutating func finish(_ section: String, _ body: String) {
    let words = section.split(separator: " ", maxSplits: 1).map(String.init)
    switch words.first {
    case "file": files.append((words.last ?? "", body))
    case "args": arguments = Self.words(words.last ?? "")
    case "env": environment.append(words.last ?? "")
    case "output": output = body
    case "error": error = body
    default: break
    }
  }

  /// Words as a shell splits them, single quotes included.
  private static func words(_ text: String) -> [String] {
    var words: [String] = [""]
    var isQuoted = false
    for character in text {
      switch character {
      case "'": isQuoted.toggle()
      case " " where !isQuoted: words.append("")
      default: words[words.count - 1].append(character)
      }
    }
    return words
  }

  private func contents(_ name: String) throws -> ByteString {
    ByteString(try #require(files.first { $0.name == name }?.contents, "no file \(name)"))
  }

  /// What we print, or what we say is wrong.
  func run() throws -> (output: String?, error: String?) {
    var inputs: [InputFile] = []
    var values = DataValueArguments()
    values.variables = environment.map { ByteString($0) }
    var showsSchema = false
    var showsPositions = false
    var arguments = (self.arguments ?? files.flatMap { ["-f", $0.name] })[...]
    while let flag = arguments.popFirst() {
      func argument() throws -> ByteString {
        let next = arguments.popFirst()
        return ByteString(try #require(next))
      }
      switch flag {
      case "-f":
        let path = try argument()
        inputs.append(InputFile(path: path, contents: try contents(path.text)))
      case "--data-values-file":
        let path = try argument()
        values.valuesFiles.append(.init(argument: path, files: [(path.text, try contents(path.text))]))
      case "--data-value-file":
        let pair = try argument()
        let path = try #require(pair.text.split(separator: "=").last)
        values.fileContents.append((pair, try contents(String(path))))
      case "-v", "--data-value": values.strings.append(try argument())
      case "--data-value-yaml": values.yaml.append(try argument())
      case "--data-values-env": values.environment.append(try argument())
      case "--data-values-env-yaml": values.environmentYAML.append(try argument())
      case "--data-values-schema-inspect": showsSchema = true
      case "-o": showsPositions = try argument() == "pos"
      default: Issue.record("unknown argument \(flag)")
      }
    }
    let input = RenderInput(files: inputs, dataValues: values)
    do throws(Diagnostics) {
      let documents =
        showsSchema ? [try Rendering.schema(input).openAPI] : try Rendering.render(input).documents
      if showsPositions { return try Self.positions(documents) }
      return (YAML.print(documents).text, nil)
    } catch {
      return (nil, error.list.map(\.message).joined(separator: "\n"))
    }
  }

  private static func positions(_ documents: [Document]) throws(Diagnostics) -> (output: String?, error: String?) {
    do throws(Diagnostic) {
      return (try PositionPrinter.print(documents, limit: 1 << 20)?.text, nil)
    } catch {
      throw Diagnostics(error)
    }
  }

  /// Compares with what ytt did.
  func check() throws {
    let result = try run()
    if let output { #expect(result.output == output, "\(result.error ?? "")") }
    guard let error else { return }
    let message = Self.collapsed(try #require(result.error, "expected an error, but got \(result.output ?? "")"))
    for line in error.split(separator: "\n") {
      #expect(message.contains(Self.collapsed(String(line))), "in: \(message)")
    }
  }

  private static func collapsed(_ text: String) -> String {
    text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }
}

/// Overlays, schemas, data values and validations against what ytt made of the same files.
struct RecordedCaseTests {
  @Test(arguments: RecordedCase.all(in: "overlay")) func overlays(_ recorded: RecordedCase) throws {
    try recorded.check()
  }

  @Test(arguments: RecordedCase.all(in: "schema")) func schemas(_ recorded: RecordedCase) throws {
    try recorded.check()
  }

  @Test(arguments: RecordedCase.all(in: "values")) func dataValues(_ recorded: RecordedCase) throws {
    try recorded.check()
  }

  @Test(arguments: RecordedCase.all(in: "validation")) func validations(_ recorded: RecordedCase) throws {
    try recorded.check()
  }

  @Test(arguments: RecordedCase.all(in: "positions")) func positions(_ recorded: RecordedCase) throws {
    try recorded.check()
  }

  @Test(arguments: ["overlay", "schema", "values", "validation", "positions"]) func casesAreFound(_ folder: String) {
    #expect(!RecordedCase.all(in: folder).isEmpty)
  }
}
