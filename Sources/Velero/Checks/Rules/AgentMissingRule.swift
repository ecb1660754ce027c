import Files

extension CheckRule {
  static let agentMissing = CheckRule(
    "agent-missing", .error, "volumes are to be copied, and no agent runs on the nodes",
    why: """
      Files of volumes are read, and snapshots moved to the bucket, by the agent on the node. Without it such backups \
      fail or end partially failed, with none of the volumes in them.
      """
  ) { tree, findings in
    guard tree.agents.isEmpty, let server = tree.servers.first else { return }
    let name = tree.isBefore(1, 10) ? "restic" : "node-agent"
    let mend = "add the DaemonSet \(name), or do not ask for copies of volumes"
    for flag in ["default-volumes-to-restic", "default-volumes-to-fs-backup", "default-snapshot-move-data"]
    where server.isOn(flag) {
      findings.add(
        "--\(flag) is on, and there is no DaemonSet \(name)", in: tree, server.object,
        at: server.argument(flag)?.position, mend: mend)
    }
    for schedule in tree.schedules where tree.isInReach(schedule) {
      for key in ["defaultVolumesToRestic", "defaultVolumesToFsBackup", "snapshotMoveData"] {
        guard schedule.value("spec", "template", ByteString(key)).isTrue else { continue }
        findings.add(
          "\(key) is on, and there is no DaemonSet \(name)", in: tree, schedule,
          at: schedule.position("spec", "template", ByteString(key)), mend: mend)
      }
    }
  }
}
