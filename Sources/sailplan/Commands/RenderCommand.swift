import ArgumentParser
import Files
import Workspace

struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", _superCommandName: Sailplan.commandName, abstract: "Write the manifests of environments.",
    discussion: """
      Writes environments/NAME/rendered/, one object a file, and environments/NAME/sailplan.lock. All environments are
      rendered before anything is written; each tree is replaced in one step. Files that sailplan did not write are left
      alone, those that it wrote and no longer renders are removed.
      With --shard and --output, what 'sailplan assemble' needs is written: trees, locks and sailplan-shard.yaml.
      Exit status: 0 done, 2 could not, 64 wrong usage.
      """)

  @OptionGroup var environments: EnvironmentArguments
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var parallel: JobOptions
  @OptionGroup var part: ShardOptions
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "Write the tree to this directory: directly with one environment named, else each into a directory of its name. No lock is written.",
      valueName: "directory"))
  var output: String?
  @Flag(help: "Print all objects as one stream of YAML and write nothing.")
  var stdout = false
  @Flag(help: "Say what would be written and removed, and do nothing.")
  var dryRun = false
  @Flag(help: "Render also what nobody touched since this sailplan rendered it. The result is the same.")
  var noCache = false

  func validate() throws {
    if stdout && (output != nil || dryRun) {
      throw ValidationError("--stdout goes with neither --output nor --dry-run")
    }
    if part.shard != nil, output != nil, dryRun { throw ValidationError("--dry-run goes without --shard and --output") }
    if output?.isEmpty == true { throw ValidationError("the directory of --output is empty") }
  }

  func run() throws {
    let tree = try workspace.onDisk()
    let reader = try WorkspaceReader(tree)
    let all = try environments.select(from: reader, workspace)
    if let shard = part.shard, let output, !stdout { return try write(shard, of: all, reader, to: output) }
    let names = part.choose(from: all)
    let progress = Progress("rendering", of: names.count)
    if stdout { return printStream(try reader.render(names, jobs: parallel.jobs, progress: progress.show)) }
    var record = noCache || output != nil ? nil : RenderRecord(of: tree, reader)
    let unchanged = record?.unchanged(among: names, reader) ?? [:]
    let changed = names.filter { unchanged[$0] == nil }
    let updates = try reader.render(changed, jobs: parallel.jobs, progress: progress.show) { reader in
      { rendered throws(Diagnostics) in
        let stamp = try? DiskStamp(of: tree.path(rendered.name.directory))
        let update = try update(rendered, in: tree)
        return (update: update, entry: RenderRecord.Entry(rendered), stamp: update.isCurrent ? stamp : nil)
      }
    }
    if !dryRun { try TreeUpdate.write(updates.map(\.update)) }
    var next = updates.makeIterator()
    for name in names {
      if let entry = unchanged[name] {
        UpdateReport.write(name, objects: entry.objects, changes: [], isDryRun: dryRun)
      } else if let (update, entry, stamp) = next.next() {
        record?.note(entry, for: name, stamp: stamp)
        UpdateReport.write(name, objects: update.objects, changes: update.changes, isDryRun: dryRun)
      }
    }
    if !dryRun { record?.write() }
    if names.isEmpty, environments.isAll, part.shard == nil {
      Output.standard.write("There are no environments yet.\n")
    }
  }

  private func printStream(_ rendered: [RenderedEnvironment]) {
    var isFirst = true
    for environment in rendered {
      for path in environment.paths {
        if !isFirst { Output.standard.write("---\n") }
        isFirst = false
        Output.standard.write(environment.tree[path] ?? .empty)
      }
    }
  }

  private func update(_ environment: RenderedEnvironment, in tree: DiskTree) throws(Diagnostics) -> TreeUpdate {
    let name = environment.name
    guard let output else {
      return try TreeUpdate(environment, place: tree.path(name.rendered), lockPlace: tree.path(name.lock))
    }
    var place = output
    while place.count > 1, place.hasSuffix("/") { place.removeLast() }
    if !environments.isOnly(name) { place += "/\(name)" }
    return try TreeUpdate(environment, place: place, lockPlace: nil)
  }
}
