import ArgumentParser
import Files
import Velero
import YAML

struct AdoptTanzuCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tanzu", abstract: "Adopt values of the Velero package of the Tanzu Community Edition.",
    discussion: "The package's version, which is that of Velero, is named with --velero-version.")

  @OptionGroup var options: AdoptOptions
  @Argument(help: ArgumentHelp("Files with values, or '-' for standard input.", valueName: "file"))
  var files: [String]

  func run() throws {
    let place = try AdoptionPlace(options)
    var documents: [Document] = []
    for file in files {
      documents += try ManifestFiles.documents(at: file, options: ParseOptions(duplicateKeys: .error))
    }
    let package = try TanzuPackage(documents, release: try place.release)
    let objects = try package.installedObjects(catalogue: place.catalogue, rendering: place.renderAlone)
    var adoption = try ObjectAdoption(catalogue: place.catalogue, render: place.render).adopt(objects)
    adoption.notes += package.notes
    try place.finish(adoption)
  }
}
