import ArgumentParser

struct InstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Render what `velero install` would install.")

  func run() throws {
    throw ExitCode.couldNot
  }
}
