import Files
import Kubernetes

extension CheckRule {
  static let crdAPIVersion = CheckRule(
    "crd-api-version", .error, "the cluster does not know the version of the CustomResourceDefinitions",
    why: "The API server refuses the definitions, and the server does not start without them."
  ) { tree, findings in
    guard let object = tree.definitions.first else { return }
    let cluster = tree.statement.kubernetes.flatMap { KubernetesVersion($0) }
    let at = object.position("apiVersion")
    if object.identity.version == "v1beta1" {
      guard let cluster else {
        findings.add(
          "the definitions are of apiextensions.k8s.io/v1beta1, which Kubernetes 1.22 and later do not have", in: tree,
          object, at: at, severity: .info, mend: "take definitions of apiextensions.k8s.io/v1 from Kubernetes 1.16 on")
        return
      }
      guard cluster >= KubernetesVersion(1, 22) else { return }
      findings.add(
        "the definitions are of apiextensions.k8s.io/v1beta1, which Kubernetes \(cluster) does not have", in: tree,
        object, at: at, mend: "take definitions of apiextensions.k8s.io/v1")
    } else if let cluster, cluster < KubernetesVersion(1, 16) {
      findings.add(
        "the definitions are of apiextensions.k8s.io/v1, which Kubernetes \(cluster) does not have", in: tree, object,
        at: at, mend: "use a cluster of Kubernetes 1.16 or later")
    }
  }
}
