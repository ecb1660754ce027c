import Files
import Kubernetes
import TestSupport
import Testing
import YAML

@Suite struct DiffCommandTests {
  /// A repository with six environments, of which all but `f` have changed values that are not rendered yet.
  private static func fleet() throws -> Shell {
    let shell = try Shell.workspace()
    try shell.git("init", "-q", "-b", "main")
    for name in ["a", "b"] { try Disk.remove(shell.directory.path("environments/\(name)")) }
    for name in ["lab", "prod/eu", "prod/us", "test", "x", "y"] {
      try shell.write("environments/\(name)/values.yaml", "velero: {version: v1.17.2}\n")
    }
    try shell.run("commit").expect(0)
    for name in ["lab", "prod/eu", "prod/us", "test"] {
      try shell.write("environments/\(name)/values.yaml", "velero: {version: v1.18.1}\n")
    }
    try shell.write("environments/x/values.yaml", "velero: {version: v1.16.0}\nreplicas: 3\nnames: [one]\n")
    try shell.git("commit", "-qam", "Upgrade")
    return shell
  }

  @Test func tellsWhatIsTheSameOnce() throws {
    let result = try Self.fleet().run("diff")
    result.expect(
      1,
      """
      5 of 6 environments differ: - HEAD, + rendered

      Deployment velero/velero (apps/v1): 5 environments: lab, prod/*, test, x
        spec.template.spec.containers[name=velero].image
          "velero/velero:v1.17.2" → "velero/velero:v1.18.1": 4 environments: lab, prod/*, test
          "velero/velero:v1.17.2" → "velero/velero:v1.16.0": x
        spec.replicas: x
          1 → 3

      rendered/kustomization.yaml: x
      """,
      """
      ConfigMap velero/one (v1): x
        added

      """)
  }

  /// A value of its own in every environment does not fill the screen.
  @Test func showsTheCommonestOfManyValues() throws {
    let shell = try Shell.workspace()
    try shell.git("init", "-q", "-b", "main")
    for number in 10..<40 { try shell.write("environments/c\(number)/values.yaml", "replicas: 1\n") }
    try shell.run("commit").expect(0)
    for number in 10..<40 {
      try shell.write("environments/c\(number)/values.yaml", ByteString("replicas: \(number < 15 ? 5 : number)\n"))
    }
    let result = try shell.run("diff", "--worktree")
    result.expect(
      1, "  spec.replicas\n    1 → 5: c10, c11, c12, c13, c14\n    1 → 15: c15\n",
      "    1 → 21: c21\n    and 18 other values, in 18 environments\n")
    #expect(result.text.split(separator: "\n").count == 12)
    try shell.run("diff", "--worktree", "--format", "markdown").expect(
      1, "| <code>spec.replicas</code> |  |  | and 18 other values, in 18 environments |")
    try shell.run("diff", "--worktree", "--format", "json").expect(1, "\"new\": 39")
  }

  @Test func fewEnvironmentsAreShownEach() throws {
    let shell = try Self.fleet()
    try shell.run("diff", "lab", "x").expect(
      1, "--- lab: Deployment", "--- x: Deployment", "@@ spec.replicas @@\n-1\n+3\n", "+  name: one\n")
    try shell.run("diff", "lab", "x", "--group", "always").expect(1, "2 of 2 environments differ")
    try shell.run("diff", "--group", "never").expect(1, "--- prod/eu: Deployment", "--- test: Deployment")
    #expect(try shell.run("diff", "y", "--group", "always").output.isEmpty)
  }

  @Test func comparesTwoEnvironments() throws {
    let shell = try Self.fleet()
    try shell.run("diff", "--environment", "lab", "--against", "y").expect(
      1, "--- lab: Deployment velero/velero (apps/v1), y\n+++ lab: Deployment velero/velero (apps/v1), lab\n",
      "-velero/velero:v1.17.2\n+velero/velero:v1.18.1\n")
    try shell.run("diff", "--environment", "y", "--against", "x").expect(
      1, "--- y: ConfigMap velero/one (v1), x\n+++ y: ConfigMap velero/one (v1), (not there)\n-apiVersion: v1\n")
    try shell.run("diff", "--environment", "lab", "--against", "prod/eu").expect(0)
    try shell.run("diff", "--environment", "lab", "--against", "nope").expect(2, "there is no environment 'nope'")
    try shell.run("diff", "--environment", "lab", "--against", "prod").expect(2, "'prod' is a group of 2 environments")
  }

  /// What merging would change: the trees of one revision beside what another one renders.
  @Test func comparesWithTheTreesOfARevision() throws {
    let shell = try Self.fleet()
    try shell.run("commit").expect(0)
    try shell.run("diff").expect(0)
    try shell.run("diff", "--against-revision", "HEAD~1", "lab").expect(
      1, "--- lab: Deployment velero/velero (apps/v1), HEAD~1\n+++ lab: Deployment velero/velero (apps/v1), rendered\n",
      "-velero/velero:v1.17.2\n+velero/velero:v1.18.1\n")
    try shell.git("rm", "-rq", "environments/y")
    try shell.write("environments/new/values.yaml", "replicas: 2\n")
    try shell.run("diff", "--against-revision", "HEAD~2", "--worktree", "--group", "always").expect(
      1, "7 of 7 environments differ: - HEAD~2, + rendered", "added: new",
      "Namespace velero (v1): new, y\n  added: new\n  removed: y\n")
    try shell.run("diff", "--against-revision", "nope").expect(2, "git knows no revision 'nope'")
  }

  @Test func markdownIsATableAndWhatCanBeOpened() throws {
    try Self.fleet().run("diff", "--format", "markdown").expect(
      1, "5 of 6 environments differ: <code>HEAD</code> → <code>rendered</code>\n",
      "| Deployment velero/velero (apps/v1) | 2 fields | 5 environments: lab, prod/&#42;, test, x |\n",
      "<details><summary><b>Deployment velero/velero (apps/v1)</b>: 5 environments: lab, prod/&#42;, test, x</summary>\n\n",
      "| <code>spec.replicas</code> | <code>1</code> | <code>3</code> | x |\n", "```diff\n", "\n</details>\n")
  }

  @Test func nothingCommittedEndsABlockOrACell() throws {
    let shell = try Shell.repository()
    try shell.edit(
      "environments/a/rendered/apps_v1_deployment_velero.yaml", "replicas: 2",
      "replicas: \"a|b</code><script>\\e[2J\"\n  note: |\n    ```\n    </details>\n")
    let text = try shell.run("diff", "--worktree", "--format", "markdown").output.text
    #expect(text.contains("| <code>\"a&#124;b&lt;/code&gt;&lt;script&gt;&#92;u{1b}&#91;2J\"</code> | <code>2</code> |"))
    #expect(text.contains("````diff\n-```\n-</details>\n````\n"), "\(text)")
    #expect(!text.contains("\u{1B}"))
  }

  @Test(arguments: ["text", "markdown", "json"])
  func keepsToTheLengthThatIsAskedFor(format: String) throws {
    let shell = try Self.fleet()
    try shell.write("environments/x/values.yaml", ByteString("names: \((0..<200).map { "name-\($0)" })\n"))
    let whole = try shell.run("diff", "--worktree", "--format", format).output.count
    for most in [1000, 2000, 5000, 1_000_000] {
      let result = try shell.run("diff", "--worktree", "--format", format, "--max-length", "\(most)")
      #expect(result.status == 1)
      #expect(result.output.count <= most)
      if format == "json" {
        let parsed = try VerificationFormatTests.parsed(result.output.text)
        #expect((parsed.value(at: "leftOut").map { "\($0)" } == "int(0)") == (whole <= most))
      } else {
        #expect(result.text.contains(" left out") == (whole > most))
      }
    }
    try shell.run("diff", "--max-length", "999").expect(64)
  }

  @Test func jsonHasGroupsAndValues() throws {
    let report = try VerificationFormatTests.parsed(try Self.fleet().run("diff", "--format", "json").output.text)
    #expect(report.value(at: "old")?.stringValue == "HEAD")
    guard case .sequence(let changes)? = report.value(at: "changes"),
      case .sequence(let groups)? = report.value(at: "groups")
    else {
      Issue.record("no changes")
      return
    }
    let image = try #require(
      changes.map(\.value).first {
        $0.value(at: "field")?.stringValue == "spec.template.spec.containers[name=velero].image"
      })
    #expect(image.value(at: "object", "kind")?.stringValue == "Deployment")
    guard case .sequence(let variants)? = image.value(at: "variants"), let first = variants.first?.value,
      case .int(let group)? = first.value(at: "group"), case .sequence(let names) = groups[Int(group)].value
    else {
      Issue.record("no variants")
      return
    }
    #expect(first.value(at: "new")?.stringValue == "velero/velero:v1.18.1")
    #expect(names.compactMap { $0.value.stringValue?.text } == ["lab", "prod/eu", "prod/us", "test"])
  }

  @Test(arguments: [
    ["--environment", "lab"], ["--against", "lab"], ["lab", "--environment", "lab", "--against", "y"],
    ["--environment", "lab", "--against", "y", "--against-revision", "HEAD"], ["--group", "often"],
    ["--group", "never", "--format", "json"],
  ]) func refusesWhatMeansNothing(arguments: [String]) throws {
    let shell = try Shell.repository()
    try shell.command(["diff"] + arguments).run().expect(64)
  }

  @Test func changedWordsStandOutOnATerminal() throws {
    let shell = try Self.fleet()
    for (arguments, text) in [
      ("lab", "-velero/velero:\u{1B}[7mv1.17.2\u{1B}[27m"), ("", "velero/velero:\u{1B}[31mv1.17.2\u{1B}[0m\""),
    ] {
      let script = "unset NO_COLOR; TERM=xterm script -qec '\(Product.sailplan) diff \(arguments)' /dev/null"
      let result = try Command(["bash", "-c", script], in: shell.directory.path).run()
      #expect(result.text.contains(text), "\(result.text)")
    }
  }
}
