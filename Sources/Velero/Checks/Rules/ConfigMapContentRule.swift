import Files
import Kubernetes
import YAML

extension CheckRule {
  static let configMapContent = CheckRule(
    "configmap-content", .error, "the settings in a ConfigMap are not as the release reads them",
    why: """
      Settings that cannot be read do not count, and from v1.17.0 on the agent does not start with them. Keys that the \
      release does not know are passed over without a word.
      """
  ) { tree, findings in
    guard let release = tree.release else { return }
    var seen: Set<String> = []
    for reference in SettingsReference.all(in: tree) where seen.insert("\(reference.group) \(reference.name)").inserted
    {
      guard let object = reference.configMap(in: tree) else { continue }
      check(object, reference.group, release, tree, &findings)
    }
    // Until v1.14 the agent knows the name by itself.
    if tree.isAtLeast(1, 13), tree.isBefore(1, 15),
      let object = tree.configMaps.first(where: { $0.name == "node-agent-config" && tree.isInReach($0) })
    {
      check(object, .nodeAgentSettings, release, tree, &findings)
    }
  }

  private static func check(
    _ object: CheckedObject, _ group: ReleaseOptions.Group, _ release: ReleaseVersion, _ tree: CheckedTree,
    _ findings: inout CheckFindings
  ) {
    let data = object.value("data").entries
    if data.isEmpty {
      findings.add("the ConfigMap holds no data", in: tree, object, mend: "put the settings as JSON under 'data'")
    }
    if group == .nodeAgentSettings, data.count > 1 {
      findings.add(
        "the ConfigMap holds \(data.count) keys, and the agent reads one", in: tree, object,
        at: object.position("data"), mend: "put all settings into one JSON text under one key")
    }
    for item in data {
      let key = item.key.stringValue?.text ?? ""
      if group == .backupRepositorySettings, !["kopia", "restic"].contains(key) {
        findings.add(
          "the key '\(key)' is no type of repository", in: tree, object, at: item.position, severity: .warning,
          mend: "call it kopia")
        continue
      }
      guard let text = item.value.stringValue else { continue }
      var settings = SettingsCheck(group, of: release, in: tree.facts.options)
      settings.check(text)
      for fault in settings.faults {
        findings.add(
          "\(fault.message) (in '\(key)')", in: tree, object, at: item.position,
          severity: fault.isRefused ? .error : .warning, mend: fault.mend)
      }
    }
  }
}
