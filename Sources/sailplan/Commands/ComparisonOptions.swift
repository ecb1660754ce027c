import ArgumentParser
import Files
import Workspace

/// What is compared: the tree that a revision holds, or the one on disk, each with its own inputs.
struct ComparisonOptions: ParsableArguments {
  @OptionGroup var environments: EnvironmentArguments
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var parallel: JobOptions
  @Option(
    help: ArgumentHelp(
      "Compare what this revision holds with what its own inputs give; HEAD by default. The work tree is not read.",
      valueName: "revision"))
  var revision: String?
  @Flag(help: "Compare the files on disk with what the inputs on disk give.")
  var worktree = false
  @Flag(help: "Show what Secrets hold, in place of how long it is.")
  var showSecrets = false

  func validate() throws {
    if worktree && revision != nil { throw ValidationError("--worktree and --revision exclude each other") }
  }

  /// What came of comparing.
  struct Result {
    /// By name; also those without drift.
    let environments: [EnvironmentDrift]
    /// How messages call what was compared.
    let source: String
    let isOnDisk: Bool
    /// What the checks found, where they were asked for.
    let checks: [EnvironmentCheck]
    /// Who read the inputs.
    let reader: WorkspaceReader

    /// The path of a file as messages show it, without the revision in front of it: from the top of the repository.
    func path(shown: String) -> String {
      !isOnDisk && shown.hasPrefix("\(source):") ? String(shown.dropFirst(source.count + 1)) : shown
    }

    var hasDrift: Bool { environments.contains { !$0.items.isEmpty } }
  }

  /// Renders in memory and compares.
  /// - Parameter isChecked: whether what is rendered is checked as well.
  func compare(checking isChecked: Bool = false) throws -> Result {
    let tree: any InputTree =
      if worktree {
        try workspace.onDisk()
      } else {
        try WorkspaceLocation.inRevision(revision ?? "HEAD", from: workspace.start)
      }
    let reader = try WorkspaceReader(tree)
    let names = try environments.select(from: reader, workspace, rendered: true)
    let progress = Progress("rendering", of: names.count)
    let showSecrets = showSecrets
    let compared = try reader.render(names, jobs: parallel.jobs, progress: progress.show) {
      reader throws(Diagnostics) in
      let verification = Verification(reader.tree)
      let check = isChecked ? try CheckReport.checking(reader) : nil
      return { rendered throws(Diagnostics) in
        let checked = try check?(rendered)
        let drift: EnvironmentDrift
        do throws(Diagnostic) {
          drift = try verification.drift(rendered)
        } catch {
          throw Diagnostics(error)
        }
        if showSecrets || drift.items.isEmpty { return (drift: drift, check: checked) }
        return (drift: drift.hiding(try reader.inputs(for: drift.name).secretHiding), check: checked)
      }
    }
    var drifts = compared.map(\.drift)
    // Only who asks about all environments asks about those that are gone.
    if environments.isAll {
      let verification = Verification(tree)
      for name in reader.abandoned.sorted() { drifts.append(try verification.leftovers(name)) }
      drifts.sort { $0.name < $1.name }
    }
    return Result(
      environments: drifts, source: worktree ? "the work tree" : revision ?? "HEAD", isOnDisk: worktree,
      checks: compared.compactMap(\.check), reader: reader)
  }
}
