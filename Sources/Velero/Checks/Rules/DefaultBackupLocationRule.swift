import Files

extension CheckRule {
  static let defaultBackupLocation = CheckRule(
    "default-backup-location", .error, "there is no one default location for backups",
    why: """
      A backup that names no location goes to the default one. Without one it fails validation; of several, Velero \
      keeps one and you do not say which.
      """
  ) { tree, findings in
    guard let server = tree.servers.first else { return }
    let locations = tree.backupLocations.filter(tree.isInReach)
    let named = server.argument("default-backup-storage-location")
    let needing = tree.schedules.first { schedule in
      tree.isInReach(schedule) && schedule.text("spec", "template", "storageLocation") == nil
    }
    if locations.isEmpty {
      findings.add(
        "there is no BackupStorageLocation", in: tree, needing ?? server.object,
        severity: needing == nil ? .info : .warning,
        mend: "add a BackupStorageLocation with 'default: true', unless it is made elsewhere")
      return
    }
    let defaults = locations.filter { $0.value("spec", "default").isTrue }
    if defaults.count > 1 {
      let names = defaults.map(\.name).joined(separator: ", ")
      findings.add(
        "\(defaults.count) locations are the default one: \(names)", in: tree, defaults[1],
        at: defaults[1].position("spec", "default"), severity: .warning, mend: "keep 'default: true' in one of them")
    } else if defaults.isEmpty, !locations.contains(where: { $0.name == named?.value ?? "default" }) {
      let name = named?.value.map { ", and none is called '\($0)' as --default-backup-storage-location says" }
      findings.add(
        "none of the BackupStorageLocations is the default one\(name ?? "")", in: tree, needing ?? locations[0],
        severity: needing == nil ? .warning : .error,
        mend: "write 'default: true' into the spec of the location that backups go to")
    }
  }
}
