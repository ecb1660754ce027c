package import Files
package import Kubernetes

/// Which environments a command is about. All that is given narrows the choice; nothing given is all of the workspace.
package struct EnvironmentSelection: Sendable {
  /// Names, groups and patterns: what any of them names, less what the negated ones name.
  package var patterns: [EnvironmentPattern]
  /// What the labels of an environment must be.
  package var selectors: [LabelSelector]

  package init(patterns: [EnvironmentPattern] = [], selectors: [LabelSelector] = []) {
    self.patterns = patterns
    self.selectors = selectors
  }
}

extension EnvironmentSelection {
  /// Whether an environment is selected.
  package func contains(_ name: EnvironmentName, _ reader: WorkspaceReader) throws(Diagnostics) -> Bool {
    let positive = patterns.filter { !$0.isNegated }
    guard positive.isEmpty || positive.contains(where: { $0.matches(name) }),
      !patterns.contains(where: { $0.isNegated && $0.matches(name) })
    else { return false }
    if selectors.isEmpty { return true }
    let labels = try reader.labels(of: name)
    return selectors.allSatisfy { $0.matches(labels) }
  }
}

extension WorkspaceReader {
  /// The environments selected, in the order of their names.
  /// - Throws: for each pattern that names nothing, what was meant perhaps; for labels that cannot be read.
  package func environments(_ selection: EnvironmentSelection) throws(Diagnostics) -> [EnvironmentName] {
    let named = try environments(matching: selection.patterns)
    if selection.selectors.isEmpty { return named }
    var selected: [EnvironmentName] = []
    for name in named {
      let labels = try labels(of: name)
      if selection.selectors.allSatisfy({ $0.matches(labels) }) { selected.append(name) }
    }
    return selected
  }

  /// The environments that are named, in the order of their names; all where none is.
  package func environments(named texts: [ByteString]) throws(Diagnostics) -> [EnvironmentName] {
    var diagnostics = Diagnostics()
    var patterns: [EnvironmentPattern] = []
    for text in texts {
      do throws(Diagnostic) { patterns.append(try EnvironmentPattern(text)) } catch { diagnostics.append(error) }
    }
    try diagnostics.throwIfErrors()
    return try environments(matching: patterns)
  }

  private func environments(matching patterns: [EnvironmentPattern]) throws(Diagnostics) -> [EnvironmentName] {
    var diagnostics = Diagnostics()
    var all: [EnvironmentName]?
    var chosen: Set<EnvironmentName> = []
    var leftOut: Set<EnvironmentName> = []
    for pattern in patterns {
      let found: [EnvironmentName]
      if case .name(let name) = pattern.kind {
        // Who names one of many does not wait for a search through all of them.
        found = try environments(in: name)
      } else {
        if all == nil { all = try environments() }
        found = all?.filter(pattern.matches) ?? []
      }
      if found.isEmpty { diagnostics.append(unknown(pattern)) }
      if pattern.isNegated { leftOut.formUnion(found) } else { chosen.formUnion(found) }
    }
    try diagnostics.throwIfErrors()
    if patterns.allSatisfy(\.isNegated) {
      if all == nil { all = try environments() }
      chosen = Set(all ?? [])
    }
    return chosen.subtracting(leftOut).sorted()
  }

  private func unknown(_ pattern: EnvironmentPattern) -> Diagnostic {
    let known = (try? environments()) ?? []
    let place = { (name: EnvironmentName) in self.tree.shown(name.directory) }
    return .unknown(pattern, among: known, place: place)
  }
}

extension Diagnostic {
  fileprivate static func unknown(
    _ pattern: EnvironmentPattern, among known: [EnvironmentName], place: (EnvironmentName) -> String
  ) -> Diagnostic {
    switch pattern.kind {
    case .name(let name):
      let hint =
        if known.isEmpty {
          "the workspace has none yet: run 'sailplan environment add \(name) --provider PROVIDER'"
        } else {
          pattern.suggestion(among: known) ?? "'sailplan environment list' lists them"
        }
      return Diagnostic("there is no environment '\(name)': \(place(name)) has no values.yaml", hint: hint)
    case .glob:
      let hint = pattern.suggestion(among: known) ?? "'sailplan environment list' lists them"
      return Diagnostic("no environment is named by '\(pattern.text)'", hint: hint)
    }
  }
}
