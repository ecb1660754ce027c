import APISchema
import ArgumentParser
import Files

struct ListMarkersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "markers", abstract: "List the markers that API types may carry.",
    discussion: """
      For each marker: its name and arguments ('?' behind those that may be left out), where it may stand, the release of
      controller-gen that brought it, and what it does.
      """)

  @Option(help: ArgumentHelp("Only those that this release of controller-gen knows.", valueName: "version"))
  var controllerGenVersion: String?
  @Flag(help: "With those about the items of lists, kubebuilder:validation:items:NAME.")
  var items = false
  @Argument(help: "Only those whose names contain this.")
  var text: String?

  func run() throws {
    let version = try controllerGenVersion.map { try ControllerGenVersion(parsing: $0) } ?? .newest
    let definitions = MarkerRegistry.all.map(\.definition).filter { definition in
      definition.since <= version && (items || !definition.isAboutItems)
        && (text.map { definition.name.text.contains($0) } ?? true)
    }
    for definition in definitions { Output.standard.write(Self.text(of: definition.known(to: version))) }
  }

  private static func text(of definition: MarkerDefinition) -> String {
    let arguments = definition.arguments
    var line = "+\(definition.name)"
    if let only = arguments.first, only.name.isEmpty {
      line += "=\(only.type)\(only.isOptional ? "?" : "")"
    } else if !arguments.isEmpty {
      line += ":" + arguments.map { "\($0.name)=\($0.type)\($0.isOptional ? "?" : "")" }.joined(separator: ",")
    }
    let since = definition.since == .oldest ? "" : ", since \(definition.since)"
    return "\(line)\n    \(definition.targets)\(since): \(definition.summary)\n"
  }
}
