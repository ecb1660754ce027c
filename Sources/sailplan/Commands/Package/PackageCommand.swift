import ArgumentParser

/// `sailplan package`: one file a subcommand beside this one.
struct PackageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "package", abstract: "Make packages of Velero's releases for clusters with kapp-controller.",
    subcommands: [PackageReleaseCommand.self])
}
