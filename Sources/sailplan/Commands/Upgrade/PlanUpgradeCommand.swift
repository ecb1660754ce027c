import ArgumentParser
import Files
import Workspace

struct PlanUpgradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Say what an upgrade or downgrade means, and write nothing.",
    usage: "sailplan upgrade plan ENVIRONMENT... --to RELEASE [--format text|markdown|json]",
    discussion: """
      For each hop: values that change, images, objects that come and go, what replacing the resource definitions means
      for objects that are stored (as 'sailplan crd check' says it), and what people have to do. The files on disk are
      read, committed or not.
      Exit status: 0 planned, or all there already; 2 could not; 64 wrong usage.
      """)

  @OptionGroup var arguments: UpgradeArguments
  @Option(help: ArgumentHelp("How to print it: text, markdown (for pull requests) or json.", valueName: "format"))
  var format = PlanFormat.text

  func run() throws {
    let upgrade = try arguments.upgrade(in: try arguments.workspace.onDisk())
    switch format {
    case .text: Output.standard.write(UpgradePlanText(upgrade, style: Style(for: .standard)).text)
    case .markdown: Output.standard.write(UpgradePlanMarkdown(upgrade).text)
    case .json: Output.standard.write(try UpgradePlanJSON(upgrade).text)
    }
  }
}

/// How a plan is printed.
enum PlanFormat: String, ExpressibleByArgument, CaseIterable { case text, markdown, json }
