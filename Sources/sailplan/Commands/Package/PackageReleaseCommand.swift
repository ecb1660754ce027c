import ArgumentParser
import Carvel
import Files
import OCI
import Velero
import Workspace

struct PackageReleaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Write Package and PackageMetadata resources of Velero's releases.",
    usage: "sailplan package release [VERSION …] (--bundle IMAGE | --lock FILE) --output DIRECTORY [--push IMAGE]",
    discussion: """
      Each release becomes a package that installs it from the bundle of templates that --bundle names, which 'sailplan \
      bundle push' has pushed. The directory is laid out as 'kctrl package repository release' lays it out: \
      packages/NAME/VERSION.yml, packages/NAME/metadata.yml and .imgpkg/images.yml. Packages that it has already stay.
      The version of a package is that of Velero and, behind +sailplan., the number of --revision. SOURCE_DATE_EPOCH \
      says when they are released; without it the resources do not say.
      With --push the directory becomes a bundle in a registry, and package-repository.yml in it makes a cluster take the \
      packages from there.
      Exit status: 0 done, 2 could not, 64 wrong usage.
      """)

  @Argument(help: ArgumentHelp("Releases of Velero, such as v1.18.1 (default: all).", valueName: "version"))
  var releases: [String] = []
  @Option(
    name: [.customShort("b"), .long],
    help: ArgumentHelp("The bundle of templates in its registry, by digest.", valueName: "image"))
  var bundle: String?
  @Option(help: ArgumentHelp("The bundle of templates that this BundleLock names.", valueName: "file"))
  var lock: String?
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The directory of the package repository.", valueName: "directory"))
  var output: String
  @Option(help: ArgumentHelp("Which edition of the packages it is.", valueName: "number"))
  var revision = 1
  @Option(help: ArgumentHelp("The name of the package.", valueName: "name"))
  var name = ReleasePackages.defaultName
  @Option(
    help: ArgumentHelp("Push the repository of packages as a bundle under this name.", valueName: "image"))
  var push: String?
  @Flag(help: "With --push: move the tag if it names another image.")
  var overwrite = false
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var registry: RegistryArguments

  func validate() throws {
    if (bundle == nil) == (lock == nil) { throw ValidationError("give the bundle of templates with -b or --lock") }
    if output.isEmpty { throw ValidationError("the directory of --output is empty") }
    if revision < 1 { throw ValidationError("--revision begins with 1") }
  }

  func run() throws {
    let image = try templatesImage()
    let target = try push.map { try ImageReference(ByteString($0)) }
    if let target, target.digest != nil { throw Diagnostic.digestToPush(target) }
    let packages = try ReleasePackages(
      of: try templates(), name: try PackageName(ByteString(name)), image: image.text, revision: revision,
      releasedAt: try SourceDate.process?.rfc3339)
    let chosen = releases.isEmpty ? packages.releases : try releases.map(packages.release)
    let contents = PackageRepositoryContents(
      packages.metadata, packages: try chosen.map { release throws(Diagnostics) in try packages.package(of: release) })
    let directory = RepositoryDirectory(output)
    let files = try contents.files(beside: try directory.files(below: PackageRepositoryContents.directory))
    try directory.replace(files)
    let pushed = try target.map { try publish(files, as: $0, in: directory) }
    for package in contents.packages { Output.standard.write("\(package.name).\(package.version)\n") }
    if let pushed { Output.standard.write("Pushed '\(pushed)'\n") }
  }

  /// The bundle of templates in its registry.
  private func templatesImage() throws -> ImageReference {
    if let lock {
      return try BundleLock(parsing: .register(path: lock, contents: try Disk.read(lock, limit: 1 << 20))).image
    }
    let image = try ImageReference(ByteString(bundle ?? ""))
    guard image.digest != nil else { throw Diagnostic.noDigest(image) }
    return image
  }

  /// Pushes the packages, and writes the resource that leads clusters to them.
  /// - Returns: the bundle by its digest.
  private func publish(
    _ files: FileSet, as target: ImageReference, in directory: RepositoryDirectory
  ) throws -> ImageReference {
    let image = try Image(try BundleContents(LayerTree(files), shown: output))
    let tag = target.tag ?? ImageReference.defaultTag
    try registry.client().push(image, to: target, tags: [image.digest.tag, tag], overwrites: overwrite)
    let pushed = target.with(digest: image.digest)
    let repository = PackageRepository(name: ByteString(name), image: pushed.text, version: tag)
    try directory.replace(
      FileSet([.init(path: "package-repository.yml", contents: CustomResourceText.text(repository.node))]))
    return pushed
  }

  /// The bundle of the workspace that we are in, or else that of the program.
  private func templates() throws -> Bundle {
    guard let tree = try? workspace.onDisk() else { return .embedded }
    return try WorkspaceReader(tree).bundle()
  }
}

extension Diagnostic {
  fileprivate static func digestToPush(_ target: ImageReference) -> Diagnostic {
    Diagnostic("'\(target)' names what is there already", hint: "give a name with a tag, or without")
  }

  fileprivate static func noDigest(_ bundle: ImageReference) -> Diagnostic {
    Diagnostic(
      "the bundle '\(bundle)' has no digest, so that the packages could come to mean something else",
      hint: "name it as 'sailplan bundle push' prints it: REPOSITORY@sha256:…")
  }
}
