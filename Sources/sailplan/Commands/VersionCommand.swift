import ArgumentParser

/// The version of the program.
enum Version {
  static let text = "0.1.0"
}

struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: "Print the version of sailplan.")

  func run() {
    Output.standard.write("sailplan \(Version.text)\n")
  }
}
