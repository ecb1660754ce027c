import Testing

@testable import Velero

/// What robfig/cron takes, seen in its source: `ParseStandard`.
@Suite struct CronExpressionTests {
  @Test(arguments: [
    "0 3 * * *", "*/15 * * * *", "0-30/5 0,12 1-7 * ?", "5/10 * * * *", "0 0 1 JAN-mar SUN", "59 23 31 12 6", "@daily",
    "@midnight", "@every 1h30m", "@every 1.5h", "TZ=UTC 0 3 * * *", "CRON_TZ=Europe/Berlin @weekly", " 0  3 * * * ",
  ])
  func takes(_ text: String) { #expect(CronExpression.objection(to: text) == nil) }

  @Test(arguments: [
    ("", "it is empty"), ("  ", "it is empty"), ("0 3 * *", "it has 4 fields, not 5"),
    ("0 0 3 * * *", "it has 6 fields, not 5"), ("60 * * * *", "60 is not between 0 and 59"),
    ("* 24 * * *", "24 is not between 0 and 23"), ("* * 0 * *", "0 is not between 1 and 31"),
    ("* * * 13 *", "13 is not between 1 and 12"), ("* * * * 7", "7 is not between 0 and 6"),
    ("30-10 * * * *", "it runs backwards"), ("*/0 * * * *", "the step '0' is no number above 0"),
    ("*/x * * * *", "the step 'x' is no number above 0"), ("1-2-3 * * * *", "more than one '-'"),
    ("1/2/3 * * * *", "more than one '/'"), ("1,, * * * *", "'' is no number"), ("* * L * *", "'L' is no number"),
    ("@dayly", "'@dayly' is none of"), ("@every", "wants a duration"), ("@every 6", "'6' is no duration"),
    ("@every 0s", "'0s' is no duration"), ("@every 1d", "'1d' is no duration"), ("@daily 3", "is none of"),
    ("99999999999999999999 * * * *", "is no number"),
  ])
  func refuses(_ text: String, _ reason: String) {
    let objection = CronExpression.objection(to: text) ?? "nothing"
    #expect(objection.contains(reason), "\(objection)")
  }
}
