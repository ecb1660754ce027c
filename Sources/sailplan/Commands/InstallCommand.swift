import ArgumentParser
import Files
import Templating
import Velero
import Workspace
import YAML

/// `velero install --dry-run`, printed from the bundle.
struct InstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Print what `velero install` would install, rendered from the bundle.",
    usage: "sailplan install --dry-run [-o yaml|json] [--velero-version VERSION] FLAG …",
    discussion: """
      The flags are those of `velero install`. Nothing is sent to a cluster, and none is asked.

      \(helpOfNewest)
      """)

  @Argument(parsing: .captureForPassthrough, help: .hidden)
  var flags: [String] = []

  /// The releases that the binary's bundle knows.
  private static var catalogue: ReleaseCatalogue {
    get throws(Diagnostics) { try ReleaseCatalogue(bundle: Bundle.embedded.files) }
  }

  /// The flags of the newest release. Left out where this command's help cannot be asked for: the configuration is part
  /// of every command's parser, and reading the bundle takes longer than all the rest of it.
  private static var helpOfNewest: String {
    guard CommandLine.arguments.contains("install") else { return "" }
    return (try? catalogue)?.releases.first.map { installHelp(version: $0) } ?? ""
  }

  /// The most that a file named by a flag may hold.
  private static let largestFile = 16 << 20

  func run() throws {
    if flags.contains(where: { $0 == "--help" || $0 == "-h" }) {
      throw CleanExit.helpRequest(self)
    }
    let request = try InstallRequest.checked(flags, catalogue: Self.catalogue)
    for warning in request.warnings { Output.error.write(warning.description + "\n") }
    let values = try request.values { path throws(Diagnostic) in
      try Disk.read(path, limit: Self.largestFile)
    }
    var dataValues = DataValueArguments()
    dataValues.made = [values]
    let files = Bundle.embedded.files.files.map { InputFile(path: $0.path, contents: $0.contents) }
    var input = RenderInput(files: files, dataValues: dataValues)
    input.reportsEachCause = true
    let output = try Rendering.render(input)
    Output.standard.write(try InstallList(output.documents).text(request.outputFormat))
  }

}

extension InstallRequest {
  /// Flags that cannot be, or cannot be together, are wrong usage.
  static func checked(_ flags: [String], catalogue: ReleaseCatalogue) throws -> InstallRequest {
    do {
      let request = try InstallRequest(CommandLineText(flags), catalogue: catalogue)
      try request.validate()
      return request
    } catch {
      Output.error.write(error.description)
      Output.error.finish()
      throw ExitCode.validationFailure
    }
  }
}
