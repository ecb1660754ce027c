import ArgumentParser
import Files
import Workspace

struct UpgradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upgrade", abstract: "Bring environments to another release of Velero, newer or older.",
    discussion: """
      Hop by hop through the minor versions between, each at its newest release. Values are rewritten where they stand,
      everything else in their files stays; what a release does not take is set aside as a comment, and taken back on the
      way back. No cluster is asked. docs/upgrade.md tells more.
      """,
    subcommands: [PlanUpgradeCommand.self, ApplyUpgradeCommand.self])
}

/// What is to be brought where.
struct UpgradeArguments: ParsableArguments {
  @Argument(help: ArgumentHelp("The environments: names, groups, or patterns; one at least.", valueName: "environment"))
  var names: [String]
  @Option(help: ArgumentHelp("The release to get to, such as v1.18.1; it may be an older one.", valueName: "release"))
  var to: String
  @OptionGroup var workspace: WorkspaceOptions

  func validate() throws {
    for name in names { try EnvironmentArguments.checkPattern(name) }
    if to.isEmpty { throw ValidationError("the release of --to is empty") }
  }

  /// Works out the whole way from what stands in a tree.
  func upgrade(in tree: any InputTree) throws(Diagnostics) -> WorkspaceUpgrade {
    try WorkspaceUpgrade(tree, names.map { ByteString($0) }, to: to)
  }
}
