import Kubernetes

extension CheckRule {
  static let crdLacksField = CheckRule(
    "crd-lacks-field", .error, "a CustomResourceDefinition does not name a field of the release",
    why: """
      The API server drops fields that the definition does not name, without an error: what the server writes there, \
      and what a manifest asks for there, is not stored.
      """
  ) { tree, findings in
    for (object, changes) in tree.changesByDefinition(.field) {
      guard let first = changes.first else { continue }
      let fields = changes.map { $0.field?.description ?? $0.path }
      findings.add(
        "\(first.definition) does not name \(fields.listed()), which \(tree.serverName) uses", in: tree, object,
        at: first.new, mend: CheckedTree.definitionMend)
    }
  }
}
