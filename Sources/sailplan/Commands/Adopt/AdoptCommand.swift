import ArgumentParser

struct AdoptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt", abstract: "Turn what you have into values, and show what they would change.",
    discussion: """
      Prints the smallest values that render what is there, and on standard error what is left out and what still
      differs. Exit status: 0 nothing differs, 1 something differs or is missing, 2 could not do it, 64 wrong usage.
      """,
    subcommands: [AdoptInstallCommand.self, AdoptObjectsCommand.self, AdoptHelmCommand.self, AdoptTanzuCommand.self])
}
