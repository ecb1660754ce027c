import Files

extension CheckRule {
  static let scheduleCron = CheckRule(
    "schedule-cron", .error, "a schedule says no time that Velero can read",
    why: "The schedule fails validation: it is there, and no backup is ever made."
  ) { tree, findings in
    for schedule in tree.schedules {
      let text = schedule.text("spec", "schedule") ?? ""
      guard let reason = CronExpression.objection(to: text) else { continue }
      findings.add(
        "'\(text)' says no time: \(reason)", in: tree, schedule, at: schedule.position("spec", "schedule"),
        mend:
          "write minute, hour, day of the month, month and day of the week, such as '0 3 * * *'; or @daily, @every 6h")
    }
  }
}
