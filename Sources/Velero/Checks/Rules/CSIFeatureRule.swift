extension CheckRule {
  static let csiFeature = CheckRule(
    "csi-feature", .warning, "CSI snapshots are half set up",
    why: """
      CSI snapshots need the plugin (up to v1.13; later it is built in) and the feature EnableCSI. With only one of \
      both, CSI volumes are left out of backups, and nothing is moved to the bucket, without an error.
      """
  ) { tree, findings in
    guard let server = tree.servers.first, tree.release != nil else { return }
    let plugin = server.plugins.first { $0.image.name == "velero-plugin-for-csi" }
    let feature = server.features.first { $0.name == "EnableCSI" }
    if let plugin, feature == nil, tree.isBefore(1, 14) {
      findings.add(
        "'\(plugin.image.text)' is installed, and the feature EnableCSI is off", in: tree, server.object,
        at: plugin.position, mend: "add --features=EnableCSI to server and agents, or take the plugin away")
    }
    if let feature, plugin == nil, tree.isBefore(1, 14), server.plugins.allSatisfy({ $0.isKnown(to: tree) }) {
      let image = tree.minor?.plugins.first { $0.name == "csi" }?.image
      findings.add(
        "the feature EnableCSI is on, and no plugin for CSI is installed", in: tree, server.object,
        at: feature.position, mend: "add the plugin\(image.map { " \($0)" } ?? ""), or take the feature away")
    }
    if feature == nil, server.isOn("default-snapshot-move-data") {
      findings.add(
        "snapshots are to be moved to the bucket, and the feature EnableCSI is off", in: tree, server.object,
        at: server.argument("default-snapshot-move-data")?.position,
        mend: "add --features=EnableCSI to server and agents")
    }
  }
}
