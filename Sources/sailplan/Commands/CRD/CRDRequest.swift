import APISchema
import ArgumentParser
import Files
import GoAPI

/// What a run of the generator is asked for, in either spelling.
struct CRDRequest {
  var version = ControllerGenVersion.standard
  var paths: [String] = []
  var output = CRDOutput.directory("config/crd")
  private var options = GeneratorOptions()
  private var headerFile: String?

  /// The most that a header may hold, in bytes.
  private static let largestHeader = 1 << 20

  init(_ flags: GeneratorFlags, arguments: [String]) throws {
    if let version = flags.controllerGenVersion { self.version = try ControllerGenVersion(parsing: version) }
    paths = flags.paths.flatMap { ControllerGenArgument.list($0) }
    if let versions = flags.crdVersions { options.customResourceVersions = Self.versions(versions) }
    options.maximumDescriptionLength = flags.maxDescriptionLength
    options.allowsDangerousTypes = flags.allowDangerousTypes
    options.generatesEmbeddedObjectMeta = flags.generateEmbeddedObjectMeta
    options.ignoresUnexportedFields = flags.ignoreUnexportedFields
    headerFile = flags.headerFile
    options.year = ByteString(flags.year ?? "")
    var specific: CRDOutput?
    for argument in arguments { try apply(ControllerGenArgument(argument), specific: &specific) }
    if !arguments.isEmpty, options.customResourceVersions.isEmpty, Dialect(version).prefersV1beta1 {
      options.customResourceVersions = ["v1beta1"]
    }
    if let specific { output = specific }
    if let directory = flags.output { output = directory == "-" ? .standard : .directory(directory) }
    if paths.isEmpty { paths = ["."] }
  }

  /// How packages are loaded, as the release does.
  var loadOptions: LoadOptions {
    var options = LoadOptions()
    options.entersModules = version >= ControllerGenVersion(0, 9, 0)
    options.removesDocumentationLinks = version < ControllerGenVersion(0, 15, 0)
    return options
  }

  /// The options of the generator; reads the header.
  func generatorOptions() throws(Diagnostic) -> GeneratorOptions {
    guard let headerFile else { return options }
    var options = options
    options.header = try Disk.read(headerFile, limit: Self.largestHeader)
    return options
  }

  private static func versions(_ text: String) -> [ByteString] {
    ControllerGenArgument.list(text.replacing(",", with: ";")).map { ByteString($0) }
  }

  // MARK: controller-gen's spelling

  private mutating func apply(_ argument: ControllerGenArgument, specific: inout CRDOutput?) throws {
    switch argument.name {
    case "paths": paths += ControllerGenArgument.list(argument.value ?? "")
    case "crd": for (name, value) in argument.options { try set(name, value) }
    case "output:stdout": output = .standard
    case "output:none": output = .none
    case "output:crd:stdout": specific = .standard
    case "output:crd:none": specific = CRDOutput.none
    case "output:dir", "output:artifacts:config": output = .directory(try argument.requiredValue())
    case "output:crd:dir", "output:crd:artifacts:config": specific = .directory(try argument.requiredValue())
    case let name where name.hasPrefix("output:"):
      throw ValidationError(
        "'\(argument.text)' is no output that is known: use output:crd:dir=, output:dir= or output:stdout")
    case let name:
      throw ValidationError("'\(name)' is no generator that is known: only crd is")
    }
  }

  private mutating func set(_ name: String, _ value: String) throws {
    func since(_ release: ControllerGenVersion) throws {
      guard version < release else { return }
      throw ValidationError("controller-gen \(version) has no option '\(name)': \(release) brought it")
    }
    func before(_ release: ControllerGenVersion) throws {
      guard version >= release else { return }
      throw ValidationError("controller-gen \(version) has no option '\(name)': \(release) dropped it")
    }
    switch name {
    case "crdVersions": options.customResourceVersions = Self.versions(value)
    case "maxDescLen":
      guard let length = Int(value) else { throw ValidationError("'\(value)' is no number for maxDescLen") }
      options.maximumDescriptionLength = length
    case "allowDangerousTypes":
      try since(ControllerGenVersion(0, 4, 0))
      options.allowsDangerousTypes = try Self.boolean(name, value)
    case "generateEmbeddedObjectMeta":
      try since(ControllerGenVersion(0, 6, 0))
      options.generatesEmbeddedObjectMeta = try Self.boolean(name, value)
    case "ignoreUnexportedFields":
      try since(ControllerGenVersion(0, 9, 0))
      options.ignoresUnexportedFields = try Self.boolean(name, value)
    case "headerFile":
      try since(ControllerGenVersion(0, 12, 0))
      headerFile = value
    case "year":
      try since(ControllerGenVersion(0, 12, 0))
      options.year = ByteString(value)
    case "deprecatedV1beta1CompatibilityPreserveUnknownFields":
      try since(ControllerGenVersion(0, 15, 0))
      options.deprecatedPreserveUnknownFields = try Self.boolean(name, value)
    case "trivialVersions":
      try before(ControllerGenVersion(0, 7, 0))
      options.trivialVersions = try Self.boolean(name, value)
    case "preserveUnknownFields":
      try before(ControllerGenVersion(0, 7, 0))
      options.preserveUnknownFields = try Self.boolean(name, value)
    default: throw ValidationError("the generator crd has no option '\(name)'")
    }
  }

  private static func boolean(_ name: String, _ value: String) throws -> Bool {
    switch value {
    case "true": return true
    case "false": return false
    default: throw ValidationError("'\(name)' is true or false, not '\(value)'")
    }
  }
}
