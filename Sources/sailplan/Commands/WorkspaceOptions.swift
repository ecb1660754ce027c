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

/// The environments that a command is about.
struct EnvironmentArguments: ParsableArguments {
  @Argument(help: ArgumentHelp("The environments; all of the workspace where none is named.", valueName: "environment"))
  var names: [String] = []

  /// Refuses names that no workspace can have: that is wrong usage.
  func validate() throws {
    for name in names { try EnvironmentArguments.check(name) }
  }

  /// The names as the workspace reads them.
  var texts: [ByteString] { names.map { ByteString($0) } }

  static func check(_ name: String) throws {
    do throws(Diagnostic) {
      _ = try WorkspaceReader.name(ByteString(name))
    } catch {
      throw ValidationError(error.message + (error.hint.map { " (\($0))" } ?? ""))
    }
  }
}
