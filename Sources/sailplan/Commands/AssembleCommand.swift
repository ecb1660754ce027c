import ArgumentParser
import Files
import Git
import OCI
import Workspace

struct AssembleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assemble", abstract: "Commit what several processes rendered, each a part, as one commit.",
    usage: "sailplan assemble DIRECTORY... [--message TEXT] [--repository DIRECTORY]",
    discussion: """
      Each directory is the output of 'sailplan render --shard i/n --output DIRECTORY'. All parts must be there, each
      once, rendered from the commit that HEAD names, by this version of sailplan, with files as their locks have them;
      else nothing is written. The commit is the one that 'sailplan commit' makes in a single process.
      Exit status: 0 done, 2 could not, 64 wrong usage.
      """)

  @Argument(help: ArgumentHelp("The outputs of all shards.", valueName: "directory"))
  var directories: [String]
  @OptionGroup var workspace: WorkspaceOptions
  @Option(name: [.short, .long], help: ArgumentHelp("The message, in place of a summary.", valueName: "text"))
  var message: String?
  @Flag(help: "Commit Secrets whose content anybody can read who can read the repository.")
  var allowPlaintextSecrets = false
  @Option(
    help: ArgumentHelp("Commit to this other repository, as 'sailplan commit' does.", valueName: "directory"))
  var repository: String?

  func validate() throws {
    if directories.contains("") { throw ValidationError("a directory is empty") }
    if message?.isEmpty == true { throw ValidationError("the message is empty") }
    if repository?.isEmpty == true { throw ValidationError("the directory of --repository is empty") }
  }

  func run() throws {
    let place = try CommitPlace(start: workspace.start)
    var outputs: [ShardOutput] = []
    var diagnostics = Diagnostics()
    for directory in directories {
      do throws(Diagnostics) {
        outputs.append(try ShardOutput(in: directory))
      } catch {
        diagnostics.append(contentsOf: error)
      }
    }
    try diagnostics.throwIfErrors()
    let parts = try ShardOutput.environments(of: outputs, for: place)
    let branches = try WorkspaceReader(place.tree).branches(of: parts.map(\.entry.name))
    if let repository {
      let other = try CommitPlace(other: repository)
      let prepared = try prepare(parts, branches, at: other, isElsewhere: true)
      try write(prepared, source: outputs.first?.manifest.source, bundle: outputs.first?.manifest.bundle, at: other)
    } else {
      let prepared = try prepare(parts, branches, at: place, isElsewhere: false)
      try write(prepared, source: nil, bundle: outputs.first?.manifest.bundle, at: place)
    }
  }

  private typealias Prepared = (environments: [PreparedEnvironment], batch: ObjectBatch)

  private func prepare(
    _ parts: [(entry: ShardManifest.Entry, output: ShardOutput)], _ branches: [EnvironmentName: String],
    at place: borrowing CommitPlace, isElsewhere: Bool
  ) throws -> Prepared {
    let batch = try place.batch()
    let preparation = try place.preparation(
      of: parts.map(\.entry.name), branches: branches, keepsLocks: !isElsewhere, batch)
    var prepared: [PreparedEnvironment] = []
    var known: [ContentDigest: ByteString] = [:]
    var diagnostics = Diagnostics()
    let progress = Progress("reading", of: parts.count)
    for (index, part) in parts.enumerated() {
      progress.show(index)
      do throws(Diagnostics) {
        let rendered = try part.output.rendered(part.entry, &known)
        if !allowPlaintextSecrets { try Diagnostics(PlaintextSecret.find(in: rendered)).throwIfErrors() }
        prepared.append(try preparation.prepare(rendered))
      } catch {
        diagnostics.append(contentsOf: error)
      }
    }
    try diagnostics.throwIfErrors()
    return (prepared, batch)
  }

  private func write(_ prepared: Prepared, source: ObjectID?, bundle: ContentDigest?, at place: borrowing CommitPlace)
    throws
  {
    let commit = WorkspaceCommit(
      prepared.environments, inputs: [], bundle: bundle, message: message.map { ByteString($0) }, source: source)
    CommitReport.write(try commit.write(at: place, prepared.batch, progress: Progress.writing).moves)
  }
}
