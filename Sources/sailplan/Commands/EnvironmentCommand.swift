import ArgumentParser
import Files
import Workspace

struct EnvironmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "environment", abstract: "Add and list environments.",
    subcommands: [AddCommand.self, ListCommand.self],
    aliases: ["env"])
}

struct AddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add an environment with a provider's sample values to edit.",
    discussion: "Never asks anything, and never touches a file that exists.")

  @OptionGroup var workspace: WorkspaceOptions
  @Argument(help: "The name: letters, digits, '-', '_' and '.'.")
  var name: String
  @Option(help: ArgumentHelp("Where the cluster runs: \(ProviderName.list).", valueName: "provider"))
  var provider: ProviderName
  @Option(
    help: ArgumentHelp(
      "The group to put it in: a directory below environments/ whose values and overlays it inherits.",
      valueName: "group"))
  var group: String?

  func validate() throws {
    try AddCommand.checkNew(name)
    if let group { try EnvironmentArguments.check(group) }
  }

  /// A new name is one part: groups are named apart.
  static func checkNew(_ name: String) throws {
    try EnvironmentArguments.check(name)
    if name.contains("/") {
      throw ValidationError("'\(name)' cannot name an environment: it has a '/' (name a group with --group)")
    }
  }

  func run() throws {
    let tree = try workspace.onDisk()
    _ = try WorkspaceReader(tree)
    let path = group.map { "\($0)/\(name)" } ?? name
    let written = try WorkspaceCreation.createEnvironment(
      EnvironmentName(ByteString(path)), provider: provider.text, in: tree)
    for path in written { Output.standard.write("created \(path)\n") }
  }
}

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Print the names of the environments, one a line.")

  @OptionGroup var environments: EnvironmentArguments
  @OptionGroup var workspace: WorkspaceOptions

  func run() throws {
    let reader = try WorkspaceReader(try workspace.onDisk())
    for name in try environments.select(from: reader, workspace) {
      Output.standard.write("\(name)\n")
    }
  }
}
