import ArgumentParser
import Carvel
import Files
import OCI
import Velero
import Workspace

struct PackageReleaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Write Package and PackageMetadata resources of Velero's releases.",
    usage: "sailplan package release [VERSION …] --bundle IMAGE --output DIRECTORY [--revision NUMBER]",
    discussion: """
      Each release becomes a package that installs it from the bundle of templates that --bundle names, which 'sailplan \
      bundle push' has pushed. The directory is laid out as 'kctrl package repository release' lays it out: \
      packages/NAME/VERSION.yml, packages/NAME/metadata.yml and .imgpkg/images.yml. Packages that it has already stay.
      The version of a package is that of Velero and, behind +sailplan., the number of --revision. SOURCE_DATE_EPOCH \
      says when they are released; without it the resources do not say.
      Exit status: 0 done, 2 could not, 64 wrong usage.
      """)

  @Argument(help: ArgumentHelp("Releases of Velero, such as v1.18.1 (default: all).", valueName: "version"))
  var releases: [String] = []
  @Option(
    name: [.customShort("b"), .long],
    help: ArgumentHelp("The bundle of templates in its registry, by digest.", valueName: "image"))
  var bundle: String
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The directory of the package repository.", valueName: "directory"))
  var output: String
  @Option(help: ArgumentHelp("Which edition of the packages it is.", valueName: "number"))
  var revision = 1
  @Option(help: ArgumentHelp("The name of the package.", valueName: "name"))
  var name = ReleasePackages.defaultName
  @OptionGroup var workspace: WorkspaceOptions

  func validate() throws {
    if output.isEmpty { throw ValidationError("the directory of --output is empty") }
    if revision < 1 { throw ValidationError("--revision begins with 1") }
  }

  func run() throws {
    let image = try ImageReference(ByteString(bundle))
    guard image.digest != nil else { throw Diagnostic.noDigest(bundle) }
    let packages = try ReleasePackages(
      of: try templates(), name: try PackageName(ByteString(name)), image: image.text, revision: revision,
      releasedAt: try SourceDate.process?.rfc3339)
    let chosen = releases.isEmpty ? packages.releases : try releases.map(packages.release)
    let contents = PackageRepositoryContents(
      packages.metadata, packages: try chosen.map { release throws(Diagnostics) in try packages.package(of: release) })
    let directory = RepositoryDirectory(output)
    let files = try contents.files(beside: try directory.files(below: PackageRepositoryContents.directory))
    try directory.replace(files)
    for package in contents.packages { Output.standard.write("\(package.name).\(package.version)\n") }
  }

  /// The bundle of the workspace that we are in, or else that of the program.
  private func templates() throws -> Bundle {
    guard let tree = try? workspace.onDisk() else { return .embedded }
    return try WorkspaceReader(tree).bundle()
  }
}

extension Diagnostic {
  fileprivate static func noDigest(_ bundle: String) -> Diagnostic {
    Diagnostic(
      "the bundle '\(bundle)' has no digest, so that the packages could come to mean something else",
      hint: "name it as 'sailplan bundle push' prints it: REPOSITORY@sha256:…")
  }
}
