import Files
import Glibc
import TestSupport
import Testing

/// `sailplan upgrade` as a process, with the bundle that the program carries.
@Suite struct UpgradeCommandTests {
  private static let values: ByteString = """
    # One of two.
    velero: { version: v1.16.2 }
    provider: kind
    backupStorage: { bucket: b, url: http://store }
    server:
      itemBlockWorkerCount: 2  # as many as cores

    """

  /// A repository with the environments `one` and `two`, committed.
  private func repository() throws -> Shell {
    let shell = try Shell()
    try shell.write("sailplan.yaml", "apiVersion: sailplan.dev/v1alpha1\nkind: Workspace\n")
    try shell.write("environments/one/values.yaml", Self.values)
    try shell.write("environments/two/values.yaml", Self.values)
    try shell.git("init", "-q", "-b", "main")
    try shell.run("commit", "-m", "Start").expect(0)
    return shell
  }

  // MARK: Plan

  @Test func plansInText() throws {
    let shell = try repository()
    let before = try shell.snapshot()
    let both = try shell.run("upgrade", "plan", "one", "two", "--to", "v1.18.1")
    both.expect(0, "one, two: v1.16.2 to v1.18.1 in 2 hops\n", "\nv1.17.2 → v1.18.1\n", "Nothing was written.")
    #expect(!both.text.contains("values.yaml"))
    try shell.run("upgrade", "plan", "one", "--to", "v1.17.2").expect(
      0, "velero.version: v1.16.2 becomes v1.17.2 (environments/one/values.yaml:2)",
      "velero/velero-plugin-for-aws: v1.12.2 becomes v1.13.2")
    try shell.run("upgrade", "plan", "one", "--to", "v1.15.2").expect(
      0, "server.itemBlockWorkerCount is set aside: it must be 0 or more; and left out before Velero",
      "data-loss datadownloads.velero.io spec.versions[v2alpha1].schema.spec.nodeOS:", "[field-removed]",
      "Velero's makers describe no downgrade.")
    #expect(try shell.snapshot() == before)
  }

  @Test func plansForPullRequestsAndPrograms() throws {
    let shell = try repository()
    try shell.run("upgrade", "plan", "one", "--to", "v1.17.2", "--format", "markdown").expect(
      0, "## Velero v1.17.2\n", "### one: v1.16.2 to v1.17.2\n", "#### v1.16.2 → v1.17.2\n", "\n**To do**\n\n- [ ] ",
      "- velero.version: v1.16.2 becomes v1.17.2 (environments/one/values.yaml:2)\n")
    try shell.run("upgrade", "plan", "one", "--to", "v1.17.2", "--format", "json").expect(
      0, "\"field\": \"velero.version\"", "\"change\": \"replaced\"", "\"rule\": \"enum-values-added\"",
      "\"repository\": \"velero/velero\"", "\"deleted\": []")
  }

  @Test func saysThatNothingIsToBeDone() throws {
    let shell = try repository()
    for verb in ["plan", "apply"] {
      try shell.run("upgrade", verb, "one", "--to", "v1.16.2").expect(0, "one is at v1.16.2 already\n")
    }
    #expect(try shell.git("log", "--format=%s") == "Start")
  }

  // MARK: Apply

  @Test func commitsEachHopAndComesBack() throws {
    let shell = try repository()
    let before = try shell.snapshot()
    try shell.write("untracked", "1")
    try shell.run("upgrade", "apply", "one", "--to", "v1.18.1").expect(
      0, "] Upgrade Velero from v1.17.2 to v1.18.1 in one")
    #expect(
      try shell.git("log", "--format=%s") == """
        Upgrade Velero from v1.17.2 to v1.18.1 in one
        Upgrade Velero from v1.16.2 to v1.17.2 in one
        Start
        """)
    for revision in ["HEAD", "HEAD~1", "HEAD~2"] {
      try shell.run("verify", "--revision", revision).expect(0, "no drift")
    }
    #expect(
      try shell.git("show", "--name-only", "--format=", "HEAD").split(separator: "\n").allSatisfy {
        $0.hasPrefix("environments/one/")
      })
    #expect(try shell.git("status", "--porcelain") == "?? untracked")
    try shell.run("upgrade", "apply", "one", "--to", "v1.15.2").expect(0)
    #expect(
      shell.read("environments/one/values.yaml")?.contains("#~itemBlockWorkerCount: 2  # as many as cores\n") == true)
    let body = try shell.git("log", "-1", "--format=%b")
    #expect(body.contains("one\nv1.16.2 to v1.15.2:\n* server.itemBlockWorkerCount is set aside:"))
    try shell.run("upgrade", "apply", "one", "--to", "v1.16.2").expect(0)
    try Disk.remove(shell.directory.path("untracked"))
    #expect(try shell.snapshot() == before)
    #expect(try shell.git("diff", "HEAD~6", "--stat").isEmpty)
    #expect(try shell.git("fsck", "--strict").isEmpty)
  }

  @Test func makesOneCommitOfAllHops() throws {
    let shell = try repository()
    try shell.run("upgrade", "apply", "one", "two", "--to", "v1.18.1", "--single-commit").expect(0)
    #expect(try shell.git("log", "--format=%s") == "Upgrade Velero from v1.16.2 to v1.18.1 in one, two\nStart")
    try shell.run("verify").expect(0)
    #expect(try shell.git("log", "-1", "--format=%b").contains("one, two\nv1.17.2 to v1.18.1:"))
  }

  @Test func theSameInputsGiveTheSameCommits() throws {
    let shells = [try repository(), try repository()]
    for shell in shells { try shell.run("upgrade", "apply", "one", "two", "--to", "v1.17.2").expect(0) }
    #expect(try shells[0].git("rev-parse", "HEAD") == shells[1].git("rev-parse", "HEAD"))
  }

  // MARK: Refusals: nothing is written

  @Test(
    arguments: [
      (["nobody"], "v1.18.1", 2, "there is no environment 'nobody'"),
      (["one"], "v1.18.7", 2, "Velero 'v1.18.7' is not known (expected a release from v1.7.0 to v1.18.1)"),
      (["one"], "", 64, "the release of --to is empty"), ([], "v1.18.1", 64, "Missing expected argument"),
      (["../x"], "v1.18.1", 64, "cannot name an environment"),
    ] as [([String], String, Int32, String)])
  func refusesWrongUsage(names: [String], to target: String, status: Int32, message: String) throws {
    let shell = try repository()
    for verb in ["plan", "apply"] {
      try shell.command(["upgrade", verb] + names + ["--to", target]).run().expect(status, message)
    }
    #expect(try shell.git("log", "--format=%s") == "Start")
  }

  @Test func refusesWhatIsNotCommitted() throws {
    let shell = try repository()
    let changes: [(String, ByteString, String)] = [
      ("environments/one/values.yaml", Self.values.appending("# more\n"), "has changes that are not committed"),
      ("environments/one/overlays/a.yaml", "", "has changes that are not committed"),
      ("environments/one/rendered/v1_namespace_velero.yaml", "kind: x\n", "one is not as it is rendered on disk"),
    ]
    for (path, contents, message) in changes {
      try shell.write(path, contents)
      let before = try shell.snapshot()
      try shell.run("upgrade", "apply", "one", "two", "--to", "v1.18.1").expect(2, message, "hint: ")
      #expect(try shell.snapshot() == before)
      try Disk.remove(shell.directory.path(path))
      try shell.git("checkout", "-q", ".")
    }
    // A plan is of what stands there.
    try shell.write("environments/one/values.yaml", Self.values.appending("# more\n"))
    try shell.run("upgrade", "plan", "one", "--to", "v1.18.1").expect(0)
    try shell.run("upgrade", "apply", "two", "--to", "v1.18.1").expect(0)
    #expect(try shell.git("log", "--format=%s").split(separator: "\n").count == 3)
  }

  @Test func refusesWhatHasDriftedInHEAD() throws {
    let shell = try repository()
    try shell.edit("environments/one/rendered/v1_namespace_velero.yaml", "velero", "velera")
    try shell.git("commit", "-qam", "Break")
    try shell.run("upgrade", "apply", "one", "--to", "v1.18.1").expect(2, "one is not as it is rendered in HEAD")
    try shell.run("commit").expect(0)
    try shell.run("upgrade", "apply", "one", "--to", "v1.17.2").expect(0)
  }

  @Test func refusesAllIfOneCannotBeDone() throws {
    let shell = try repository()
    try shell.write("environments/two/values.yaml", Self.values.appending("images: { server: v:main }\n"))
    try shell.run("commit").expect(0)
    let before = try shell.snapshot()
    let head = try shell.git("rev-parse", "HEAD")
    try shell.run("upgrade", "apply", "one", "two", "--to", "v1.18.1").expect(
      2, "environments/two/values.yaml:7:11: error: images.server is 'v:main', whose tag is not the release")
    #expect(try shell.snapshot() == before)
    #expect(try shell.git("rev-parse", "HEAD") == head)
  }

  @Test func refusesPlaintextSecrets() throws {
    let shell = try repository()
    let secret: ByteString = "credentials: { renderSecret: true, content: hunter2 }\n"
    try shell.write("environments/one/values.yaml", Self.values.appending(secret))
    try shell.run("commit", "--allow-plaintext-secrets").expect(0)
    try shell.run("upgrade", "apply", "one", "--to", "v1.17.2").expect(2, "--allow-plaintext-secrets")
    try shell.run("upgrade", "apply", "one", "--to", "v1.17.2", "--allow-plaintext-secrets").expect(0)
  }

  // MARK: Other places

  @Test func movesInABareRepository() throws {
    let shell = try repository()
    try shell.git("clone", "-q", "--bare", ".", "bare.git")
    try shell.run("upgrade", "apply", "one", "--to", "v1.17.2", in: "bare.git").expect(0, "Upgrade Velero")
    try shell.run("verify", in: "bare.git").expect(0, "no drift")
    #expect(try shell.git("-C", "bare.git", "show", "HEAD:environments/one/values.yaml").contains("v1.17.2"))
  }

  @Test func movesBelowTheTopAndThroughLinks() throws {
    let shell = try Shell()
    try shell.git("init", "-q", "-b", "main")
    try shell.write("deep/er/sailplan.yaml", "apiVersion: sailplan.dev/v1alpha1\nkind: Workspace\n")
    try shell.write("deep/er/shared.yaml", Self.values)
    try shell.write("deep/er/environments/one/README.md", "")
    symlink("../../shared.yaml", shell.directory.path("deep/er/environments/one/values.yaml"))
    try shell.git("add", "-A")
    try shell.git("commit", "-qm", "Values")
    try shell.run("commit", in: "deep/er").expect(0)
    try shell.run("upgrade", "apply", "one", "--to", "v1.18.1", in: "deep/er").expect(0)
    #expect(shell.read("deep/er/shared.yaml")?.contains("v1.18.1") == true)
    #expect(try shell.git("ls-files", "-s", "deep/er/environments/one/values.yaml").hasPrefix("120000 "))
    try shell.run("verify", in: "deep/er").expect(0)
    #expect(try shell.git("status", "--porcelain").isEmpty)
  }

  @Test func keepsLineEndsAsGitHasThem() throws {
    let shell = try repository()
    try shell.git("config", "core.autocrlf", "true")
    let windows = ByteString(Self.values.text.replacing("\n", with: "\r\n"))
    try shell.write("environments/one/values.yaml", windows)
    try shell.run("upgrade", "apply", "one", "--to", "v1.17.2").expect(0)
    let expected = Self.values.text.replacing("v1.16.2", with: "v1.17.2")
    #expect(shell.read("environments/one/values.yaml") == expected.replacing("\n", with: "\r\n"))
    #expect(try shell.git("show", "HEAD:environments/one/values.yaml") + "\n" == expected)
  }
}
