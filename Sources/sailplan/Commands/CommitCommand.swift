import ArgumentParser
import Files
import Git
import OCI
import Workspace

struct CommitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "commit", _superCommandName: Sailplan.commandName, abstract: "Render, and commit what was rendered.",
    discussion: """
      One commit for all environments named. It holds the rendered trees, the locks, and what they were rendered from
      (sailplan.yaml, values, overlays), and nothing else: whatever else is changed or staged stays so. SOURCE_DATE_EPOCH
      fixes its time. Where nothing is new, no commit is made.
      Exit status: 0 done, 2 could not, 64 wrong usage.
      """)

  @OptionGroup var environments: EnvironmentArguments
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var part: ShardOptions
  @OptionGroup var parallel: JobOptions
  @Option(name: [.short, .long], help: ArgumentHelp("The message, in place of a summary.", valueName: "text"))
  var message: String?
  @Flag(help: "Commit Secrets whose content anybody can read who can read the repository.")
  var allowPlaintextSecrets = false

  @Flag(help: "Render also what nobody touched since this sailplan committed it. The result is the same.")
  var noCache = false
  @Option(
    help: ArgumentHelp(
      "Commit what is rendered, and nothing else, to this other repository; it may be bare. What it is rendered from must be committed already.",
      valueName: "directory"))
  var repository: String?

  func validate() throws {
    if message?.isEmpty == true { throw ValidationError("the message is empty") }
    if repository?.isEmpty == true { throw ValidationError("the directory of --repository is empty") }
  }

  func run() throws {
    let place = try CommitPlace(start: workspace.start)
    let reader = try WorkspaceReader(place.tree)
    reader.leaveMemory()
    let names = part.choose(from: try environments.select(from: reader, workspace))
    let branches = try reader.branches(of: names)
    if let repository {
      let other = try CommitPlace(other: repository)
      let batch = try other.batch()
      let preparation = try other.preparation(of: names, branches: branches, keepsLocks: false, batch)
      let made = try prepare(names, reader, preparation)
      let source = try place.source(of: reader.filesRead.files)
      let commit = WorkspaceCommit(
        made.map(\.prepared), inputs: [], bundle: try bundle(of: names, reader), message: text, source: source)
      CommitReport.write(try commit.write(at: other, batch, progress: Progress.writing).moves)
      return
    }

    var record = noCache ? nil : place.record(reader)
    // What is on a branch, the record does not know.
    let known = record?.committed(among: names.filter { branches[$0] == nil }, reader, in: place.head) ?? []
    let changed = names.filter { !known.contains($0) }
    let batch = try place.batch()
    let made = try prepare(changed, reader, try place.preparation(of: changed, branches: branches, batch))
    let inputs = place.isOnDisk ? reader.filesRead.files : []
    let commit = WorkspaceCommit(
      made.map(\.prepared), inputs: inputs, bundle: try bundle(of: names, reader), message: text)
    for environment in made {
      record?.note(environment.entry, for: environment.prepared.name, stamp: environment.prepared.currentStamp)
    }
    defer { record?.write() }
    let outcome = try commit.write(at: place, batch, progress: Progress.writing)
    CommitReport.write(outcome.moves)
    // Whether what is known is committed is asked for anew each time; a Secret that was allowed once is not for ever.
    if record != nil, let head = outcome.head, let tree = try? place.tree(of: head) {
      for environment in made where !environment.hasSecrets && branches[environment.prepared.name] == nil {
        record?.noteCommitted(environment.prepared.name, in: tree)
      }
    }
  }

  /// The digest of the bundle; nothing where there are no environments. Asked for late: another thread computes it.
  private func bundle(of names: [EnvironmentName], _ reader: WorkspaceReader) throws(Diagnostics) -> ContentDigest? {
    names.isEmpty ? nil : try reader.bundle().digest
  }

  private var text: ByteString? { message.map { ByteString($0) } }

  /// What was made of an environment.
  private typealias Made = (prepared: PreparedEnvironment, entry: RenderRecord.Entry?, hasSecrets: Bool)

  private func prepare(
    _ names: [EnvironmentName], _ reader: WorkspaceReader, _ preparation: CommitPreparation
  ) throws(Diagnostics) -> [Made] {
    let allowsSecrets = allowPlaintextSecrets
    let progress = Progress("rendering", of: names.count)
    return try reader.render(names, jobs: parallel.jobs, progress: progress.show) { reader in
      { rendered throws(Diagnostics) in
        let secrets = PlaintextSecret.find(in: rendered)
        if !allowsSecrets { try Diagnostics(secrets).throwIfErrors() }
        let entry = RenderRecord.Entry(rendered)
        return (prepared: try preparation.prepare(rendered), entry: entry, hasSecrets: !secrets.isEmpty)
      }
    }
  }
}
