import ArgumentParser
import Files
import Workspace

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", _superCommandName: Sailplan.commandName,
    abstract: "Compare the committed manifests with what rendering gives.",
    discussion: """
      Renders the inputs of a revision in memory and compares the result with the rendered trees of the same revision.
      Says for each object which fields differ and why; then what 'sailplan check' finds. Writes nothing, unless --fix
      is given: then it renders anew what drifted and commits it, or with --worktree only writes it; files that
      sailplan did not write stay.
      Exit status: 0 no drift and no errors found, or all of it mended; 1 drift or errors; 2 could not verify or mend;
      64 wrong usage.
      """)

  @OptionGroup var comparison: ComparisonOptions
  @Flag(help: "Leave out the checks of 'sailplan check'.")
  var noCheck = false
  @Flag(
    help: ArgumentHelp(
      "Render anew what drifted, and commit it; with --worktree write it only. Refuses where edits that are not committed are in the way."
    ))
  var fix = false

  @Option(
    help: ArgumentHelp(
      "How to report: text, json, github (annotations), gitlab (code quality), sarif, junit, markdown, html (a page).",
      valueName: "format"))
  var format = VerificationFormat.text

  func validate() throws {
    if fix && comparison.revision != nil { throw ValidationError("--fix and --revision exclude each other") }
    if fix && format != .text { throw ValidationError("--fix tells what it does as text only") }
  }

  func run() throws {
    let result = try comparison.compare(checking: !noCheck, summarizing: format == .html)
    var report = CheckReport(style: Style(for: .standard))
    if !noCheck { try report.add(result.checks, of: result.reader) }
    if format == .html {
      let page = FleetPage(
        "sailplan verify", drifts: result.environments, sides: (result.source, result.rendering),
        summaries: result.summaries, findings: noCheck ? nil : report.shown)
      Output.standard.write(try page.html)
    } else if let text = try format.print(VerificationReport(result, findings: report.shown)) {
      Output.standard.write(text)
    } else {
      DriftReport(style: Style(for: .standard)).write(result)
      if report.errors + report.warnings > 0 { Output.standard.write("\n" + report.text) }
    }
    var hasDrift = result.hasDrift
    if fix && hasDrift { hasDrift = try mend(result) }
    if hasDrift || report.errors > 0 { throw ExitCode.drift }
  }

  /// Renders anew what drifted, and says what became of it.
  /// - Returns: whether something differs still.
  private func mend(_ result: ComparisonOptions.Result) throws -> Bool {
    let there = Set(try result.reader.environments())
    let drifted = result.environments.filter { !$0.items.isEmpty }
    let names = drifted.map(\.name).filter(there.contains)
    if !names.isEmpty {
      let place = ["-C", comparison.workspace.start]
      if comparison.worktree {
        try RenderCommand.parse(place + names.map(\.path.text)).run()
      } else {
        try refuseEdits(of: names)
        let other = comparison.repository.map { ["--repository", $0] } ?? []
        try CommitCommand.parse(place + other + names.map(\.path.text)).run()
      }
    }
    var again = comparison
    again.environments = try EnvironmentArguments.parse(names.map(\.path.text))
    again.part = try ShardOptions.parse([])
    var left = names.isEmpty ? [] : try again.compare().environments.filter { !$0.items.isEmpty }
    left += drifted.filter { !there.contains($0.name) }
    for environment in left {
      for item in environment.items {
        let path = environment.name.rendered.appending("/").appending(item.path)
        Output.standard.write("left as it is: \(path) (\(item.causes.first?.description ?? "unknown"))\n")
      }
    }
    return !left.isEmpty
  }

  private func refuseEdits(of names: [EnvironmentName]) throws {
    // A repository without a work tree has none.
    guard let disk = try? comparison.workspace.onDisk() else { return }
    let head = try WorkspaceLocation.inRevision("HEAD", from: comparison.workspace.start)
    var edits = UncommittedEdits(try WorkspaceReader(disk), since: head)
    try edits.find(names).throwIfErrors()
  }
}
