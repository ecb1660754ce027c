extension CheckRule {
  static let configMapMissing = CheckRule(
    "configmap-missing", .warning, "an argument names a ConfigMap that is not among the manifests",
    why: """
      Where the cluster does not have it either, its settings do not count; from v1.17.0 on the agent does not even \
      start.
      """
  ) { tree, findings in
    for reference in SettingsReference.all(in: tree) where reference.configMap(in: tree) == nil {
      findings.add(
        "--\(reference.argument.name) names the ConfigMap '\(reference.name)', which is not among the manifests",
        in: tree, reference.process.object, at: reference.argument.position,
        mend: "add the ConfigMap to the manifests (extraObjects in values.yaml), or correct the name")
    }
  }
}
