import ArgumentParser
import Files
import Velero

struct ReleaseListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Print the releases, newest first, with their plugins and uploaders.")

  func run() throws {
    let catalogue = try ReleaseCommand.catalogue()
    let plugins = ["aws", "azure", "gcp", "csi", "vsphere"]
    var rows = [["RELEASE", "UPLOADERS", "KUBERNETES"] + plugins.map { $0.uppercased() }]
    for version in catalogue.releases {
      guard let minor = catalogue.minor(of: version) else { continue }
      let tags = plugins.map { name in
        minor.plugins.first { $0.name == name }?.image.split(separator: ":").last.map(String.init) ?? "-"
      }
      rows.append(
        [version.description, minor.uploaders.joined(separator: ","), minor.kubernetes.oldest + "+"] + tags)
    }
    Output.standard.write(columns(rows))
  }
}
