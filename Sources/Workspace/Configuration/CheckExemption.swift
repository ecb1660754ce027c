package import Files
package import Velero

/// A check that somebody switched off, with the reason: an entry of `checksOff` in `sailplan.yaml`.
package struct CheckExemption: Sendable, Hashable {
  package var rule: ByteString
  package var reason: ByteString
  /// Environments, or groups of them; all where none is named.
  package var environments: [Place]

  /// A name with its place.
  package struct Place: Sendable, Hashable {
    package var name: ByteString
    package var range: SourceRange
  }

  /// Whether it is meant for what a rule found in a tree.
  package func covers(_ finding: CheckFinding) -> Bool {
    guard finding.rule.id == rule.text else { return false }
    return environments.isEmpty || environments.contains { Self.holds($0.name, ByteString(finding.tree)) }
  }

  private static func holds(_ name: ByteString, _ environment: ByteString) -> Bool {
    environment == name || environment.hasPrefix(name.appending("/"))
  }

  /// Reads the list `checksOff`; what is wrong with it, such as unknown rules and missing reasons, is noted in `map`.
  static func list(_ map: inout ConfigurationMap) -> [CheckExemption] {
    var list: [CheckExemption] = []
    for var entry in map.entries("checksOff", known: ["rule", "reason", "environments"]) {
      let rule = entry.text("rule", required: true)
      if let rule, CheckRule.named(rule.value.text) == nil { entry.append(.unknownRule(rule.value, at: rule.range)) }
      let reason = entry.text("reason")
      if let rule, entry.diagnostics.list.isEmpty, reason?.value.text.allSatisfy(\.isWhitespace) ?? true {
        entry.append(.noReason(rule.value, at: reason?.range ?? rule.range))
      }
      let environments = entry.texts("environments").map { Place(name: $0.value, range: $0.range) }
      for diagnostic in entry.diagnostics.list { map.append(diagnostic) }
      if let rule, let reason {
        list.append(CheckExemption(rule: rule.value, reason: reason.value, environments: environments))
      }
    }
    return list
  }
}

extension [CheckExemption] {
  /// - Throws: a diagnostic for each environment that is none of `known` and no group of them.
  package func expectEnvironments(among known: [EnvironmentName]) throws(Diagnostics) {
    var diagnostics = Diagnostics()
    for place in flatMap(\.environments)
    where !known.contains(where: { $0.path == place.name || $0.path.hasPrefix(place.name.appending("/")) }) {
      diagnostics.append(.unknownEnvironment(place, among: known))
    }
    try diagnostics.throwIfErrors()
  }
}

extension Diagnostic {
  fileprivate static func unknownRule(_ rule: ByteString, at range: SourceRange) -> Diagnostic {
    let near = Spelling.nearest(to: rule, among: CheckRule.all.map { ByteString($0.id) })
    return Diagnostic(
      "there is no check '\(rule)'", at: range,
      hint: near.map { "did you mean '\($0)'?" } ?? "'sailplan check --list' lists them")
  }

  fileprivate static func noReason(_ rule: ByteString, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "nothing says why the check '\(rule)' is off", at: range,
      hint: "add 'reason:' with a sentence for those who come after you")
  }

  fileprivate static func unknownEnvironment(
    _ place: CheckExemption.Place, among known: [EnvironmentName]
  ) -> Diagnostic {
    let near = Spelling.nearest(to: place.name, among: known.map(\.path))
    return Diagnostic(
      "there is no environment '\(place.name)'", at: place.range,
      hint: near.map { "did you mean '\($0)'?" } ?? "'sailplan environment list' lists them")
  }
}
