import ArgumentParser
import Workspace

/// Which part of the environments chosen a command is about, where several processes share the work.
struct ShardOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only the i-th of n parts of the environments chosen, such as 2/5: every environment is in one of them.",
      valueName: "i/n"))
  var shard: Shard?

  /// The environments of the part; all where none is asked for.
  func choose(from names: [EnvironmentName]) -> [EnvironmentName] { shard?.choose(from: names) ?? names }
}

extension Shard: ExpressibleByArgument {
  /// Reads `2/5`.
  public init?(argument: String) { self.init(argument) }
}
