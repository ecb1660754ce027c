import Files
import Kubernetes

extension CheckRule {
  static let crdLacksVersion = CheckRule(
    "crd-lacks-version", .error, "a CustomResourceDefinition does not serve a version of the release",
    why: "The server asks for its objects in that version, gets 404, and does not start or does not work on them."
  ) { tree, findings in
    for change in tree.definitionChanges(.version) {
      findings.add(
        "\(change.definition) does not serve version \(change.version?.text ?? "?"), which \(tree.serverName) uses",
        in: tree, tree.definition(change), at: change.new, mend: CheckedTree.definitionMend)
    }
  }
}
