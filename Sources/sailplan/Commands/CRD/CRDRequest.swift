import APISchema
import ArgumentParser
import Files

/// What a run of the generator is asked for, in either spelling.
struct CRDRequest {
  let dialect: Dialect
  private(set) var paths: [String] = []
  private(set) var output = CRDOutput.directory("config/crd")
  private(set) var options = GeneratorOptions()

  init(_ flags: GeneratorFlags, arguments: [String]) throws {
    dialect = Dialect(try flags.controllerGenVersion.map { try ControllerGenVersion(parsing: $0) } ?? .standard)
    paths = flags.paths.flatMap { ControllerGenArgument.list($0) }
    for (name, value) in flags.options { try set(name, value) }
    var specific: CRDOutput?
    for argument in arguments { try apply(ControllerGenArgument(argument), specific: &specific) }
    if !arguments.isEmpty, options.customResourceVersions.isEmpty, dialect.prefersV1beta1 {
      options.customResourceVersions = ["v1beta1"]
    }
    if let specific { output = specific }
    if let directory = flags.output { output = directory == "-" ? .standard : .directory(directory) }
    if paths.isEmpty { paths = ["."] }
  }

  private mutating func set(_ name: String, _ value: String) throws {
    try GeneratorOption.set(name, value, in: &options, for: dialect.version)
  }

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
}
