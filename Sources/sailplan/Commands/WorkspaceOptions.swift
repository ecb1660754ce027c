import ArgumentParser
import Files
import Workspace

/// Where the workspace is: every command that has to do with one takes this.
struct WorkspaceOptions: ParsableArguments {
  @Option(
    name: [.customShort("C"), .customLong("workspace")],
    help: ArgumentHelp("Start from this directory in place of the working directory.", valueName: "directory"))
  var start = "."

  /// The workspace on disk: where we start, or the nearest directory above.
  func onDisk() throws(Diagnostic) -> DiskTree { try WorkspaceLocation.onDisk(from: start) }

  func validate() throws {
    if start.isEmpty { throw ValidationError("the directory of -C is empty") }
  }
}
