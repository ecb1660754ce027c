import ArgumentParser
import Files
import Kubernetes
import Velero
import Workspace
import YAML

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check objects of Velero's kinds against its CustomResourceDefinitions.",
    usage: "sailplan validate [ENVIRONMENT … | FILE …] [--velero-version VERSION] [--crds SOURCE]",
    discussion: """
      Environments are rendered in memory and checked against the definitions of their release; without arguments all of
      the workspace. Files, directories and - for standard input are checked against those of --velero-version. Objects
      of other groups are left alone. Unknown fields, which the API server would drop, are warnings. Rules in
      x-kubernetes-validations are not evaluated.
      Exit status: 0 no errors, 1 errors (with --strict also warnings), 2 could not check, 64 wrong usage.
      """)

  @Argument(help: ArgumentHelp("Environments, files, directories, or - for standard input.", valueName: "what"))
  var subjects: [String] = []
  @OptionGroup var workspace: WorkspaceOptions
  @Option(
    help: ArgumentHelp(
      "The release whose definitions count (default: the environment's; for files the newest).", valueName: "version"))
  var veleroVersion: String?
  @Option(
    help: ArgumentHelp(
      "Take the definitions from this release, file or directory; they may be of any API.", valueName: "source"))
  var crds: String?
  @Flag(help: "Fail on warnings as well.")
  var strict = false
  @Option(help: ArgumentHelp("How to print what was found: text or json.", valueName: "format"))
  var format = ReportFormat.text

  func validate() throws {
    if crds != nil && veleroVersion != nil { throw ValidationError("--crds and --velero-version exclude each other") }
    if subjects.contains("") { throw ValidationError("the name of a file or environment is empty") }
  }

  func run() throws {
    var report = ValidationReport(style: Style(for: .standard))
    let (environments, files) = try sorted()
    if !environments.isEmpty || subjects.isEmpty { try check(environments, &report) }
    if !files.isEmpty {
      let validation = ObjectValidation(try chosen() ?? DefinitionSource.newestDefinitions())
      for file in files { report.add(try ManifestFiles.documents(at: file), validation) }
    }
    switch format {
    case .text: Output.standard.write(report.text)
    case .json: Output.standard.write(try report.json)
    }
    if report.errors > 0 || (strict && report.warnings > 0) { throw ExitCode.drift }
  }

  /// Which arguments are environments, and which are files: an environment of the workspace goes first.
  private func sorted() throws -> (environments: [EnvironmentName], files: [String]) {
    if subjects.isEmpty { return ([], []) }
    let known = (try? WorkspaceReader(try workspace.onDisk()).environments()) ?? []
    var environments: [EnvironmentName] = []
    var files: [String] = []
    var diagnostics = Diagnostics()
    for subject in subjects {
      if let name = try? WorkspaceReader.name(ByteString(subject)), known.contains(name) {
        environments.append(name)
      } else if subject == "-" || (try? Disk.size(subject)) != nil {
        files.append(subject)
      } else {
        diagnostics.append(.neither(subject, known))
      }
    }
    try diagnostics.throwIfErrors()
    return (environments, files)
  }

  /// The definitions that were asked for; nothing if none were.
  private func chosen() throws(Diagnostics) -> DefinitionSet? {
    if let crds { return try DefinitionSource(crds).definitions() }
    return try veleroVersion.map(DefinitionSource.definitions(ofRelease:))
  }

  private func check(_ names: [EnvironmentName], _ report: inout ValidationReport) throws {
    let reader = try WorkspaceReader(try workspace.onDisk())
    let chosen = try chosen()
    let names = names.isEmpty ? try reader.environments() : Set(names).sorted()
    for environment in try reader.render(names, progress: Progress("rendering", of: names.count).show) {
      var documents: [Document] = []
      for path in environment.paths {
        // As it would be written: that is what findings point at.
        let source = SourceFile.register(
          path: reader.tree.shown(environment.name.rendered.appending("/").appending(path)),
          contents: environment.tree[path] ?? .empty)
        documents += try ParsedFile.parse(source).documents
      }
      let validation = ObjectValidation(try chosen ?? definitions(for: environment, documents))
      report.add(documents, validation)
    }
  }

  /// The definitions that the environment installs, or if it leaves that to others, those of its release.
  private func definitions(
    for environment: RenderedEnvironment, _ documents: [Document]
  ) throws(Diagnostics) -> DefinitionSet {
    let own = try DefinitionSet(documents: documents)
    if !own.definitions.isEmpty { return own }
    return try DefinitionSource.definitions(ofRelease: environment.lock.release.text)
  }
}

extension Diagnostic {
  fileprivate static func neither(_ subject: String, _ known: [EnvironmentName]) -> Diagnostic {
    let near = Spelling.nearest(to: ByteString(subject), among: known.map(\.path))
    return Diagnostic(
      "'\(subject)' is neither a file nor an environment of the workspace",
      hint: near.map { "did you mean '\($0)'?" } ?? "'sailplan environment list' lists the environments")
  }
}
