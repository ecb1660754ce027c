// ConfigMaps that arguments name.

/// An argument that names a ConfigMap with settings.
struct SettingsReference {
  let process: CheckedProcess
  let argument: CheckedProcess.Argument
  let name: String
  let group: ReleaseOptions.Group

  private static let groups: [(String, ReleaseOptions.Group)] = [
    ("backup-repository-configmap", .backupRepositorySettings), ("node-agent-configmap", .nodeAgentSettings),
    ("repo-maintenance-job-configmap", .repositoryMaintenanceSettings),
  ]

  /// All of a tree.
  static func all(in tree: CheckedTree) -> [SettingsReference] {
    tree.processes.flatMap { process in
      groups.compactMap { name, group in
        guard let argument = process.argument(name), let value = argument.value, !value.isEmpty else { return nil }
        return SettingsReference(process: process, argument: argument, name: value, group: group)
      }
    }
  }

  /// The ConfigMap, if it is in the tree.
  func configMap(in tree: CheckedTree) -> CheckedObject? {
    tree.configMaps.first { $0.name == name && tree.isInReach($0) }
  }
}
