import ArgumentParser
import Files
import Velero

struct AdoptHelmCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "helm", abstract: "Adopt values of the velero chart: those given to Helm, or `helm get values`.",
    discussion: """
      Of several files the later wins, as with Helm. Objects get the names that `velero install` gives them; to take a
      release over as it is, adopt its objects: `helm get manifest NAME | sailplan adopt objects -`.
      """)

  @OptionGroup var options: AdoptOptions
  @Option(help: ArgumentHelp("The name of the Helm release, which the chart makes names of.", valueName: "name"))
  var release = "velero"
  @Option(help: ArgumentHelp("The namespace that it is installed in; else velero.", valueName: "name"))
  var namespace: String?
  @Argument(help: ArgumentHelp("Files with values, or '-' for standard input.", valueName: "file"))
  var files: [String]

  func run() throws {
    let place = try AdoptionPlace(options)
    let chart = try HelmChart(
      ManifestFiles.documents(at: files), catalogue: place.catalogue, release: try place.release, name: release,
      namespace: namespace)
    let objects = try chart.installedObjects(catalogue: place.catalogue, rendering: place.renderAlone)
    try place.finish(try place.adopt(objects, notes: chart.notes))
  }
}
