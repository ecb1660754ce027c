import ArgumentParser
import Files
import Velero

struct ReleaseShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print what belongs to a release: images, plugins, clusters, and what is in it.")

  @Argument(help: "The release, such as v1.18.1.")
  var release: String

  func run() throws {
    let catalogue = try ReleaseCommand.catalogue()
    let version = try catalogue.release(named: release)
    guard let minor = catalogue.minor(of: version) else { return }
    let tested = minor.kubernetes.tested
    var rows = [
      ["release", version.description],
      ["image", "velero/velero:\(version)"],
      ["uploaders", minor.uploaders.joined(separator: ", ")],
      ["kubernetes", "\(minor.kubernetes.oldest) or later"],
      ["tested on", tested.isEmpty ? "not said" : tested.joined(separator: ", ")],
    ]
    for plugin in minor.plugins {
      // Two numbers name all releases that begin with them.
      let fits = plugin.fits.map { $0.split(separator: ".").count == 2 ? $0 + ".x" : $0 }
      rows.append([
        "plugin \(plugin.name)",
        "\(plugin.image)  (\(fits.isEmpty ? "its makers name none for this release" : "works: \(fits.joined(separator: ", "))"))",
      ])
    }
    Output.standard.write(columns(rows) + "\n")
    for difference in catalogue.differences where difference.contains(version) {
      Output.standard.write("- \(difference.what)\n")
    }
  }
}
