extension CheckRule {
  static let schedulesOff = CheckRule(
    "schedules-off", .warning, "there are schedules, and the server makes no backups",
    why: """
      With --restore-only, and with the controllers for schedules or backups disabled, schedules are not looked at. They \
      are there as if all were well.
      """
  ) { tree, findings in
    guard let server = tree.servers.first, let schedule = tree.schedules.first(where: tree.isInReach) else { return }
    let disabled = (server.argument("disable-controllers")?.value ?? "").split(separator: ",").map(\.trimmed)
    var reasons: [(String, CheckedProcess.Argument?)] = []
    if server.isOn("restore-only") { reasons.append(("--restore-only", server.argument("restore-only"))) }
    for name in ["backup", "schedule"] where disabled.contains(name) {
      reasons.append(("--disable-controllers=\(name)", server.argument("disable-controllers")))
    }
    for (reason, argument) in reasons {
      findings.add(
        "the schedule '\(schedule.name)' makes no backups: the server runs with \(reason)", in: tree, server.object,
        at: argument?.position, mend: "take the schedules away, or the argument")
    }
  }
}
