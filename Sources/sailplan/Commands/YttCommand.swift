import ArgumentParser

struct YttCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ytt", abstract: "Run the template engine on files of your own, as ytt does.")

  func run() throws {
    throw ExitCode.couldNot
  }
}
