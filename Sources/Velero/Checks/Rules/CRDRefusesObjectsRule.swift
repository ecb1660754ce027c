import Files
import Kubernetes

extension CheckRule {
  static let crdRefusesObjects = CheckRule(
    "crd-refuses-objects", .error, "a CustomResourceDefinition does not take what the server writes",
    why: """
      The definition demands more than that of the release, or keeps the status elsewhere. The API server refuses \
      objects of the server, or takes its writes to the status without storing them.
      """
  ) { tree, findings in
    for (object, fault) in tree.definitionFaults {
      findings.add(
        "\(object.name) is no definition that can be read: \(fault.message)", in: tree, object,
        at: fault.range?.start, mend: CheckedTree.definitionMend)
    }
    for (object, changes) in tree.changesByDefinition(.refusal) {
      guard let first = changes.first else { continue }
      let faults = changes.map { "\($0.field?.description ?? $0.path) \($0.message)" }
      findings.add(
        "\(first.definition) is not that of \(tree.serverName): \(faults.listed(3))", in: tree, object, at: first.new,
        mend: CheckedTree.definitionMend)
    }
  }
}
