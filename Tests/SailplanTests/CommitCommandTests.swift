import Files
import Glibc
import TestSupport
import Testing

@Suite struct CommitCommandTests {
  @Test func commitsOnlyWhatIsOurs() throws {
    let shell = try Shell.repository()
    try shell.write("staged", "1")
    try shell.git("add", "staged")
    try shell.write("untracked", "1")
    try shell.write("environments/a/README.md", "mine")
    try shell.write("environments/a/values.yaml", "replicas: 3\n")
    try shell.run("commit", "-m", "Three of them").expect(0, "Three of them")
    #expect(try shell.git("log", "-1", "--format=%s|%an|%cn|%ct") == "Three of them|A|C|1700000000")
    #expect(
      try shell.git("show", "--name-only", "--format=").split(separator: "\n").sorted() == [
        "environments/a/rendered/apps_v1_deployment_velero.yaml", "environments/a/sailplan.lock",
        "environments/a/values.yaml",
      ])
    #expect(try shell.git("status", "--porcelain") == "A  staged\n?? environments/a/README.md\n?? untracked")
    try shell.run("verify").expect(0)
    #expect(try shell.git("fsck", "--strict").isEmpty)
  }

  @Test func saysWhatItDidAndThatThereIsNothingToDo() throws {
    let shell = try Shell.repository()
    let log = try shell.git("log", "-1", "--format=%B")
    #expect(log.hasPrefix("Render a, b\n\na (Velero v1.18.1): 4 added\n  + apps_v1_deployment_velero.yaml\n"))
    let head = try shell.git("rev-parse", "HEAD")
    try shell.run("commit").expect(0, "nothing to commit")
    #expect(try shell.git("rev-parse", "HEAD") == head)
  }

  @Test func tracesWhereItComesFrom() throws {
    let shell = try Shell.repository()
    func trailers() throws -> [String] {
      try shell.git("log", "-1", "--format=%(trailers)").split(separator: "\n").map(String.init)
    }
    // The first commit brings its inputs along.
    let first = try trailers()
    #expect(
      first.count == 2 && first[0].hasPrefix("Sailplan-Version: ") && first[1].hasPrefix("Sailplan-Bundle: sha256:"))
    #expect(shell.read("environments/a/sailplan.lock")?.contains(first[1].dropFirst("Sailplan-Bundle: ".count)) == true)
    try shell.edit("environments/a/rendered/v1_namespace_velero.yaml", "velero", "velera")
    try shell.git("commit", "-qam", "Break")
    let source = try shell.git("rev-parse", "HEAD")
    try shell.run("commit", "-m", "Mend\n\nFixes: a").expect(0)
    #expect(try trailers() == ["Fixes: a", "Sailplan-Source: \(source)"] + first)
  }

  @Test func theSameInputsGiveTheSameCommit() throws {
    let one = try Shell.repository()
    let two = try Shell.repository()
    #expect(try one.git("rev-parse", "HEAD") == two.git("rev-parse", "HEAD"))
  }

  @Test func mendsAHandEditAndRemovesWhatIsNoLongerRendered() throws {
    let shell = try Shell.repository()
    try shell.write("environments/b/values.yaml", "names: [one]\n")
    try shell.run("commit").expect(0)
    try shell.write("environments/b/rendered/NOTES", "theirs")
    try shell.git("add", "-A")
    try shell.git("commit", "-qm", "Note")
    try shell.edit("environments/a/rendered/v1_namespace_velero.yaml", "velero", "velera")
    try shell.git("commit", "-qam", "Break")
    try shell.write("environments/b/values.yaml", "names: []\n")
    try shell.run("commit").expect(0, "Render a, b")
    #expect(!shell.directory.exists("environments/b/rendered/v1_configmap_one.yaml"))
    #expect(try shell.git("ls-files", "environments/b/rendered/NOTES") == "environments/b/rendered/NOTES")
    #expect(try shell.git("status", "--porcelain").isEmpty)
    try shell.run("verify", "a").expect(0)
  }

  @Test func refusesPlaintextSecrets() throws {
    let shell = try Shell.repository()
    let head = try shell.git("rev-parse", "HEAD")
    try shell.write("environments/a/values.yaml", "secret: hunter2\n")
    let before = try shell.snapshot()
    try shell.run("commit").expect(
      2, "Secret velero/cloud-credentials (v1) of a would be committed with its content in plain text",
      "--allow-plaintext-secrets")
    #expect(try shell.git("rev-parse", "HEAD") == head)
    #expect(try shell.snapshot() == before)
    try shell.run("commit", "--allow-plaintext-secrets").expect(0)
    #expect(try shell.git("show", "HEAD:environments/a/rendered/v1_secret_cloud-credentials.yaml").contains("hunter2"))
  }

  @Test func keepsLineEndsAsGitHasThem() throws {
    let shell = try Shell.repository()
    try shell.git("config", "core.autocrlf", "true")
    try shell.write("environments/a/values.yaml", "replicas: 2\r\n")
    try shell.run("commit").expect(0, "nothing to commit")
    try shell.write("environments/a/values.yaml", "replicas: 3\r\n")
    try shell.run("commit").expect(0)
    #expect(try shell.git("show", "HEAD:environments/a/values.yaml") == "replicas: 3")
    #expect(try shell.git("status", "--porcelain").isEmpty)
    try shell.run("verify").expect(0)
  }

  @Test func commitsIntoABareRepository() throws {
    let shell = try Shell.repository()
    try shell.edit("environments/a/rendered/v1_namespace_velero.yaml", "velero", "velera")
    try shell.git("commit", "-qam", "Break")
    try shell.git("clone", "-q", "--bare", ".", "bare.git")
    try shell.run("verify", in: "bare.git").expect(1)
    try shell.run("commit", in: "bare.git").expect(0, "Render a")
    try shell.run("verify", in: "bare.git").expect(0)
  }

  @Test func needsAnIdentity() throws {
    let shell = try Shell.workspace()
    try shell.git("init", "-q", "-b", "main")
    var command = shell.command(["commit"])
    command.environment = ["PATH": "/usr/bin:/bin", "HOME": shell.directory.path, "GIT_CONFIG_NOSYSTEM": "1"]
    try command.run().expect(2, "git does not know who commits", "user.name")
    try shell.run("verify").expect(2, "nothing is committed yet")
    try shell.run("commit").expect(0)
  }

  /// What is known to be committed is passed over, and everything is as if it had not been.
  @Test(arguments: [
    "true", "echo 'replicas: 7' > environments/a/values.yaml", "echo '# x' >> environments/values.yaml",
    "echo '# x' >> sailplan.yaml", "echo '#! x' >> bundle/config/objects.yaml",
    "echo '# x' >> environments/a/rendered/v1_namespace_velero.yaml", "rm environments/a/sailplan.lock",
    "git rm -qr environments/a/rendered; git commit -qm Removed",
    "git checkout -q HEAD~1", "git reset -q --soft HEAD~1", "git reset -q --hard HEAD~1", "git update-ref -d HEAD",
    "echo '# x' >> environments/a/rendered/v1_namespace_velero.yaml; git commit -qam Edited; git checkout -q HEAD~1 .",
    "echo '# x' >> environments/a/values.yaml; git commit -qam Edited; git checkout -q HEAD~1 environments",
    "mkdir environments/b/overlays; touch environments/b/overlays/x.yaml", "rm -r environments/b",
    "cp -r environments/a environments/c", "git checkout -q --orphan other; git rm -rqf --cached .",
  ])
  func theRecordChangesNothingThatIsCommitted(change: String) throws {
    func outcome(_ arguments: [String]) throws -> [String] {
      let shell = try Shell.repository()
      try shell.write("environments/values.yaml", "args: [x]\n")
      try shell.run("commit").expect(0)
      for _ in 0..<2 { try shell.run("commit").expect(0, "nothing to commit") }
      let dates = "export GIT_AUTHOR_DATE='1700000001 +0000' GIT_COMMITTER_DATE='1700000001 +0000'; "
      let result = try Command(["sh", "-ec", dates + change], in: shell.directory.path).run()
      try #require(result.status == 0, "\(result.errorOutput)")
      let committed = try shell.command(["commit"] + arguments).run()
      let files = try shell.snapshot().sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      return try [
        committed.output.text, committed.errorOutput.text, shell.git("cat-file", "-p", "HEAD"),
        shell.git("status", "--porcelain"), files.joined(),
      ]
    }
    #expect(try outcome([]) == outcome(["--no-cache"]))
  }

  @Test func aSecretThatWasAllowedOnceIsNotForEver() throws {
    let shell = try Shell.repository()
    try shell.write("environments/a/values.yaml", "secret: hunter2\n")
    try shell.run("commit", "--allow-plaintext-secrets").expect(0)
    for _ in 0..<3 { try shell.run("commit").expect(2, "Secret") }
  }
}
