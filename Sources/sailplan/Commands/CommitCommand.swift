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
  @Flag(help: "Render also what nobody touched since this sailplan committed it. The result is the same.")
  var noCache = false

  func validate() throws {
    if message?.isEmpty == true { throw ValidationError("the message is empty") }
  }

  func run() throws {
    let place = try CommitPlace(start: workspace.start)
    let reader = try WorkspaceReader(place.tree)
    let names = try environments.select(from: reader, workspace)
    var record = noCache ? nil : place.record(reader)
    let known = record?.committed(among: names, reader, in: place.head) ?? []
    let changed = names.filter { !known.contains($0) }
    let progress = Progress("rendering", of: names.count)
    let made = try reader.render(changed, jobs: parallel.jobs, progress: progress.show) { reader in
      { rendered in (rendered: rendered, entry: RenderRecord.Entry(rendered, reader)) }
    }
    let rendered = made.map(\.rendered)
    let secrets = rendered.map { PlaintextSecret.find(in: $0) }
    if !allowPlaintextSecrets { try Diagnostics(secrets.flatMap(\.self)).throwIfErrors() }
    let stamps = rendered.map { place.stamp(of: $0.name) }
    let updates = try place.updates(rendered)
    let batch = try place.batch()
    let commit = WorkspaceCommit(
      try place.commits(of: rendered, batch), inputs: place.isOnDisk ? reader.filesRead.files : [],
      bundle: names.isEmpty ? nil : try reader.bundle().digest)
    let snapshot = try commit.snapshot(
      on: place.head, prefix: place.prefix, message: message.map { ByteString($0) })
    for update in updates { try update.write() }
    for (index, update) in updates.enumerated() {
      record?.note(made[index].entry, for: rendered[index].name, stamp: update.isCurrent ? stamps[index] : nil)
    }
    defer { record?.write() }
    let outcome: CommitOutcome
    do throws(GitError) {
      outcome = try place.repository.commit(snapshot, batch: batch, progress: Progress.writing)
    } catch {
      throw error.diagnostic
    }
    switch outcome {
    case .unchanged: Output.standard.write("nothing to commit: what is committed is what is rendered\n")
    case .committed(let id):
      let subject = snapshot.message.text.split(separator: "\n").first ?? ""
      Output.standard.write("[\(id.abbreviated)] \(subject)\n")
    }
    // Whether what is known is committed is asked for anew each time; a Secret that was allowed once is not for ever.
    if record != nil, let commit = outcome.commit, let tree = try? place.tree(of: commit) {
      for (environment, secrets) in zip(rendered, secrets) where secrets.isEmpty {
        record?.noteCommitted(environment.name, in: tree)
      }
    }
  }
}
