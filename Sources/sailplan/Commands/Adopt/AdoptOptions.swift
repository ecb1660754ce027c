import ArgumentParser
import Files
import Velero
import Workspace
import YAML

/// What all ways of adopting take.
struct AdoptOptions: ParsableArguments {
  /// The most that a file may hold.
  static let largestFile = 16 << 20

  @OptionGroup var workspace: WorkspaceOptions
  @Option(
    help: ArgumentHelp("The release of Velero, where nothing that is read says it.", valueName: "version"))
  var veleroVersion: String?
  @Option(
    help: ArgumentHelp(
      "Write values.yaml, and overlays/adopted.yaml where one is needed, for a new environment of that name.",
      valueName: "name"))
  var environment: String?
  @Flag(help: "Write them also where they exist.")
  var overwrite = false

  func validate() throws {
    if let environment { try EnvironmentArguments.check(environment) }
    if overwrite, environment == nil { throw ValidationError("--overwrite is about files, which need --environment") }
  }
}

/// Where the result of an adoption goes, and what it is rendered with.
struct AdoptionPlace {
  let bundle: Bundle
  let catalogue: ReleaseCatalogue
  private let options: AdoptOptions
  private let candidate: Candidate
  private let alone: Candidate
  private let environment: NewEnvironment?

  /// - Throws: a diagnostic if the environment is there, or cannot be.
  init(_ options: AdoptOptions) throws {
    self.options = options
    var bundle = Bundle.embedded
    if let name = options.environment {
      let tree = try options.workspace.onDisk()
      let reader = try WorkspaceReader(tree)
      bundle = try reader.bundle()
      let environment = try NewEnvironment(
        try WorkspaceReader.name(ByteString(name)), in: tree, isReplaced: options.overwrite)
      self.environment = environment
      candidate = Candidate(bundle: bundle, inherited: try environment.inherited(reader))
    } else {
      environment = nil
      candidate = Candidate(bundle: bundle)
    }
    self.bundle = bundle
    alone = Candidate(bundle: bundle)
    catalogue = try ReleaseCatalogue(bundle: bundle.files)
  }

  /// The release that was named.
  var release: ReleaseVersion? {
    get throws { try options.veleroVersion.map { try catalogue.release(named: $0) } }
  }

  /// Renders where the environment will be.
  func render(_ values: Document, _ overlay: ByteString?) throws(Diagnostics) -> [Document] {
    try candidate.render(values, overlay)
  }

  /// Renders without what the environment inherits.
  func renderAlone(_ values: Document, _ overlay: ByteString?) throws(Diagnostics) -> [Document] {
    try alone.render(values, overlay)
  }

  /// Finds values for objects; `notes` are what there is to tell besides.
  func adopt(_ objects: InstalledObjects, notes: [AdoptionNote]) throws(Diagnostics) -> Adoption {
    var adoption = try ObjectAdoption(catalogue: catalogue, render: render).adopt(objects)
    adoption.notes += notes
    return adoption
  }

  /// Prints or writes what was found, tells the rest, and ends with the status that goes with it.
  func finish(_ adoption: Adoption) throws {
    let values = print([adoption.values])
    var report = AdoptionReport(adoption, style: Style(for: .error))
    if let environment {
      report.written = try environment.write(values: values, overlay: adoption.overlay)
    } else {
      Output.standard.write(values)
    }
    Output.error.write(report.text)
    if !adoption.isComplete { throw ExitCode.drift }
  }
}
