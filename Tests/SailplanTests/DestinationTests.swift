import Files
import TestSupport
import Testing

/// Where commits go: branches, and other repositories.
@Suite struct DestinationTests {
  /// A committed workspace whose environments have branches.
  private func branches(in file: String = "sailplan.yaml") throws -> Shell {
    let shell = try Shell.workspace()
    let text = try #require(shell.read("sailplan.yaml"))
    if file == "sailplan.yaml" {
      try shell.write(file, ByteString(text + "branch: rendered/{environment}\n"))
    } else {
      try shell.write(
        file, "apiVersion: sailplan.dev/v1alpha1\nkind: Environment\nbranch: rendered/{environment}\n")
    }
    try shell.git("init", "-q", "-b", "main")
    return shell
  }

  @Test func aBranchForEachEnvironment() throws {
    let shell = try branches()
    try shell.run("commit").expect(
      0, "Record what the environments", "[rendered/a ", "] Render a\n[rendered/b ", "] Render b\n")
    let head = try shell.git("rev-parse", "HEAD")
    #expect(
      try shell.git("ls-tree", "-r", "--name-only", "HEAD", "environments").split(separator: "\n") == [
        "environments/a/sailplan.lock", "environments/a/values.yaml", "environments/b/sailplan.lock",
        "environments/b/values.yaml",
      ])
    try shell.run("render", "a", "-o", "out").expect(0)
    let files = try shell.snapshot("out").keys.sorted()
    #expect(
      try shell.git("ls-tree", "-r", "--name-only", "rendered/a").split(separator: "\n").map(String.init) == files)
    #expect(try shell.git("log", "-1", "--format=%(trailers)", "rendered/a").hasPrefix("Sailplan-Source: \(head)\n"))
    #expect(try shell.git("status", "--porcelain") == "?? out/")
    #expect(try shell.git("fsck", "--strict").isEmpty)
    try shell.run("verify").expect(0)
    try shell.run("commit").expect(0, "nothing to commit")

    // What changed goes to one branch, and its inputs beside.
    try shell.write("environments/a/values.yaml", "replicas: 5\n")
    try shell.run("commit", "-m", "Five").expect(0, "] Five\n[rendered/a ")
    #expect(try shell.git("log", "-1", "--format=%s", "rendered/a") == "Five")
    #expect(try shell.git("rev-list", "--count", "rendered/a") == "2")
    #expect(try shell.git("rev-list", "--count", "rendered/b") == "1")
    try shell.run("verify").expect(0)
  }

  @Test func driftOnABranch() throws {
    let shell = try branches()
    try shell.run("commit").expect(0)
    try shell.git("worktree", "add", "-q", "tree", "rendered/a")
    try shell.edit("tree/v1_namespace_velero.yaml", "velero", "velera")
    try shell.write("tree/extra.yaml", "a: 1\n")
    try shell.git("-C", "tree", "add", ".")
    try shell.git("-C", "tree", "commit", "-qm", "By hand")
    try shell.run("verify").expect(1, "v1_namespace_velero.yaml", "extra.yaml")
    try shell.run("diff", "a").expect(1, "velera")
    try shell.run("verify", "b").expect(0)
    // Its files would no longer be what it holds.
    try shell.run("commit").expect(2, "the branch 'rendered/a' is checked out in \(shell.directory.path("tree"))")
    try shell.git("worktree", "remove", "tree")
    try shell.run("commit").expect(0, "[rendered/a ")
    try shell.run("verify").expect(0)
    #expect(try shell.git("ls-tree", "--name-only", "rendered/a", "extra.yaml").isEmpty)
    try shell.git("branch", "-D", "rendered/b")
    try shell.run("verify", "b").expect(1, "missing")
  }

  @Test func theNearestFileWins() throws {
    let shell = try branches(in: "environments/a/environment.yaml")
    try shell.run("commit").expect(0, "Render b\n[rendered/a ")
    #expect(try shell.git("ls-files", "environments/a/rendered").isEmpty)
    #expect(try !shell.git("ls-files", "environments/b/rendered").isEmpty)
    try shell.run("verify").expect(0)
    #expect(try shell.git("status", "--porcelain").isEmpty)
  }

  @Test(arguments: [
    ("rendered", "all environments would share one branch"), ("x..{environment}", "x..a"), ("main", "share"),
  ])
  func refusesPatterns(_ pattern: String, _ words: String) throws {
    let shell = try Shell.repository()
    let text = try #require(shell.read("sailplan.yaml"))
    try shell.write("sailplan.yaml", ByteString(text + "branch: \(pattern)\n"))
    let before = try shell.snapshot()
    try shell.run("commit").expect(2, words)
    #expect(try shell.snapshot() == before)
  }

  @Test func leavesBranchesOfOthersAlone() throws {
    let shell = try branches()
    try shell.run("commit", "a").expect(0)
    try shell.git("branch", "rendered/b")
    let tip = try shell.git("rev-parse", "rendered/b")
    try shell.run("commit").expect(2, "the branch 'rendered/b' holds files that sailplan did not write")
    #expect(try shell.git("rev-parse", "rendered/b") == tip)
    try shell.write(
      "environments/b/environment.yaml",
      "apiVersion: sailplan.dev/v1alpha1\nkind: Environment\nbranch: 'rendered/{environment}'\n")
    try shell.write("environments/c/values.yaml", "replicas: 1\n")
    try shell.write(
      "environments/c/environment.yaml",
      "apiVersion: sailplan.dev/v1alpha1\nkind: Environment\nbranch: 'rendered/a{environment}'\n")
    try shell.run("commit", "a", "c").expect(0, "[rendered/ac ")
  }

  @Test(arguments: [true, false])
  func anotherRepository(_ isBare: Bool) throws {
    let shell = try Shell.repository()
    try shell.git(["init", "-q", "-b", "trunk"] + (isBare ? ["--bare"] : []) + ["other"])
    try shell.run("commit", "--repository", "other").expect(0, "Render a, b")
    let source = try shell.git("rev-parse", "HEAD")
    #expect(
      try shell.git("-C", "other", "log", "-1", "--format=%(trailers)", "trunk").hasPrefix(
        "Sailplan-Source: \(source)\n"))
    #expect(
      try shell.git("-C", "other", "rev-parse", "trunk:environments/a/rendered")
        == shell.git("rev-parse", "HEAD:environments/a/rendered"))
    #expect(try shell.git("-C", "other", "ls-tree", "-r", "--name-only", "trunk").contains("values.yaml") == false)
    if !isBare { #expect(try shell.git("-C", "other", "status", "--porcelain").isEmpty) }
    #expect(try shell.git("-C", "other", "fsck", "--strict").isEmpty)
    try shell.run("verify", "--repository", "other").expect(0)
    try shell.run("commit", "--repository", "other").expect(0, "nothing to commit")

    // What it is rendered from must be committed.
    try shell.write("environments/a/values.yaml", "replicas: 7\n")
    try shell.run("commit", "--repository", "other").expect(
      2, "environments/a/values.yaml has changes that are not committed")
    try shell.git("commit", "-qam", "Seven")
    try shell.run("verify", "--repository", "other", "--shard", "2/2").expect(0)
    try shell.run("verify", "--repository", "other", "--shard", "1/2", "--fix").expect(0, "replicas", "Render a")
    try shell.run("verify", "--repository", "other").expect(0)
  }

  @Test func branchesOfAnotherRepository() throws {
    let shell = try branches()
    try shell.git("add", ".")
    try shell.git("commit", "-qm", "Inputs")
    try shell.git("init", "-q", "--bare", "-b", "trunk", "other.git")
    try shell.run("commit", "--repository", "other.git").expect(0, "[rendered/a ", "[rendered/b ")
    #expect(try shell.git("-C", "other.git", "branch", "--format=%(refname:short)") == "rendered/a\nrendered/b")
    #expect(try shell.git("branch", "--format=%(refname:short)") == "main")
    try shell.run("verify", "--repository", "other.git").expect(0)
    try shell.run("verify").expect(1)
    #expect(try shell.git("status", "--porcelain") == "?? other.git/")
  }
}
