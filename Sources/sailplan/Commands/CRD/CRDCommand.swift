import ArgumentParser

/// `sailplan crd`: one file a subcommand beside this one.
struct CRDCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crd", abstract: "Make CustomResourceDefinitions from API types, compare them, and print Velero's.",
    subcommands: [GenerateCRDCommand.self, CheckCRDCommand.self, ExportCRDCommand.self, ListMarkersCommand.self])
}
