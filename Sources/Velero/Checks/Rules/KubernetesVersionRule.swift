extension CheckRule {
  static let kubernetesVersion = CheckRule(
    "kubernetes-version", .error, "the cluster's Kubernetes is not one that the release is meant for",
    why: """
      An older cluster lacks versions of APIs that the server asks for. On a newer one than the release was tried on, \
      nobody has seen whether backups can be restored.
      """
  ) { tree, findings in
    guard let text = tree.statement.kubernetes, !text.isEmpty else { return }
    guard let cluster = KubernetesVersion(text) else {
      findings.add(
        "'\(text)' is no version of Kubernetes", in: tree, severity: .error,
        mend: "write kubernetes.version as '1.33' or '1.33.4'")
      return
    }
    guard let minor = tree.minor else { return }
    let object = tree.servers.first?.object
    if let oldest = KubernetesVersion(minor.kubernetes.oldest), cluster < oldest {
      findings.add(
        "the cluster runs Kubernetes \(cluster), and Velero \(minor.name) needs \(oldest) or later", in: tree, object,
        mend: "upgrade the cluster, or install an older release of Velero")
    } else if let newest = minor.kubernetes.tested.compactMap({ KubernetesVersion($0) }).max(), cluster > newest {
      findings.add(
        "the cluster runs Kubernetes \(cluster), and Velero \(minor.name) was tested up to \(newest)", in: tree, object,
        severity: .info, mend: "try a restore on this cluster, or install a newer release of Velero")
    }
  }
}
