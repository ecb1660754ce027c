import ArgumentParser
import Files
import Velero
import Workspace
import YAML

struct AdoptObjectsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "objects", abstract: "Adopt the objects of an install: files of `kubectl get -o yaml`.",
    discussion: """
      Lists are taken apart, and what the server set is passed over. Secrets stay in the cluster: the values name them.
      """)

  @OptionGroup var options: AdoptOptions
  @Option(help: ArgumentHelp("The namespace of the install that is meant, where there are several.", valueName: "name"))
  var namespace: String?
  @Argument(help: ArgumentHelp("Files, directories, or '-' for standard input.", valueName: "path"))
  var paths: [String]

  func run() throws {
    let place = try AdoptionPlace(options)
    let installed = try InstalledObjects(
      ManifestFiles.documents(at: paths), catalogue: place.catalogue, release: try place.release, namespace: namespace)
    var notes: [AdoptionNote] = []
    if installed.hasDefinitions {
      notes = installed.notes(comparingDefinitionsWith: try place.bundle.definitionDocuments(of: installed.release))
    }
    try place.finish(try place.adopt(installed, notes: notes))
  }
}
