import APISchema
import Files
import GoAPI
import TestSupport
import Testing

/// A file of `fixtures/crd/go`: files between lines of `-- path --`, behind `+++` what is to come of them. Lines before
/// the first file say what is asked for: `patterns: ./a/...`, and variables such as `GOMODCACHE=$WORK/cache`.
///
/// What is to come of them is the text of the definitions, or behind `ERR` the messages. A case with one file and no
/// `-- path --` is the package of a module.
struct GoCase: Sendable, CustomTestStringConvertible {
  let name: String
  private(set) var files: [(path: String, contents: String)] = []
  private(set) var patterns = ["./..."]
  private(set) var variables: [String: String] = [:]
  private(set) var place = ""
  private var isSingle = false
  let expected: String

  var testDescription: String { name }

  static let folder = Repository.fixtures("crd/go")

  static let all: [GoCase] = {
    let names = ((try? Disk.entries(folder)) ?? []).map(\.name.text).filter { $0.hasSuffix(".txt") }
    return names.compactMap { name in
      (try? Disk.read("\(folder)/\(name)", limit: 1 << 20)).map { GoCase(name: name, text: $0.text) }
    }
  }()

  private init(name: String, text: String) {
    self.name = name
    let halves = text.split(separator: "+++\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    expected = halves.count == 2 ? halves[1] : ""
    var lines = halves[0].split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines.removeLast()
    if !lines.contains(where: Self.isHeading) {
      isSingle = true
      files = [("go.mod", "module example.com/m\n\ngo 1.24\n"), ("m.go", lines.joined(separator: "\n") + "\n")]
      return
    }
    for line in lines {
      if Self.isHeading(line) {
        files.append((String(line.dropFirst(3).dropLast(3)), ""))
      } else if !files.isEmpty {
        files[files.count - 1].contents += line + "\n"
      } else if line.hasPrefix("patterns: ") {
        patterns = line.dropFirst("patterns: ".count).split(separator: " ").map(String.init)
      } else if line.hasPrefix("in: ") {
        place = String(line.dropFirst("in: ".count))
      } else if let equals = line.firstIndex(of: "=") {
        variables[String(line[..<equals])] = String(line[line.index(after: equals)...])
      }
    }
  }

  private static func isHeading(_ line: String) -> Bool { line.hasPrefix("-- ") && line.hasSuffix(" --") }

  /// The definitions, or the messages.
  func run() throws -> String {
    let directory = try TemporaryDirectory()
    for file in files { try directory.write(ByteString(file.contents), to: file.path) }
    var environment = ["HOME": directory.path("home"), "GOROOT": directory.path("goroot")]
    for (name, value) in variables { environment[name] = value.replacing("$WORK", with: directory.path) }
    do throws(Diagnostics) {
      let loader = try PackageLoader(
        patterns, workingDirectory: directory.path(place), environment: GoEnvironment(variables: environment))
      var text = ""
      for root in loader.roots { text += try DefinitionText.text(of: root) + (try Self.constants(of: root)) }
      // A package alone has nowhere to look for others.
      if !isSingle { text += try Self.reached(loader) }
      if loader.diagnostics.hasErrors { text += "ERR\n\(loader.diagnostics.description)" }
      return text.replacing(directory.path, with: "$WORK")
    } catch {
      return "ERR\n" + error.description.replacing(directory.path, with: "$WORK")
    }
  }

  /// The constants of types that have strings among them.
  private static func constants(of package: any APIPackage) throws(Diagnostics) -> String {
    var text = ""
    for name in package.typeNames {
      let values = try package.stringConstants(of: name)
      if !values.isEmpty { text += "  constants of \(name): \(values.map(\.text).joined(separator: " | "))\n" }
    }
    return text
  }

  /// The packages that fields of the roots name, with the type that each leads to.
  private static func reached(_ loader: PackageLoader) throws(Diagnostics) -> String {
    var text = ""
    for root in loader.roots {
      for name in root.typeNames {
        let type = try root.type(named: name)
        guard case .structure(let fields)? = type?.definition.form else { continue }
        for field in fields {
          guard case .imported(_, let path?, let name) = field.type.form else { continue }
          let package = try loader.package(path, neededAt: field.type.position)
          let found = try package.type(named: name)
          text += "reached \(package.name) \(path).\(name)\(found == nil ? ": no such type" : "")\n"
          if let found { text += "  \(found.position)\n" }
        }
      }
    }
    return text
  }
}

@Suite struct GoCaseTests {
  /// `RECORD=1` writes what comes of the cases into their files, and fails.
  @Test(arguments: GoCase.all) func definitions(_ example: GoCase) throws {
    let result = try example.run()
    if Recording.isOn {
      try Recording.replace("\(GoCase.folder)/\(example.name)", with: result)
      Issue.record("recorded \(example.name)")
    }
    #expect(result == example.expected)
  }

  @Test func casesAreFound() { #expect(GoCase.all.count >= 20) }
}
