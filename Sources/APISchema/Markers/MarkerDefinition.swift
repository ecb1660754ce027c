package import Files

/// What a marker is called, where it may stand and what it takes.
package struct MarkerDefinition: Sendable {
  /// Without the `+`.
  package var name: ByteString
  /// What it may stand at.
  package var targets: MarkerTargets
  package var arguments: [MarkerArgument]
  /// The release that first knew it.
  package var since: ControllerGenVersion
  /// What it does: one sentence, lower case, no full stop.
  package var summary: String
  /// Whether it is about the items of the list that it stands at.
  package var isAboutItems = false

  init(
    _ name: ByteString, on targets: MarkerTargets, since: ControllerGenVersion = .oldest,
    taking arguments: [MarkerArgument] = [], _ summary: String
  ) {
    self.name = name
    self.targets = targets
    self.arguments = arguments
    self.since = since
    self.summary = summary
  }

  /// The definition as a release knows it: with its arguments, of which some must be given that may be left out later.
  package func known(to version: ControllerGenVersion) -> MarkerDefinition {
    var definition = self
    definition.arguments = arguments.filter { $0.since <= version }.map { argument in
      var argument = argument
      if let release = argument.requiredBefore, version < release { argument.isOptional = false }
      return argument
    }
    return definition
  }
}

/// What a marker may stand at.
package struct MarkerTargets: OptionSet, Sendable, CustomStringConvertible {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let package = MarkerTargets(rawValue: 1)
  package static let type = MarkerTargets(rawValue: 2)
  package static let field = MarkerTargets(rawValue: 4)

  /// As it is shown to users: `type, field`.
  package var description: String {
    [(MarkerTargets.package, "package"), (.type, "type"), (.field, "field")]
      .filter { contains($0.0) }.map(\.1).joined(separator: ", ")
  }
}

extension MarkerDefinition {
  /// The definitions of a marker of validation: on types and fields, and with `items:` about the items of lists.
  static func validation(
    _ name: String, since: ControllerGenVersion = .oldest, taking arguments: [MarkerArgument] = [],
    _ summary: String
  ) -> [MarkerDefinition] {
    let itself = MarkerDefinition(
      ByteString("kubebuilder:validation:" + name), on: [.type, .field], since: since, taking: arguments, summary)
    var ofItems = itself
    ofItems.name = ByteString("kubebuilder:validation:items:" + name)
    ofItems.since = max(since, ControllerGenVersion(0, 15, 0))
    ofItems.summary = "for items of lists: " + summary
    ofItems.isAboutItems = true
    return [itself, ofItems]
  }
}
