extension CheckRule {
  static let csiPlugin = CheckRule(
    "csi-plugin", .error, "the CSI plugin is installed beside a Velero that has it built in",
    why:
      "From v1.14.0 on the plugin is part of Velero. Its actions are registered twice, and the server does not start."
  ) { tree, findings in
    guard tree.isAtLeast(1, 14) else { return }
    for server in tree.servers {
      for plugin in server.plugins where plugin.image.name == "velero-plugin-for-csi" {
        findings.add(
          "'\(plugin.image.text)' is installed, and \(tree.serverName) has that plugin built in", in: tree,
          server.object, at: plugin.position, mend: "take the init container away; the feature EnableCSI stays")
      }
    }
  }
}
