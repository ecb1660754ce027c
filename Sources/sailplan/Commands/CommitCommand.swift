import ArgumentParser
import Files
import Git
import Workspace

struct CommitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "commit", abstract: "Render, and commit what was rendered.",
    discussion: """
      One commit for all environments named. It holds the rendered trees, the locks, and what they were rendered from
      (sailplan.yaml, values, overlays), and nothing else: whatever else is changed or staged stays so. SOURCE_DATE_EPOCH
      fixes its time. Where nothing is new, no commit is made.
      Exit status: 0 done, 2 could not, 64 wrong usage.
      """)

  @OptionGroup var environments: EnvironmentArguments
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var parallel: JobOptions
  @Option(name: [.short, .long], help: ArgumentHelp("The message, in place of a summary.", valueName: "text"))
  var message: String?
  @Flag(help: "Commit Secrets whose content anybody can read who can read the repository.")
  var allowPlaintextSecrets = false

  func validate() throws {
    if message?.isEmpty == true { throw ValidationError("the message is empty") }
  }

  func run() throws {
    let place = try CommitPlace(start: workspace.start)
    let reader = try WorkspaceReader(place.tree)
    let names = try environments.select(from: reader, workspace)
    let rendered = try reader.render(names, jobs: parallel.jobs, progress: Progress("rendering", of: names.count).show)
    if !allowPlaintextSecrets {
      let secrets = Diagnostics(rendered.flatMap { PlaintextSecret.find(in: $0) })
      try secrets.throwIfErrors()
    }
    let updates = try place.updates(rendered)
    let batch = try place.batch()
    let commit = WorkspaceCommit(
      try place.commits(of: rendered, batch), inputs: place.isOnDisk ? reader.filesRead.files : [])
    let snapshot = try commit.snapshot(
      on: place.head, prefix: place.prefix, message: message.map { ByteString($0) })
    for update in updates { try update.write() }
    do throws(GitError) {
      switch try place.repository.commit(snapshot, batch: batch, progress: Progress.writing) {
      case .unchanged: Output.standard.write("nothing to commit: what is committed is what is rendered\n")
      case .committed(let id):
        let subject = snapshot.message.text.split(separator: "\n").first ?? ""
        Output.standard.write("[\(id.abbreviated)] \(subject)\n")
      }
    } catch {
      throw error.diagnostic
    }
  }
}
