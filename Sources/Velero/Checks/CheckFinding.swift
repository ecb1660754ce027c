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

  /// Adds what a rule finds in each tree and among all.
  package mutating func run(_ rule: CheckRule, on trees: [CheckedTree]) {
    self.rule = rule
    switch rule.check {
    case .tree(let check): for tree in trees { check(tree, &self) }
    case .trees(let check): check(trees, &self)
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
}
