extension CheckRule {
  static let configMapUnused = CheckRule(
    "configmap-unused", .warning, "no argument names the ConfigMap of the agent",
    why: """
      Up to v1.14 the agent looks for a ConfigMap called node-agent-config by itself; from v1.15.0 on it reads only the \
      one that --node-agent-configmap names. Concurrency, node choice and resources fall back to their defaults.
      """
  ) { tree, findings in
    guard let object = tree.configMaps.first(where: { $0.name == "node-agent-config" && tree.isInReach($0) })
    else { return }
    if tree.isAtLeast(1, 15) {
      guard !SettingsReference.all(in: tree).contains(where: { $0.name == object.name }) else { return }
      findings.add(
        "no argument names the ConfigMap node-agent-config", in: tree, object,
        mend: "add --node-agent-configmap=node-agent-config to the agent (configMaps.nodeAgent in values.yaml)")
    } else if tree.isBefore(1, 13) {
      findings.add(
        "the agent of \(tree.serverName) reads no ConfigMap", in: tree, object,
        mend: "take the ConfigMap away, or use v1.13.0 or later")
    }
  }
}
