import Files
import Kubernetes
import TestSupport
import Testing
import YAML

@Suite struct VerificationFormatTests {
  private static let deployment = "environments/a/rendered/apps_v1_deployment_velero.yaml"

  /// A repository in which one field of `a` differs, and `b` is as it should be.
  private static func drifted() throws -> Shell {
    let shell = try Shell.repository()
    try shell.edit(deployment, "replicas: 2", "replicas: 3")
    try shell.git("commit", "-qam", "Edit by hand")
    return shell
  }

  static func parsed(_ text: String) throws -> Node {
    let source = SourceFile.register(path: "report", contents: ByteString(text))
    return try #require(try ParsedFile.parse(source).documents.first?.value)
  }

  @Test(arguments: [
    ("github", "::error file=\(deployment),line="),
    (
      "github",
      "title=a%3A drift::Deployment velero/velero (apps/v1): spec.replicas is not what is rendered%0Acommitted: 3"
    ),
    ("junit", #"<testsuite name="sailplan verify" tests="2" failures="1" errors="0" skipped="0">"#),
    ("junit", #"<testcase classname="sailplan.verify" name="b"/>"#),
    ("junit", "committed: 3\nrendered: 2\nwhy: edited by hand since the last render\nmend: say it in values"),
    ("markdown", "1 of 2 environments need a look."),
    ("markdown", "spec.replicas is not what is rendered | <code>3</code> | <code>2</code> | edited by hand since"),
  ]) func saysWhatDiffers(format: String, text: String) throws {
    try Self.drifted().run("verify", "--format", format).expect(1, text)
  }

  @Test func jsonHasEveryPart() throws {
    let run = try Self.drifted().run("verify", "--format", "json", "--no-check")
    run.expect(1)
    guard case .sequence(let items)? = try Self.parsed(run.output.text).value(at: "items") else {
      Issue.record("no items")
      return
    }
    #expect(items.count == 1)
    let parts: [ByteString: ByteString] = [
      "environment": "a", "object": "Deployment velero/velero (apps/v1)", "field": "spec.replicas", "committed": "3",
      "rendered": "2", "file": ByteString(Self.deployment), "rule": "drift", "severity": "error",
      "mend": "say it in values or in an overlay, then run 'sailplan commit a'",
    ]
    for (key, text) in parts { #expect(items.first?.value.value(at: key)?.stringValue == text) }
  }

  @Test func markdownTellsOnceWhatIsTheSame() throws {
    let shell = try Shell.workspace()
    for number in 0..<300 { try shell.write("environments/many/c\(number)/values.yaml", "names: [one]\n") }
    let result = try shell.run("verify", "--worktree", "--no-check", "--format", "markdown")
    result.expect(
      1, "302 of 302 environments need a look.", "<b>Deployment velero/velero (apps/v1)</b>: all 302 environments",
      "| 300 environments: many/&#42; | unknown: there is no lock that can be read | run 'sailplan commit many/c0' … |")
    #expect(result.output.count < 4000)
  }

  /// What the format demands of every issue (GitLab, "Code Quality report format").
  @Test func gitLabGetsIssuesWithFingerprints() throws {
    let shell = try Self.drifted()
    let first = try shell.run("verify", "--format", "gitlab", "--no-check").output.text
    guard case .sequence(let issues) = try Self.parsed(first), let issue = issues.first?.value else {
      Issue.record("no issues")
      return
    }
    #expect(issue.value(at: "fingerprint")?.stringValue?.count == 64)
    #expect(issue.value(at: "location", "path")?.stringValue == ByteString(Self.deployment))
    #expect(issue.value(at: "check_name")?.stringValue == "drift")
    #expect(try shell.run("verify", "--format", "gitlab", "--no-check").output.text == first)
  }

  @Test func sarifNamesItsRules() throws {
    let log = try Self.parsed(try Self.drifted().run("verify", "--format", "sarif", "--no-check").output.text)
    #expect(log.value(at: "version")?.stringValue == "2.1.0")
    guard case .sequence(let runs)? = log.value(at: "runs"), let run = runs.first?.value,
      case .sequence(let rules)? = run.value(at: "tool", "driver", "rules"),
      case .sequence(let results)? = run.value(at: "results")
    else {
      Issue.record("no run")
      return
    }
    #expect(rules.first?.value.value(at: "id")?.stringValue == "drift")
    #expect(results.first?.value.value(at: "ruleId")?.stringValue == "drift")
    #expect(results.first?.value.value(at: "level")?.stringValue == "error")
  }

  @Test(arguments: ["json", "github", "gitlab", "sarif", "junit", "markdown"])
  func nothingDiffers(format: String) throws {
    try Shell.repository().run("verify", "--no-check", "--format", format).expect(0)
  }

  @Test func refusesFormatsThatThereAreNot() throws {
    try Shell.repository().run("verify", "--format", "xml").expect(64)
  }
}
