import Files
import Kubernetes

extension CheckRule {
  static let serviceAccountMissing = CheckRule(
    "service-account-missing", .info, "the pods' service account is not among the manifests",
    why: """
      Without the account no pod is created, and without a role for it the server can read nothing of the cluster. It \
      may be made elsewhere, with the rights that it needs.
      """
  ) { tree, findings in
    let accounts = tree.objects.filter { $0.identity.kind == "ServiceAccount" && $0.identity.apiVersion == "v1" }
    for process in tree.processes {
      let name =
        process.object.text("spec", "template", "spec", "serviceAccountName")
        ?? process.object.text("spec", "template", "spec", "serviceAccount") ?? "default"
      guard !accounts.contains(where: { $0.name == name && tree.isInReach($0) }) else { continue }
      findings.add(
        "the service account '\(name)' is not among the manifests", in: tree, process.object,
        at: process.object.position("spec", "template", "spec", "serviceAccountName"),
        mend: "see that the cluster has it, and that it may do all that Velero does")
    }
  }
}
