import ArgumentParser
import Files
import Kubernetes
import Workspace

/// What is compared: the tree that a revision holds, or the one on disk, each with its own inputs.
struct ComparisonOptions: ParsableArguments {
  @OptionGroup var environments: EnvironmentArguments
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var parallel: JobOptions
  @OptionGroup var part: ShardOptions
  @Option(
    help: ArgumentHelp(
      "Compare what this revision holds with what its own inputs give; HEAD by default. The work tree is not read.",
      valueName: "revision"))
  var revision: String?
  @Flag(help: "Compare the files on disk with what the inputs on disk give.")
  var worktree = false
  @Option(
    help: ArgumentHelp(
      "Compare what this other repository holds, as 'sailplan commit --repository' writes it.", valueName: "directory"))
  var repository: String?
  @Flag(help: "Show what Secrets hold, in place of how long it is.")
  var showSecrets = false

  func validate() throws {
    if worktree && repository != nil { throw ValidationError("--worktree and --repository exclude each other") }
    if worktree && revision != nil { throw ValidationError("--worktree and --revision exclude each other") }
  }

  /// What came of comparing.
  struct Result {
    /// By name; also those without drift.
    let environments: [EnvironmentDrift]
    /// How messages call what was compared.
    let source: String
    /// How messages call what it was compared with.
    var rendering = "rendered"
    let isOnDisk: Bool
    /// What the checks found, where they were asked for.
    let checks: [EnvironmentCheck]
    /// What a page says about the environments, where one was asked for.
    let summaries: [EnvironmentSummary]
    /// Who read the inputs.
    let reader: WorkspaceReader

    /// The path of a file as messages show it, without the revision in front of it: from the top of the repository.
    func path(shown: String) -> String {
      !isOnDisk && shown.hasPrefix("\(source):") ? String(shown.dropFirst(source.count + 1)) : shown
    }

    var hasDrift: Bool { environments.contains { !$0.items.isEmpty } }
  }

  /// The workspace that inputs are read from.
  func inputs() throws(Diagnostic) -> any InputTree {
    if worktree { return try workspace.onDisk() }
    return try WorkspaceLocation.inRevision(revision ?? "HEAD", from: workspace.start)
  }

  /// Renders in memory and compares.
  /// - Parameters:
  ///   - isChecked: whether what is rendered is checked as well.
  ///   - isSummarized: whether what is rendered goes into a page.
  ///   - base: the revision whose rendered trees count; those beside the inputs where there is none.
  func compare(
    checking isChecked: Bool = false, summarizing isSummarized: Bool = false,
    againstRevision base: String? = nil
  ) throws -> Result {
    let tree = try inputs()
    let reader = try WorkspaceReader(tree)
    reader.leaveMemory()
    let names = part.choose(from: try environments.select(from: reader, workspace, rendered: true))
    let progress = Progress("rendering", of: names.count)
    let showSecrets = showSecrets
    let start = workspace.start
    let isAll = environments.isAll && part.shard == nil
    let there =
      try base == nil && !worktree ? reader.branches(of: names + (isAll ? reader.abandoned.sorted() : [])) : [:]
    let places = RenderedPlaces(branches: there, start: start, other: repository)
    let compared = try reader.render(names, jobs: parallel.jobs, progress: progress.show) {
      reader throws(Diagnostics) in
      let verification = Verification(try Self.trees(of: base, from: start) ?? places.tree(over: reader.tree))
      let check = isChecked ? try CheckReport.checking(reader) : nil
      return { rendered throws(Diagnostics) in
        let checked = try check?(rendered)
        let summary = isSummarized ? EnvironmentSummary(rendered) : nil
        let drift: EnvironmentDrift
        do throws(Diagnostic) {
          drift = try verification.drift(rendered)
        } catch {
          throw Diagnostics(error)
        }
        if showSecrets || drift.items.isEmpty { return (drift: drift, check: checked, summary: summary) }
        let hiding = try reader.inputs(for: drift.name).secretHiding
        return (drift: drift.hiding(hiding), check: checked, summary: summary)
      }
    }
    var drifts = compared.map(\.drift)
    // Only who asks about all environments asks about those that are gone.
    if isAll {
      let held = try Self.trees(of: base, from: start)
      let verification = Verification(held ?? places.tree(over: tree))
      for name in try gone(reader, held) {
        let left = try verification.leftovers(name)
        drifts.append(showSecrets ? left : left.hiding(SecretHiding()))
      }
      drifts.sort { $0.name < $1.name }
    }
    return Result(
      environments: drifts, source: base ?? (worktree ? "the work tree" : revision ?? "HEAD"), isOnDisk: worktree,
      checks: compared.compactMap(\.check), summaries: compared.compactMap(\.summary), reader: reader)
  }

  /// The workspace in the revision whose rendered trees count.
  private static func trees(of base: String?, from start: String) throws(Diagnostics) -> RevisionTree? {
    guard let base else { return nil }
    do throws(Diagnostic) {
      return try WorkspaceLocation.inRevision(base, from: start)
    } catch {
      throw Diagnostics(error)
    }
  }

  /// What was rendered, and is no environment any more.
  private func gone(_ reader: WorkspaceReader, _ held: RevisionTree?) throws(Diagnostics) -> [EnvironmentName] {
    guard let held else { return reader.abandoned.sorted() }
    let earlier = try WorkspaceReader(held)
    let there = Set(try reader.environments())
    return (try earlier.environments() + earlier.abandoned).filter { !there.contains($0) }.sorted()
  }

  private func rendered(_ name: String, by reader: WorkspaceReader) throws -> RenderedEnvironment {
    let names = try reader.environments(named: [ByteString(name)])
    guard names.count == 1, let rendered = try reader.render(names).first else {
      throw Diagnostic(
        "'\(name)' is a group of \(names.count) environments, and two environments are compared",
        hint: "name one of them, such as '\(names.first.map { "\($0)" } ?? name)'")
    }
    return rendered
  }

  /// Compares what two environments render.
  /// - Parameter other: the one that counts as what is there.
  func compare(environment: String, against other: String) throws -> Result {
    let reader = try WorkspaceReader(try inputs())
    let old = try rendered(other, by: reader)
    let new = try rendered(environment, by: reader)
    var drift = EnvironmentDrift(from: old, to: new)
    if !showSecrets {
      for name in [old.name, new.name] { drift = drift.hiding(try reader.inputs(for: name).secretHiding) }
    }
    return Result(
      environments: [drift], source: "\(old.name)", rendering: "\(new.name)", isOnDisk: worktree, checks: [],
      summaries: [EnvironmentSummary(new)], reader: reader)
  }
}
