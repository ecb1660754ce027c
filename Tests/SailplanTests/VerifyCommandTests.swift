import Files
import Glibc
import TestSupport
import Testing

@Suite struct VerifyCommandTests {
  private let deployment = "environments/a/rendered/apps_v1_deployment_velero.yaml"

  @Test func aFreshCommitHasNoDrift() throws {
    let shell = try Shell.repository()
    try shell.run("verify").expect(0, "2 environments in HEAD: no drift")
    try shell.run("verify", "--worktree", "b").expect(0, "1 environment in the work tree: no drift")
    let diff = try shell.run("diff")
    diff.expect(0)
    #expect(diff.output.isEmpty)
  }

  /// One character of one committed file.
  @Test func namesObjectAndFieldOfAHandEdit() throws {
    let shell = try Shell.repository()
    try shell.edit(deployment, "replicas: 2", "replicas: 3")
    try shell.run("verify").expect(0)
    try shell.run("verify", "--worktree").expect(1, "on disk:   3")
    try shell.git("commit", "-qam", "Quick fix")
    let before = try shell.snapshot()
    let status = try shell.git("status", "--porcelain")
    try shell.run("verify").expect(
      1, "a: 1 file in HEAD differs", "Deployment velero/velero (apps/v1): changed",
      "edited by hand since the last render",
      "spec.replicas", "committed: 3", "rendered:  2", "1 of 2 environments drifted")
    try shell.run("verify", "b").expect(0)
    try shell.run("verify", "--revision", "HEAD~1").expect(0, "in HEAD~1: no drift")
    try shell.run("diff").expect(1, "@@ spec.replicas @@\n-3\n+2\n")
    #expect(try shell.snapshot() == before)
    #expect(try shell.git("status", "--porcelain") == status)
  }

  @Test func tellsWhyFromTheLock() throws {
    let shell = try Shell.repository()
    try shell.write("environments/a/values.yaml", "replicas: 4\n")
    try shell.git("commit", "-qam", "More")
    try shell.run("verify").expect(1, "why: inputs changed since the last render: environments/a/values.yaml")
    try shell.git("reset", "-q", "--hard", "HEAD~1")

    try shell.edit("bundle/config/objects.yaml", "image: #@ \"velero/velero:\"", "image: #@ \"mirror/velero:\"")
    try shell.git("commit", "-qam", "Mirror")
    try shell.run("verify").expect(1, "why: rendered from another bundle (bundle)", "containers[name=velero].image")
    try shell.git("reset", "-q", "--hard", "HEAD~1")

    try shell.edit("environments/a/sailplan.lock", "tool: ", "tool: 0.0.")
    try shell.edit("environments/a/values.yaml", "2", "5")
    try shell.git("commit", "-qam", "Older")
    try shell.run("verify", "a").expect(1, "and: rendered by another version of sailplan (0.0.")
    try shell.git("rm", "-q", "environments/a/sailplan.lock")
    try shell.git("commit", "-qm", "No lock")
    try shell.run("verify", "a").expect(1, "why: unknown: there is no lock that can be read")
  }

  /// Of many environments what is the same is told once, and so is why.
  @Test func tellsOfManyEnvironmentsWhatTheyHaveInCommon() throws {
    let shell = try Shell.repository()
    for name in ["c", "d", "e", "f"] { try shell.write("environments/\(name)/values.yaml", "{}\n") }
    try shell.run("commit").expect(0)
    try shell.write("environments/values.yaml", "args: [shared]\n")
    try shell.edit("environments/c/rendered/apps_v1_deployment_velero.yaml", "replicas: 1", "replicas: 9")
    try shell.git("add", "-A")
    try shell.git("commit", "-qm", "Edit")
    let drift = try shell.run("verify")
    drift.expect(
      1, "5 of 6 environments differ: - committed, + rendered\n",
      "Deployment velero/velero (apps/v1): a, c, d, e, f\n", "  spec.replicas: c\n    9 → 1\n",
      "Why\n  environments/values.yaml changed since the last render: a, c, d, e, f\n"
        + "  edited by hand since the last render: c\n",
      "5 of 6 environments drifted\n")
    #expect(drift.output.text.ranges(of: "shared").count == 1)
    // Those of one environment by itself.
    try shell.run("verify", "c", "d").expect(1, "c: 1 file in HEAD differs", "and: inputs changed")
  }

  @Test func findsMissingExtraAndMisplacedFiles() throws {
    let shell = try Shell.repository()
    let rendered = "environments/a/rendered"
    try shell.git("rm", "-q", "\(rendered)/v1_namespace_velero.yaml")
    try shell.write("\(rendered)/v1_configmap_x.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n")
    chmod(shell.directory.path("\(rendered)/kustomization.yaml"), 0o755)
    unlink(shell.directory.path(deployment))
    symlink("v1_configmap_x.yaml", shell.directory.path(deployment))
    try shell.git("add", "-A")
    try shell.git("commit", "-qm", "Break")
    for arguments in [["verify"], ["verify", "--worktree"]] {
      let result = try shell.command(arguments).run()
      result.expect(
        1, "Namespace velero (v1): missing", "why: removed by hand", "ConfigMap x (v1): not rendered",
        "why: not written by sailplan", "kustomization.yaml: the file is executable",
        "Deployment velero/velero (apps/v1): a symbolic link stands in its place")
    }
  }

  @Test func anotherSpellingIsDriftWithoutFields() throws {
    let shell = try Shell.repository()
    try shell.edit(deployment, "replicas: 2", "replicas: 2 # two")
    try shell.run("verify", "--worktree").expect(1, "the same object in another spelling")
    try shell.write(deployment, "{")
    try shell.run("verify", "--worktree").expect(1, "the file holds no object that can be read")
  }

  @Test func readsNoWorkTreeWhenAskedAboutARevision() throws {
    let shell = try Shell.repository()
    for name in ["sailplan.yaml", "environments", "bundle"] { try Disk.remove(shell.directory.path(name)) }
    try Disk.createDirectory(shell.directory.path("environments/a"))
    try shell.run("verify", in: "environments/a").expect(0, "2 environments in HEAD: no drift")
    try shell.run("verify", "--revision", "main").expect(0)
    try shell.run("verify", "--worktree").expect(2, "there is no sailplan.yaml")
    try shell.git("clone", "-q", "--bare", ".", "bare.git")
    try shell.run("verify", in: "bare.git").expect(0, "no drift")
  }

  @Test func findsAWorkspaceInASubdirectory() throws {
    let shell = try Shell()
    try shell.git("init", "-q", "-b", "main")
    let inner = try Shell.workspace()
    for (path, contents) in try inner.snapshot() { try shell.write("clusters/backup/\(path)", contents) }
    try shell.run("commit", in: "clusters/backup").expect(0)
    try shell.run("verify", in: "clusters/backup/environments").expect(0, "2 environments in HEAD: no drift")
    #expect(try shell.git("status", "--porcelain").isEmpty)
    try shell.run("verify").expect(2, "there is no sailplan.yaml in HEAD")
  }

  @Test func couldNotVerifyIs2() throws {
    let shell = try Shell.workspace()
    try shell.run("verify").expect(2, "is not in a git repository", "hint:")
    try shell.git("init", "-q", "-b", "main")
    try shell.run("verify").expect(2, "nothing is committed yet")
    try shell.run("commit").expect(0)
    try shell.run("verify", "--revision", "nope").expect(2, "git knows no revision 'nope'")
    try shell.run("verify", "c").expect(2, "there is no environment 'c'")
    try shell.write("environments/a/values.yaml", "replicaz: 2\n")
    try shell.git("commit", "-qam", "Misspell")
    try shell.run("verify").expect(2, "environments/a/values.yaml:1:1", "did you mean \"replicas\"?")
  }

  @Test func findsATreeWhoseEnvironmentIsGone() throws {
    let shell = try Shell.repository()
    try shell.git("rm", "-q", "environments/a/values.yaml")
    try shell.git("commit", "-qm", "Drop a")
    try shell.run("verify").expect(1, "a: 4 files in HEAD differ", "the environment has no values.yaml any more")
    try shell.run("verify", "b").expect(0)
  }

  @Test func coloursOnlyATerminal() throws {
    let shell = try Shell.repository()
    try shell.edit(deployment, "replicas: 2", "replicas: 3")
    #expect(try !shell.run("diff", "--worktree").text.contains("\u{1B}"))
    let line = "\(Product.sailplan) diff --worktree"
    for (variables, isColoured) in [("", true), ("NO_COLOR=1 ", false), ("TERM=dumb ", false)] {
      let script = "unset NO_COLOR; TERM=xterm \(variables)script -qec '\(line)' /dev/null"
      let result = try Command(["bash", "-c", script], in: shell.directory.path).run()
      #expect(result.text.contains("\u{1B}[31m-3") == isColoured, "\(variables)\(result.text)")
    }
  }
}
