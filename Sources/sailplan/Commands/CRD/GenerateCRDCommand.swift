import APISchema
import ArgumentParser
import Files
import GoAPI
import Glibc

struct GenerateCRDCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Write the CRDs of Go API packages, as controller-gen does.",
    usage: """
      sailplan crd generate --paths ./api/... [--output DIRECTORY] [OPTION …]
      sailplan crd generate crd:crdVersions=v1,maxDescLen=0 paths=./api/... output:crd:dir=DIRECTORY
      """,
    discussion: """
      Reads the packages without running Go, and writes the bytes that the release of controller-gen would write. Packages
      are found as Go finds them: go.mod, go.work, vendor, the module cache, GOPATH. Arguments may be spelled as for
      controller-gen, of whose generators only crd is known.
      Manifests of types without faults are written even where other types have some.
      Exit status: 0 done, 2 could not, 64 wrong usage.
      """)

  @OptionGroup var options: GeneratorFlags
  @Argument(help: ArgumentHelp("Arguments as controller-gen takes them.", valueName: "argument"))
  var arguments: [String] = []
  @Option(help: .hidden)
  var dump: DumpedStage?

  enum DumpedStage: String, ExpressibleByArgument, CaseIterable { case types }

  func run() throws {
    let request = try CRDRequest(options, arguments: arguments)
    let loader = try PackageLoader(
      request.paths, workingDirectory: try Disk.workingDirectory(),
      environment: GoEnvironment(variables: Self.variables),
      dialect: request.dialect)
    if dump == .types {
      for package in loader.roots { Output.standard.write(try DefinitionText.text(of: package)) }
      return try loader.diagnostics.throwIfErrors()
    }
    let generator = CustomResourceGenerator(
      source: loader, dialect: request.dialect, options: request.options)
    let output = generator.generate()
    try request.output.write(output.files)
    var diagnostics = loader.diagnostics
    diagnostics.append(contentsOf: output.diagnostics)
    if !diagnostics.list.isEmpty { Output.error.write(diagnostics.description) }
    if diagnostics.hasErrors { throw ExitCode.couldNot }
  }

  /// The environment of the process.
  private static var variables: [String: String] {
    var found: [String: String] = [:]
    var pointer = environ
    while let variable = pointer.pointee {
      let parts = String(cString: variable).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { found[String(parts[0])] = String(parts[1]) }
      pointer += 1
    }
    return found
  }
}
