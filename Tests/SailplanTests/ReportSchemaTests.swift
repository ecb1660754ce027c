import Files
import Glibc
import Kubernetes
import TestSupport
import Testing
import YAML

/// Reports held against the schemas of their formats: our own of docs/schemas, and those of others from the directory that
/// SAILPLAN_SCHEMAS names: sarif-2.1.0.json (OASIS), codeclimate.json (GitLab), junit.xsd (the xUnit plugin of Jenkins).
@Suite struct ReportSchemaTests {
  private static let others: String? = getenv("SAILPLAN_SCHEMAS").map { String(cString: $0) }

  private static func schema(_ path: String) throws -> JSONSchema {
    JSONSchema(try VerificationFormatTests.parsed(try Disk.read(path, limit: 1 << 22).text))
  }

  /// Repositories without and with everything that a report can tell: what differs, is missing, is there by hand, cannot be
  /// read; hostile texts; errors and warnings of checks.
  private static func repository(isClean: Bool) throws -> Shell {
    let shell = try Shell()
    try shell.git("init", "-q", "-b", "main")
    try shell.run("init", "--name", "aws", "--provider", "aws").expect(0)
    try shell.run("environment", "add", "gcp", "--group", "prod", "--provider", "gcp").expect(0)
    try shell.run("commit").expect(0)
    if isClean { return shell }
    let rendered = "environments/aws/rendered"
    try shell.edit("environments/aws/values.yaml", "scheduleSkipImmediately: true", "arguments: [--uploader-typ=kopia]")
    try shell.edit(
      "\(rendered)/apps_v1_deployment_velero.yaml", "image: velero/velero:v1.18.1",
      "image: \"<&>\\\"'\\u001b]\\uFFFF%0A::error,\"")
    try shell.git("rm", "-q", "\(rendered)/v1_namespace_velero.yaml")
    try shell.write("\(rendered)/a b.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {1: .nan}\n")
    try shell.write("environments/prod/gcp/rendered/kustomization.yaml", "{")
    try shell.git("add", "-A")
    try shell.git("commit", "-qm", "Break")
    return shell
  }

  private static func report(_ shell: Shell, _ words: String...) throws -> Node {
    let result = try shell.command(words).run()
    try #require(result.status < 2, "\(result.errorOutput)")
    // JSON may hold a character that YAML, by which it is read here, does not.
    return try VerificationFormatTests.parsed(result.output.text.replacing("\u{FFFF}", with: "?"))
  }

  @Test(arguments: [true, false]) func ourOwn(isClean: Bool) throws {
    let shell = try Self.repository(isClean: isClean)
    for command in ["verify", "diff", "check"] {
      let schema = try Self.schema("\(Repository.root)/docs/schemas/\(command).json")
      let report = try Self.report(shell, command, "--format", "json")
      #expect(schema.errors(report) == [])
    }
  }

  @Test func listsOfImages() throws {
    let schema = try Self.schema("\(Repository.root)/docs/schemas/images.json")
    let report = try Self.report(
      try Shell(), "images", "list", "--velero-version", "v1.15.2", "--format", "json")
    #expect(schema.errors(report) == [])
  }

  /// A check that lets everything pass would show nothing.
  @Test(arguments: [
    (#"{"items": []}"#, "$: lacks environments"),
    (#"{"environments": [1], "items": []}"#, "$.environments[0]: is of another"),
    (#"{"environments": [], "items": [], "x": 1}"#, "$.x: nothing may stand here"),
    (#"{"environments": [], "items": [{"line": 0}]}"#, "$.items[0].line: minimum is int(1)"),
    (#"{"environments": [], "items": [{"severity": "bad"}]}"#, "$.items[0].severity: is none of"),
  ]) func schemasRefuse(report: String, error: String) throws {
    let errors = try Self.schema("\(Repository.root)/docs/schemas/verify.json")
      .errors(try VerificationFormatTests.parsed(report))
    #expect(errors.contains { $0.hasPrefix(error) }, "\(errors)")
  }

  @Test(.enabled(if: others != nil, "needs SAILPLAN_SCHEMAS"), arguments: ["verify", "check"], [true, false])
  func thoseOfOthers(command: String, isClean: Bool) throws {
    let directory = try #require(Self.others)
    let shell = try Self.repository(isClean: isClean)
    let log = try Self.report(shell, command, "--format", "sarif")
    #expect(try Self.schema("\(directory)/sarif-2.1.0.json").errors(log) == [])
    guard case .sequence(let issues) = try Self.report(shell, command, "--format", "gitlab") else {
      Issue.record("no list")
      return
    }
    let issue = try Self.schema("\(directory)/codeclimate.json")
    for item in issues { #expect(issue.errors(item.value) == []) }
    #expect(issues.isEmpty == isClean)
    let result = try shell.run(command, "--format", "junit")
    try shell.write("report.xml", result.output)
    let xmllint = try Command(
      ["xmllint", "--noout", "--schema", "\(directory)/junit.xsd", shell.directory.path("report.xml")]
    ).run()
    #expect(xmllint.status == 0, "\(xmllint.errorOutput)")
  }

  /// What SARIF 2.1.0 demands beyond types (3.49.3, 3.27.5, 3.27.6, 3.30.5): rules that exist, levels, lines from 1 on, URIs.
  @Test(arguments: ["verify", "check"]) func sarifHangsTogether(command: String) throws {
    let log = try Self.report(try Self.repository(isClean: false), command, "--format", "sarif")
    guard case .sequence(let runs)? = log.value(at: "runs"), let run = runs.first?.value,
      case .sequence(let rules)? = run.value(at: "tool", "driver", "rules"),
      case .sequence(let results)? = run.value(at: "results")
    else {
      Issue.record("no run")
      return
    }
    let ids = rules.map { $0.value.value(at: "id")?.stringValue }
    #expect(Set(ids).count == ids.count && !results.isEmpty)
    for result in results.map(\.value) {
      guard case .int(let index)? = result.value(at: "ruleIndex") else {
        Issue.record("no rule")
        continue
      }
      #expect(ids[Int(index)] == result.value(at: "ruleId")?.stringValue)
      #expect(["error", "warning", "note"].contains(result.value(at: "level")?.stringValue))
      guard case .sequence(let locations)? = result.value(at: "locations"),
        let place = locations.first?.value.value(at: "physicalLocation")
      else { continue }
      let uri = try #require(place.value(at: "artifactLocation", "uri")?.stringValue?.text)
      #expect(!uri.contains(" ") && !uri.hasPrefix("/"))
      for key: ByteString in ["startLine", "startColumn"] {
        guard case .int(let number)? = place.value(at: "region", key) else { continue }
        #expect(number >= 1)
      }
    }
  }

  @Test(arguments: ["github", "gitlab", "sarif", "junit", "markdown", "html"])
  func checksReportAsVerificationsDo(format: String) throws {
    let result = try Self.repository(isClean: false).run("check", "--format", format)
    result.expect(1, "unknown-argument")
    #expect(result.text.contains("write --uploader-type, if that was meant"))
    try Shell().run("check", "--list", "--format", format).expect(64)
  }
}
