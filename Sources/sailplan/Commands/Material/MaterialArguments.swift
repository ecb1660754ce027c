import ArgumentParser
import Carvel
import Files
import OCI
import Workspace

/// What a bill of materials or a provenance is asked for, and where it goes.
struct MaterialArguments: ParsableArguments {
  @Argument(help: ArgumentHelp("The environment; none for a bundle.", valueName: "environment"))
  var environment: String?
  @OptionGroup var bundle: BundleSourceArguments
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
  @OptionGroup var registry: RegistryArguments

  func validate() throws {
    if (environment == nil ? 0 : 1) + bundle.count != 1 {
      throw ValidationError("name an environment, or a bundle with one of -b, --lock, --layout and --tar")
    }
    if worktree && revision != nil { throw ValidationError("--worktree and --revision exclude each other") }
    if output?.isEmpty == true { throw ValidationError("the file of --output is empty") }
    if let environment { try EnvironmentArguments.check(environment) }
  }

  /// What is asked about.
  enum Subject {
    case environment(EnvironmentMaterials)
    case bundle(BundleMaterials)
  }

  /// What is asked about, read or rendered in memory.
  func subject() throws -> Subject {
    guard let environment else {
      switch try bundle.place {
      case .registry(let reference): return .bundle(try BundleMaterials(of: reference, in: try registry.client()))
      case .layout(let layout, let reference): return .bundle(try BundleMaterials(of: reference, in: layout))
      }
    }
    let reader = try reader()
    let name = try WorkspaceReader.name(ByteString(environment))
    guard try reader.environments(in: name) == [name], let rendered = try reader.render([name]).first else {
      let near = Spelling.nearest(to: name.path, among: try reader.environments().map(\.path))
      throw Diagnostic(
        "there is no environment '\(name)'",
        hint: near.map { "did you mean '\($0)'?" } ?? "'sailplan environment list' lists the environments")
    }
    return .environment(try EnvironmentMaterials(rendered, reader))
  }

  /// Reads the workspace.
  func reader() throws -> WorkspaceReader {
    let tree: any InputTree =
      worktree
      ? try workspace.onDisk() : try WorkspaceLocation.inRevision(revision ?? "HEAD", from: workspace.start)
    return try WorkspaceReader(tree)
  }

  /// Writes the text to where it was asked for.
  /// - Parameter isSigned: whether a signature is written beside it.
  func write(_ text: ByteString, signed isSigned: Bool = false) throws {
    guard let output else { return Output.standard.write(text) }
    // Nothing is written that was to be signed and cannot be.
    let signature = isSigned ? try WorkspaceLocation.signature(ofFile: text, from: workspace.start) : nil
    try Disk.replace(output, with: text)
    if let signature { try Disk.replace("\(output).sig", with: signature) }
  }
}
