import ArgumentParser
import Files
import Velero

struct AdoptTanzuCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tanzu", abstract: "Adopt values of the Velero package of the Tanzu Community Edition.",
    discussion: "The package's version, which is that of Velero, is named with --velero-version.")

  @OptionGroup var options: AdoptOptions
  @Argument(help: ArgumentHelp("Files with values, or '-' for standard input.", valueName: "file"))
  var files: [String]

  func run() throws {
    let place = try AdoptionPlace(options)
    let package = try TanzuPackage(ManifestFiles.documents(at: files), release: try place.release)
    let objects = try package.installedObjects(catalogue: place.catalogue, rendering: place.renderAlone)
    try place.finish(try place.adopt(objects, notes: package.notes))
  }
}
