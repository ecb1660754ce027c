import ArgumentParser
import Files
import Workspace

struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Write the manifests of environments.",
    discussion: """
      Writes environments/NAME/rendered/, one object a file, and environments/NAME/sailplan.lock. All environments are
      rendered before anything is written; each tree is replaced in one step. Files that sailplan did not write are left
      alone, those that it wrote and no longer renders are removed.
      Exit status: 0 done, 2 could not, 64 wrong usage.
      """)

  @OptionGroup var environments: EnvironmentArguments
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var parallel: JobOptions
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

  func validate() throws {
    if stdout && (output != nil || dryRun) {
      throw ValidationError("--stdout goes with neither --output nor --dry-run")
    }
    if output?.isEmpty == true { throw ValidationError("the directory of --output is empty") }
  }

  func run() throws {
    let tree = try workspace.onDisk()
    let reader = try WorkspaceReader(tree)
    let names = try environments.select(from: reader, workspace)
    let rendered = try reader.render(names, jobs: parallel.jobs, progress: Progress("rendering", of: names.count).show)
    if stdout { return printStream(rendered) }
    try write(rendered, in: tree)
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

  private func write(_ rendered: [RenderedEnvironment], in tree: DiskTree) throws {
    var updates: [TreeUpdate] = []
    var diagnostics = Diagnostics()
    for environment in rendered {
      do throws(Diagnostics) {
        updates.append(try update(environment, in: tree))
      } catch {
        diagnostics.append(contentsOf: error)
      }
    }
    try diagnostics.throwIfErrors()
    for (environment, update) in zip(rendered, updates) {
      if !dryRun { try update.write() }
      UpdateReport.write(environment, update, isDryRun: dryRun)
    }
    if rendered.isEmpty, environments.isAll { Output.standard.write("There are no environments yet.\n") }
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
