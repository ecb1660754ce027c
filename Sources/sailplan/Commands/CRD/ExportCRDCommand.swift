import ArgumentParser
import Files
import Velero
import Workspace
import YAML

struct ExportCRDCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print the CRDs of a release of Velero.",
    discussion: """
      They are those that environments of that release are rendered with: a stream of YAML documents, in order of their \
      names. They are generated from Velero's API types and go with this program; no cluster is asked.
      """)

  @Option(help: ArgumentHelp("The release, such as v1.17.2 (default: the newest).", valueName: "release"))
  var release: String?

  func run() throws {
    let bundle = Bundle.embedded
    let catalogue = try ReleaseCatalogue(bundle: bundle.files)
    guard let newest = catalogue.releases.first else { return }
    let release = try release.map { try catalogue.release(named: $0) } ?? newest
    Output.standard.write(print(try bundle.definitionDocuments(of: release)))
  }
}
