import ArgumentParser
import Files
import Velero
import Workspace

struct AdoptInstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Adopt the flags that `velero install` was run with.",
    usage: "sailplan adopt install [--velero-version VERSION] [--environment NAME] -- FLAG …",
    discussion: "Flags come behind '--', as they were given; 'velero install' may stand in front of them.")

  @OptionGroup var options: AdoptOptions
  @Argument(parsing: .postTerminator, help: .hidden)
  var flags: [String] = []

  func validate() throws {
    if flags.isEmpty { throw ValidationError("no flags are given: put them behind '--'") }
  }

  func run() throws {
    let place = try AdoptionPlace(options)
    let request = try request(place.catalogue)
    if let adoption = request.adoptionOfDefinitions { return try place.finish(adoption) }
    let objects = try request.installedObjects(catalogue: place.catalogue, rendering: place.renderAlone) {
      path throws(Diagnostic) in try Disk.read(path, limit: AdoptOptions.largestFile)
    }
    try place.finish(try place.adopt(objects, notes: request.adoptionNotes))
  }

  private func request(_ catalogue: ReleaseCatalogue) throws -> InstallRequest {
    var flags = self.flags
    for word in ["velero", "install"] where flags.first == word { flags.removeFirst() }
    if let version = options.veleroVersion { flags += ["--velero-version=\(version)"] }
    // Whether they only printed then makes no difference now.
    flags += ["--dry-run"]
    return try .checked(flags, catalogue: catalogue)
  }
}
