package import Files
package import Kubernetes

/// Something that a rule found.
package struct CheckFinding: Sendable {
  package let rule: CheckRule
  package let severity: CheckSeverity
  /// The name of the tree: an environment's, or a path.
  package let tree: String
  /// The object that it is about; nothing if it is about none in particular.
  package let object: ObjectIdentity?
  package let position: Position
  /// What is wrong: one sentence, lower case, no full stop.
  package let message: String
  /// How to mend it: one sentence in the imperative.
  package let mend: String
}

/// Findings while they are made.
package struct CheckFindings {
  package private(set) var list: [CheckFinding] = []
  private var rule: CheckRule?

  package init() {}

  /// Adds what the rules find in a tree by itself.
  package mutating func run(on tree: CheckedTree) {
    for rule in CheckRule.all {
      guard case .tree(let check) = rule.check else { continue }
      self.rule = rule
      check(tree, &self)
    }
  }

  /// Adds what the rules find in the places that trees write to.
  package mutating func run(among places: [StoragePlace]) {
    for rule in CheckRule.all {
      guard case .places(let check) = rule.check else { continue }
      self.rule = rule
      check(places, &self)
    }
  }

  /// Adds a finding of the rule that is running.
  /// - Parameter severity: where it is not that of the rule.
  mutating func add(
    _ message: String, in tree: CheckedTree, _ object: CheckedObject? = nil, at position: Position? = nil,
    severity: CheckSeverity? = nil, mend: String
  ) {
    guard let rule else { return }
    list.append(
      CheckFinding(
        rule: rule, severity: severity ?? rule.severity, tree: tree.name, object: object?.identity,
        position: position ?? object?.position ?? .none, message: message, mend: mend))
  }

  /// Adds a finding about a place of backups.
  mutating func add(_ message: String, at place: StoragePlace, mend: String) {
    guard let rule else { return }
    list.append(
      CheckFinding(
        rule: rule, severity: rule.severity, tree: place.tree, object: place.location, position: place.position,
        message: message, mend: mend))
  }
}
