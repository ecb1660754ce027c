import Kubernetes

extension CheckRule {
  static let crdLacksEnumValue = CheckRule(
    "crd-lacks-enum-value", .error, "a CustomResourceDefinition does not allow a value that the server writes",
    why: """
      The API server refuses every write with such a value. Objects stay in their first phase for ever: backups stop, \
      and nothing but the server's log says so.
      """
  ) { tree, findings in
    for change in tree.definitionChanges(.enumValue) {
      let values = change.message.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? change.message
      let field = change.field?.description ?? change.path
      let message =
        change.rule.id == "enum-introduced"
        ? "\(change.definition) limits \(field) to certain values, which \(tree.serverName) does not"
        : "\(change.definition) does not allow \(values) in \(field), which \(tree.serverName) writes"
      findings.add(message, in: tree, tree.definition(change), at: change.new, mend: CheckedTree.definitionMend)
    }
  }
}
