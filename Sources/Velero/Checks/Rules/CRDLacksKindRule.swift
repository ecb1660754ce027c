import Kubernetes

extension CheckRule {
  static let crdLacksKind = CheckRule(
    "crd-lacks-kind", .error, "a CustomResourceDefinition of the release is missing",
    why: "The server looks for every kind of its release when it starts, and ends with an error if one is missing."
  ) { tree, findings in
    for change in tree.definitionChanges(.kind) {
      findings.add(
        "there is no CustomResourceDefinition '\(change.definition)', which \(tree.serverName) needs", in: tree,
        tree.servers.first?.object ?? tree.definitions.first, mend: CheckedTree.definitionMend)
    }
  }
}
