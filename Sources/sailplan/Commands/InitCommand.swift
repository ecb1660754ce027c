import ArgumentParser
import Files
import Workspace

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a directory a workspace.",
    discussion: """
      Writes sailplan.yaml and, with --provider, a first environment with sample values to edit. Never asks anything,
      and never touches a file that exists.
      """)

  @OptionGroup var workspace: WorkspaceOptions
  @Option(help: ArgumentHelp("Add an environment for this provider: \(ProviderName.list).", valueName: "provider"))
  var provider: ProviderName?
  @Option(help: ArgumentHelp("The name of that environment; else the provider's.", valueName: "name"))
  var name: String?

  func validate() throws {
    guard let name else { return }
    if provider == nil { throw ValidationError("--name names an environment, which needs --provider") }
    try AddCommand.checkNew(name)
  }

  func run() throws {
    var environment: (EnvironmentName, String)?
    if let provider {
      environment = (try EnvironmentName(ByteString(name ?? provider.text)), provider.text)
    }
    let written = try WorkspaceCreation.createWorkspace(at: workspace.start, environment: environment)
    for path in written { Output.standard.write("created \(path)\n") }
    if written.count > 1 {
      Output.standard.write("Edit \(written[1]), then run 'sailplan render'.\n")
    } else {
      Output.standard.write("Next: sailplan environment add NAME --provider PROVIDER\n")
    }
  }
}

/// A provider that there are sample values for.
struct ProviderName: ExpressibleByArgument {
  let text: String

  init?(argument: String) {
    guard WorkspaceCreation.providers.contains(argument) else { return nil }
    text = argument
  }

  static var list: String { WorkspaceCreation.providers.joined(separator: ", ") }
  static var allValueStrings: [String] { WorkspaceCreation.providers }
}
