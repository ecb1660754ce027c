import ArgumentParser
import Files
import Workspace

/// What a bill of materials or a provenance is asked for, and where it goes.
struct MaterialArguments: ParsableArguments {
  @Argument(help: ArgumentHelp("The environment.", valueName: "environment"))
  var environment: String
  @OptionGroup var workspace: WorkspaceOptions
  @Option(
    help: ArgumentHelp("Take the workspace as this revision has it (default: HEAD).", valueName: "revision"))
  var revision: String?
  @Flag(help: "Take the workspace as it is on disk. No commit is named then.")
  var worktree = false
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Write to this file, not to standard output.", valueName: "file"))
  var output: String?

  func validate() throws {
    if worktree && revision != nil { throw ValidationError("--worktree and --revision exclude each other") }
    if output?.isEmpty == true { throw ValidationError("the file of --output is empty") }
    try EnvironmentArguments.check(environment)
  }

  /// The environment, rendered in memory.
  func materials() throws -> EnvironmentMaterials {
    let tree: any InputTree =
      worktree
      ? try workspace.onDisk() : try WorkspaceLocation.inRevision(revision ?? "HEAD", from: workspace.start)
    let reader = try WorkspaceReader(tree)
    let name = try WorkspaceReader.name(ByteString(environment))
    guard try reader.environments(in: name) == [name], let rendered = try reader.render([name]).first else {
      let near = Spelling.nearest(to: name.path, among: try reader.environments().map(\.path))
      throw Diagnostic(
        "there is no environment '\(name)'",
        hint: near.map { "did you mean '\($0)'?" } ?? "'sailplan environment list' lists the environments")
    }
    return try EnvironmentMaterials(rendered, reader)
  }

  /// Writes the text to where it was asked for.
  /// - Parameter isSigned: whether a signature is written beside it.
  func write(_ text: ByteString, signed isSigned: Bool) throws {
    guard let output else { return Output.standard.write(text) }
    // Nothing is written that was to be signed and cannot be.
    let signature = isSigned ? try WorkspaceLocation.signature(ofFile: text, from: workspace.start) : nil
    try Disk.replace(output, with: text)
    if let signature { try Disk.replace("\(output).sig", with: signature) }
  }
}
