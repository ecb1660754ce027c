import Files

extension CheckRule {
  static let vsphereConfiguration = CheckRule(
    "vsphere-configuration", .warning, "the plugin for vSphere lacks its configuration",
    why: """
      The plugin reads the flavour of the cluster, and which Secret holds the account, from the ConfigMap \
      velero-vsphere-plugin-config. Its manual asks for it before the plugin is installed: what is not said there, the \
      plugin cannot know, and snapshots fail.
      """
  ) { tree, findings in
    for server in tree.servers {
      guard let plugin = server.plugins.first(where: { $0.image.name == "velero-plugin-for-vsphere" }) else { continue }
      let configured = tree.configMaps.first { $0.name == "velero-vsphere-plugin-config" && tree.isInReach($0) }
      if let configured, configured.text("data", "cluster_flavor") == nil {
        findings.add(
          "the ConfigMap velero-vsphere-plugin-config does not say 'cluster_flavor'", in: tree, configured,
          at: configured.position("data"), mend: "add cluster_flavor: VANILLA, SUPERVISOR or GUEST")
      } else if configured == nil {
        findings.add(
          "'\(plugin.image.text)' is installed, and there is no ConfigMap velero-vsphere-plugin-config", in: tree,
          server.object, at: plugin.position,
          mend: "add the ConfigMap with cluster_flavor, vsphere_secret_name and vsphere_secret_namespace")
      }
    }
  }
}
