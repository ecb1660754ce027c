#if SwiftAPI
import APISchema
import ArgumentParser
import Files
import SwiftAPI

/// The one command there is.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sailplan-swift-crd", abstract: "Make CustomResourceDefinitions of API types in Swift.",
    discussion: """
      Structures whose 'metadata' is Kubernetes' ObjectMeta are kinds; comments that begin with '+' are kubebuilder's \
      markers. '+releases=v1.8.0...v1.10.3' says which releases have what follows, or the marker behind it on the line; \
      '+schemaType=…' what the schema takes a type or property for.
      Exit status: 0 done, 1 --check found a difference, 2 could not do it, 64 wrong usage.
      """)

  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Swift sources, or directories that have some.", valueName: "path"))
  var paths: [String] = ["."]
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The directory to write to, or - for standard output.", valueName: "directory"))
  var output = "config/crd"
  @Option(help: ArgumentHelp("The release whose types are meant; without it the newest one.", valueName: "release"))
  var release: Release?
  @Option(
    help: ArgumentHelp(
      "Write what each of these releases has, and what is equal once. Separated by commas, oldest first.",
      valueName: "releases"))
  var history: String?
  @Flag(help: "Write nothing, and say whether what there is differs.")
  var check = false
  @Option(help: ArgumentHelp("The release of controller-gen whose output to write.", valueName: "version"))
  var controllerGenVersion: String?
  @Option(help: ArgumentHelp("Cut descriptions to so many bytes; 0 leaves them out.", valueName: "bytes"))
  var maxDescriptionLength: Int?
  @Flag(help: "Take floats for what they are.")
  var allowDangerousTypes = false
  @Flag(help: "Give embedded metadata a schema with properties.")
  var generateEmbeddedObjectMeta = false
  @Option(help: ArgumentHelp("Write this file's text above every CRD.", valueName: "file"))
  var headerFile: String?
  @Option(help: ArgumentHelp("What stands for YEAR in that text.", valueName: "year"))
  var year: String?

  func run() throws {
    let module = try SwiftModule(SourcePaths.read(paths))
    var files = FileSet()
    if let history {
      var made = ManifestHistory()
      for text in history.split(separator: ",") {
        guard let release = Release(String(text)) else {
          throw ValidationError("'\(text)' is no release such as v1.2.3")
        }
        made.append(release, try manifests(of: module, release))
      }
      files = made.finish()
    } else {
      for file in try manifests(of: module, release) { files[file.name] = file.contents }
    }
    if check { return try compare(files) }
    try write(files)
  }

  private func manifests(of module: SwiftModule, _ release: Release?) throws -> [CustomResourceGenerator.File] {
    let version = try controllerGenVersion.map { try ControllerGenVersion(parsing: $0) } ?? .standard
    let generator = CustomResourceGenerator(
      source: try module.packages(of: release), dialect: Dialect(version), options: try options())
    let output = generator.generate()
    try output.diagnostics.throwIfErrors()
    return output.files
  }

  private func options() throws -> GeneratorOptions {
    var options = GeneratorOptions()
    options.maximumDescriptionLength = maxDescriptionLength
    options.allowsDangerousTypes = allowDangerousTypes
    options.generatesEmbeddedObjectMeta = generateEmbeddedObjectMeta
    if let headerFile { options.header = try Disk.read(headerFile, limit: 1 << 20) }
    options.year = ByteString(year ?? "")
    options.namesRelease = controllerGenVersion != nil
    return options
  }

  // MARK: Output

  private func write(_ files: FileSet) throws {
    if output == "-" {
      for file in files.files { Stream.output.write(file.contents) }
      return
    }
    if history != nil { try removeOthers(files) }
    for file in files.files {
      let path = "\(output)/\(file.path)"
      if let slash = path.lastIndex(of: "/") { try Disk.createDirectory(String(path[..<slash])) }
      if (try? Disk.read(path, limit: file.contents.count)) == file.contents { continue }
      try Disk.replace(path, with: file.contents)
    }
  }

  /// Of a history that was here before, removes what is no longer part of it.
  private func removeOthers(_ files: FileSet) throws {
    for path in try present() where files[path] == nil { try Disk.remove("\(output)/\(path)") }
  }

  private func compare(_ files: FileSet) throws {
    var differing = history == nil ? [] : try present().filter { files[$0] == nil }
    for file in files.files {
      let old = try? Disk.read("\(output)/\(file.path)", limit: max(file.contents.count, 1))
      if old != file.contents { differing.append(file.path) }
    }
    if differing.isEmpty { return }
    for path in differing.sorted() { Stream.error.write(ByteString("\(output)/\(path) is not what the types give\n")) }
    throw ExitCode(1)
  }

  private func present() throws -> [ByteString] {
    guard try Disk.kind(output) == .directory else { return [] }
    return try Disk.walk(output).filter { $0.value == .file }.keys.sorted()
  }
}

extension Release: ExpressibleByArgument {
  /// Reads `v1.2.3`.
  public init?(argument: String) { self.init(argument) }
}
#endif
