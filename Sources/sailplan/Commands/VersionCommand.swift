import ArgumentParser
import Workspace

struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: "Print the version of sailplan.")

  func run() {
    Output.standard.write("sailplan \(ToolVersion.text)\n")
  }
}
