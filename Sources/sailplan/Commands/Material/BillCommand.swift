import ArgumentParser
import Carvel
import Files
import Workspace

struct BillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sbom", abstract: "Print the bill of materials of an environment's manifests, or of a bundle.",
    discussion: """
      It lists the files with their digests, the images that they start or that belong to the bundle, and for manifests \
      the release of Velero and the bundle that they were rendered from. The same inputs give the same bytes; SOURCE_DATE_EPOCH says what time it names.
      Exit status: 0 done, 2 could not, 64 wrong usage.
      """)

  /// How a bill of materials is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case spdx, cyclonedx
  }

  @OptionGroup var material: MaterialArguments
  @Option(help: ArgumentHelp("spdx (SPDX 2.3) or cyclonedx (CycloneDX 1.6), both in JSON.", valueName: "format"))
  var format = Format.spdx

  func run() throws {
    let date = try SourceDate.process
    let bill =
      switch try material.subject() {
      case .environment(let environment): try environment.bill(date: date)
      case .bundle(let bundle): bundle.bill(date: date)
      }
    switch format {
    case .spdx: try material.write(try SPDXDocument(bill).text)
    case .cyclonedx: try material.write(try CycloneDXDocument(bill).text)
    }
  }
}
