import ArgumentParser
import Files
import Velero
import Workspace

struct ReleaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Tell about the releases of Velero that the bundle knows.",
    subcommands: [ReleaseListCommand.self, ReleaseShowCommand.self, ReleaseDiffCommand.self])

  /// What the bundle of the binary knows.
  static func catalogue() throws -> ReleaseCatalogue { try ReleaseCatalogue(bundle: Bundle.embedded.files) }
}
