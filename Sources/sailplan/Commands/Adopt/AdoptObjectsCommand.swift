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
    var documents: [Document] = []
    var diagnostics = Diagnostics()
    for path in paths {
      do throws(Diagnostics) {
        documents += try ManifestFiles.documents(at: path, options: ParseOptions(duplicateKeys: .error))
      } catch {
        diagnostics.append(contentsOf: error)
      }
    }
    try diagnostics.throwIfErrors()
    let installed = try InstalledObjects(
      documents, catalogue: place.catalogue, release: try place.release, namespace: namespace)
    var adoption = try ObjectAdoption(catalogue: place.catalogue, render: place.render).adopt(installed)
    if installed.hasDefinitions {
      adoption.notes += installed.notes(
        comparingDefinitionsWith: try place.bundle.definitionDocuments(of: installed.release))
    }
    try place.finish(adoption)
  }
}
