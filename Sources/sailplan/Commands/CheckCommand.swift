import ArgumentParser
import Files
import Velero
import Workspace

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say whether manifests hang together for their release of Velero.",
    usage: """
      sailplan check [ENVIRONMENT …] [--severity SEVERITY] [--format FORMAT]
      sailplan check --path DIRECTORY … [--velero-version VERSION] [--kubernetes-version VERSION]
      sailplan check --list
      """,
    discussion: """
      Environments are rendered in memory; without arguments all of the workspace, which are then compared with each
      other too. With --path the manifests of files and directories are checked, whoever made them; several paths are
      several clusters. Each rule has a page below docs/checks. Rules are switched off in sailplan.yaml, with a reason.
      Exit status: 0 no errors, 1 errors (with --strict also warnings), 2 could not check, 64 wrong usage.
      """)

  @OptionGroup var environments: EnvironmentArguments
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var parallel: JobOptions
  @OptionGroup var part: ShardOptions
  @Option(
    help: ArgumentHelp("Check the manifests of this file or directory; - for standard input.", valueName: "path"))
  var path: [String] = []
  @Option(
    help: ArgumentHelp(
      "With --path: the release that it is (default: what the server's image says).", valueName: "version"))
  var veleroVersion: String?
  @Option(help: ArgumentHelp("With --path: the version of the cluster's Kubernetes.", valueName: "version"))
  var kubernetesVersion: String?
  @Option(help: ArgumentHelp("Report what is at least this bad: info, warning or error.", valueName: "severity"))
  var severity = CheckSeverity.warning
  @Flag(help: "Fail on warnings as well.")
  var strict = false
  @Flag(help: "List the rules.")
  var list = false
  @Option(
    help: ArgumentHelp(
      "How to report: text, json, github (annotations), gitlab (code quality), sarif, junit, markdown, html (a page).",
      valueName: "format"))
  var format = VerificationFormat.text

  func validate() throws {
    if path.contains("") { throw ValidationError("the path is empty") }
    if !path.isEmpty && !environments.isAll { throw ValidationError("environments and --path exclude each other") }
    if path.isEmpty && (veleroVersion != nil || kubernetesVersion != nil) {
      throw ValidationError("--velero-version and --kubernetes-version go with --path: values say so for environments")
    }
    if path.count(where: { $0 == "-" }) > 1 { throw ValidationError("only one path can be standard input") }
    if list && !(path.isEmpty && environments.isAll) {
      throw ValidationError("--list takes no environments and no path")
    }
    if list && format != .text && format != .json { throw ValidationError("--list prints text or json") }
    if !path.isEmpty && format == .html { throw ValidationError("a page is about environments, not about a --path") }
  }

  func run() throws {
    var report = CheckReport(least: severity, style: Style(for: .standard))
    if list {
      Output.standard.write(format == .json ? try CheckReport.rulesJSON : CheckReport.rulesText)
      return
    }
    var summaries: [EnvironmentSummary] = []
    if path.isEmpty { summaries = try checkEnvironments(&report) } else { try checkPaths(&report) }
    switch format {
    case .text: Output.standard.write(report.text)
    case .json: Output.standard.write(try report.json)
    case .html:
      let page = FleetPage(
        "sailplan check", drifts: summaries.map { EnvironmentDrift(name: $0.name, items: []) }, sides: nil,
        summaries: summaries, findings: report.shown)
      Output.standard.write(try page.html)
    default:
      let shown = VerificationReport(checked: report.trees, findings: report.shown)
      if let text = try format.print(shown) { Output.standard.write(text) }
    }
    if report.errors > 0 || (strict && report.warnings > 0) { throw ExitCode.drift }
  }

  /// - Returns: what a page says about the environments, where one is asked for.
  private func checkEnvironments(_ report: inout CheckReport) throws -> [EnvironmentSummary] {
    let reader = try WorkspaceReader(try workspace.onDisk())
    let names = part.choose(from: try environments.select(from: reader, workspace))
    let progress = Progress("checking", of: names.count)
    let severity = severity
    let isSummarized = format == .html
    let checks = try reader.render(names, jobs: parallel.jobs, progress: progress.show) { reader throws(Diagnostics) in
      let check = try CheckReport.checking(reader, least: severity)
      return { rendered throws(Diagnostics) in
        (check: try check(rendered), summary: isSummarized ? EnvironmentSummary(rendered) : nil)
      }
    }
    try report.add(checks.map(\.check), of: reader)
    return checks.compactMap(\.summary)
  }

  private func checkPaths(_ report: inout CheckReport) throws {
    var check = TreeCheck(bundle: .embedded)
    var statement = CheckedTree.Statement(kubernetes: kubernetesVersion)
    if let veleroVersion {
      statement.release = try ReleaseCommand.catalogue().release(named: veleroVersion)
    }
    var trees: [CheckedTree] = []
    for path in path {
      let documents = try ManifestFiles.documents(at: path)
      trees.append(
        try check.tree(name: path == "-" ? "standard input" : path, documents: documents, statement: statement))
    }
    report.add(TreeCheck.findings(in: trees), trees: trees.map(\.name), off: [])
  }
}

extension CheckSeverity: ExpressibleByArgument {
  /// Reads a severity as reports name it.
  public init?(argument: String) {
    guard let severity = CheckSeverity.allCases.first(where: { $0.name == argument }) else { return nil }
    self = severity
  }
}
