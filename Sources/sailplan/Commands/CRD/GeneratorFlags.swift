import ArgumentParser

/// What can be chosen for a run of the generator, in our spelling.
struct GeneratorFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp("The release of controller-gen whose output to write.", valueName: "version"))
  var controllerGenVersion: String?
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Packages: directories such as ./api/..., or import paths.", valueName: "path"))
  var paths: [String] = []
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "The directory to write to, or - for standard output (default: config/crd).", valueName: "directory"))
  var output: String?
  @Option(help: ArgumentHelp("The versions of the API of CRDs to write: v1, v1beta1.", valueName: "versions"))
  var crdVersions: String?
  @Option(
    help: ArgumentHelp("Cut descriptions to so many bytes; 0 leaves them out.", valueName: "bytes"))
  var maxDescriptionLength: Int?
  @Flag(help: "Take floats for what they are.")
  var allowDangerousTypes = false
  @Flag(help: "Give embedded metadata a schema with properties.")
  var generateEmbeddedObjectMeta = false
  @Flag(help: "Pass over fields that are not exported.")
  var ignoreUnexportedFields = false
  @Option(help: ArgumentHelp("Write this file's text above every CRD.", valueName: "file"))
  var headerFile: String?
  @Option(help: ArgumentHelp("What stands for YEAR in that text.", valueName: "year"))
  var year: String?

  /// What is given of the generator's options, by the names that controller-gen has for them.
  var options: [(name: String, value: String)] {
    let given: [(name: String, value: String?)] = [
      ("crdVersions", crdVersions),
      ("maxDescLen", maxDescriptionLength.map { "\($0)" }),
      ("allowDangerousTypes", allowDangerousTypes ? "true" : nil),
      ("generateEmbeddedObjectMeta", generateEmbeddedObjectMeta ? "true" : nil),
      ("ignoreUnexportedFields", ignoreUnexportedFields ? "true" : nil),
      ("headerFile", headerFile),
      ("year", year),
    ]
    return given.compactMap { name, value in value.map { (name, $0) } }
  }
}
