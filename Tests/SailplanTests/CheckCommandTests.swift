import Files
import TestSupport
import Testing

/// `sailplan check` as a program.
@Suite struct CheckCommandTests {
  /// A workspace with one environment of each provider named, rendered by the bundle that the program carries.
  private func workspace(_ providers: String...) throws -> Shell {
    let shell = try Shell()
    for (index, provider) in providers.enumerated() {
      let words = index == 0 ? ["init", "--name", provider] : ["environment", "add", provider]
      try shell.command(words + ["--provider", provider]).run().expect(0)
    }
    return shell
  }

  @Test func findsNothingInFreshEnvironments() throws {
    let shell = try workspace("aws", "kind")
    try shell.run("check").expect(0, "2 trees checked: nothing wrong, ")
    try shell.run("check", "kind", "--severity", "info").expect(
      0, "info: the Secret 'cloud-credentials' is not among the manifests [secret-missing]",
      "object: Deployment velero/velero (apps/v1)",
      "place: environments/kind/rendered/apps_v1_deployment_velero.yaml:", "1 tree checked: nothing wrong\n")
  }

  @Test func pointsAtWhatWouldBeWritten() throws {
    let shell = try workspace("aws")
    try shell.edit("environments/aws/values.yaml", "scheduleSkipImmediately: true", "arguments: [--uploader-typ=kopia]")
    let result = try shell.run("check")
    result.expect(
      1, "aws\n  error: no server of Velero v1.18.1 knows the argument --uploader-typ [unknown-argument]",
      "mend: write --uploader-type, if that was meant", "[unknown-argument] Velero ends with 'unknown flag' at once",
      "1 tree checked: 1 error, 0 warnings")
    try shell.run("check", "--format", "json").expect(
      1, #""rule": "unknown-argument""#, #""severity": "error""#, #""environment": "aws""#, #""line": "#,
      #""column": 9"#, #""why": "Velero ends"#, #""mend": "write --uploader-type"#, #""errors": 1"#)
    try shell.run("render").expect(0)
    let place = try #require(result.output.text.split(separator: "place: ").last?.split(separator: "\n").first)
    let words = place.split(separator: ":")
    let file = try #require(shell.read(String(words[0].drop { "./".contains($0) })))
    let line = try #require(Int(words[1]))
    #expect(file.split(separator: "\n", omittingEmptySubsequences: false)[line - 1].hasSuffix("- --uploader-typ=kopia"))
  }

  @Test func comparesEnvironments() throws {
    let shell = try workspace("aws", "gcp")
    try shell.run("environment", "add", "copy", "--provider", "aws").expect(0)
    try shell.edit("environments/copy/values.yaml", "prefix: copy", "prefix: aws")
    try shell.run("check", "aws", "gcp").expect(0)
    try shell.run("check").expect(1, "copy\n  error: ", "is also written to by 'aws' [shared-bucket]")
  }

  @Test func looksAtTheClusterThatValuesName() throws {
    let shell = try workspace("aws")
    try shell.edit("environments/aws/values.yaml", "provider: aws", "provider: aws\nkubernetes: {version: '1.17'}")
    try shell.run("check").expect(1, "the cluster runs Kubernetes 1.17, and Velero v1.18 needs 1.18 or later")
  }

  @Test func switchesOffWhatHasAReason() throws {
    let shell = try workspace("aws")
    try shell.edit("environments/aws/values.yaml", "scheduleSkipImmediately: true", "arguments: [--nope]")
    let top = "apiVersion: sailplan.dev/v1alpha1\nkind: Workspace\nchecksOff:\n"
    func off(_ entry: String) throws { try shell.write("sailplan.yaml", ByteString(top + entry)) }
    try off("- {rule: unknown-argument, reason: a server of our own}\n")
    try shell.run("check").expect(0, "nothing wrong", "1 finding switched off")
    try off("- {rule: unknown-argument, reason: a server of our own, environments: [aws]}\n")
    try shell.run("check").expect(0, "1 finding switched off")
    try off("- {rule: unknown-argument, reason: a server of our own, environments: [awz]}\n")
    try shell.run("check").expect(2, "sailplan.yaml:4:", "there is no environment 'awz'", "did you mean 'aws'?")
    try off("- rule: unknown-argument\n")
    try shell.run("check").expect(2, "sailplan.yaml:4:3: error: nothing says why the check 'unknown-argument' is off")
    try off("- {rule: unknown-argument, reason: ' '}\n")
    try shell.run("check").expect(2, "nothing says why the check 'unknown-argument' is off")
    try off("- {rule: unknown-arguments, reason: r}\n")
    try shell.run("verify", "--worktree").expect(
      2, "there is no check 'unknown-arguments'", "did you mean 'unknown-argument'?")
    try off("- {reason: r}\n")
    try shell.run("check").expect(2, "the key 'rule' is missing")
    try off("- {rule: csi-plugin, reason: r, because: s, environments: aws}\n")
    try shell.run("check").expect(2, "unknown key 'because'", "'environments' must be a list")
  }

  @Test func verifyChecksToo() throws {
    let shell = try workspace("aws")
    try shell.run("render").expect(0)
    let fresh = try shell.run("verify", "--worktree")
    fresh.expect(0, "no drift")
    #expect(!fresh.output.text.contains("checked"))
    try shell.edit("environments/aws/values.yaml", "scheduleSkipImmediately: true", "arguments: [--nope]")
    try shell.run("render").expect(0)
    try shell.run("verify", "--worktree").expect(
      1, "1 environment in the work tree: no drift", "knows the argument --nope [unknown-argument]", "1 error")
    try shell.run("verify", "--worktree", "--no-check").expect(0, "no drift")
  }

  // MARK: Manifests of others

  private let manifests: ByteString = """
    apiVersion: v1
    kind: List
    items:
    - apiVersion: apps/v1
      kind: Deployment
      metadata: {name: velero, namespace: velero}
      spec:
        template:
          spec:
            containers:
            - image: velero/velero:v1.18.1
              args:
              - server
              - --default-volumes-to-restic
    """

  @Test func checksManifestsOfOthers() throws {
    let shell = try Shell()
    try shell.write("chart/all.yaml", manifests)
    try shell.write("chart/values.yaml", "image: x\n")
    try shell.run("check", "--path", "chart").expect(
      1, "does not know --default-volumes-to-restic: it is for v1.9.7 or earlier", "place: chart/all.yaml:14:11",
      "use --default-volumes-to-fs-backup", "[crds-absent]")
    try shell.run("check", "--path", "chart", "--velero-version", "v1.9.7").expect(1, "[image-versions]")
    var command = shell.command(["check", "--path", "-"])
    command.input = manifests
    try command.run().expect(1, "standard input\n", "place: standard input:14:11")
  }

  /// The fault that hurts most: a new server on old definitions.
  @Test func namesTheValuesThatOldDefinitionsLack() throws {
    let shell = try Shell()
    try shell.write("all/server.yaml", manifests)
    try shell.write("all/crds.yaml", try shell.run("crd", "export", "--release", "v1.17.2").output)
    try shell.run("check", "--path", "all").expect(
      1, #"backups.velero.io does not allow "Queued", "ReadyToStart" in status.phase, which Velero v1.18.1 writes"#,
      "backups.velero.io does not name status.queuePosition", "place: all/crds.yaml:")
    try shell.write("all/crds.yaml", try shell.run("crd", "export", "--release", "v1.18.1").output)
    let fitting = try shell.run("check", "--path", "all")
    #expect(!fitting.output.text.contains("crd"))
  }

  @Test func comparesPaths() throws {
    let shell = try Shell()
    let location: ByteString = """
      apiVersion: velero.io/v1
      kind: BackupStorageLocation
      metadata: {name: default, namespace: velero}
      spec: {provider: aws, objectStorage: {bucket: b}}
      """
    try shell.write("one.yaml", location)
    try shell.write("two.yaml", location)
    try shell.run("check", "--path", "one.yaml").expect(0)
    try shell.run("check", "--path", "one.yaml", "--path", "two.yaml").expect(1, "two.yaml\n", "by 'one.yaml'")
    try shell.run("check", "--path", "one.yaml", "--strict").expect(0)
  }

  @Test func refusesWhatIsNotThere() throws {
    let shell = try Shell()
    try shell.write("a.yaml", "a: 1\n")
    try shell.run("check", "--path", "a.yaml").expect(2, "there is nothing of Velero in a.yaml")
    try shell.run("check", "--path", "b.yaml").expect(2, "b.yaml")
    try shell.run("check", "--path", "a.yaml", "--velero-version", "v1.6.0").expect(2, "Velero 'v1.6.0' is not known")
    try shell.run("check").expect(2, "sailplan.yaml")
    for wrong in [
      ["a", "--path", "b"], ["--velero-version", "v1.18.1"], ["--severity", "fatal"], ["--path", ""], ["--list", "a"],
      ["--path", "-", "--path", "-"],
    ] {
      try shell.command(["check"] + wrong).run().expect(64)
    }
  }

  @Test func listsTheRules() throws {
    let shell = try Shell()
    try shell.run("check", "--list").expect(0, "crd-lacks-enum-value ", "error ")
    try shell.run("check", "--list", "--format", "json").expect(0, #""id": "crd-lacks-enum-value""#, #""why": "#)
  }
}
