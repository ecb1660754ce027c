import Files
import Glibc
import TestSupport
import Testing

/// `verify --fix`.
@Suite struct VerifyFixTests {
  private let deployment = "environments/a/rendered/apps_v1_deployment_velero.yaml"

  @Test func nothingToMendIsNothingDone() throws {
    let shell = try Shell.repository()
    let head = try shell.git("rev-parse", "HEAD")
    try shell.run("verify", "--fix").expect(0, "no drift")
    #expect(try shell.git("rev-parse", "HEAD") == head)
  }

  /// Whatever is committed that is not as rendered.
  @Test(arguments: [
    "sed -i 's/replicas: 2/replicas: 3/' environments/a/rendered/apps_v1_deployment_velero.yaml",
    "echo 'replicas: 5' > environments/a/values.yaml",
    "rm environments/a/rendered/v1_namespace_velero.yaml",
    "chmod +x environments/a/rendered/kustomization.yaml",
    "cd environments/a/rendered; rm v1_namespace_velero.yaml; ln -s kustomization.yaml v1_namespace_velero.yaml",
    "echo '#! x' >> bundle/config/objects.yaml; sed -i 's/velero:\"/v:\"/' bundle/config/objects.yaml",
    "git rm -qr environments/b/rendered environments/b/sailplan.lock",
  ])
  func mendsWhatIsCommitted(change: String) throws {
    let shell = try Shell.repository()
    try drift(shell, change)
    try shell.run("verify").expect(1)
    try shell.run("verify", "--fix").expect(0, "drifted", "] Render ")
    try shell.run("verify").expect(0, "no drift")
    #expect(try shell.git("status", "--porcelain") == "")
    #expect(try shell.git("rev-list", "--count", "HEAD") == "3")
  }

  @Test func writesTheWorkTreeOnly() throws {
    let shell = try Shell.repository()
    let head = try shell.git("rev-parse", "HEAD")
    try shell.edit(deployment, "replicas: 2", "replicas: 3")
    try shell.run("verify", "--fix", "--worktree").expect(0, "a: 3 objects; files: 1 changed")
    #expect(try shell.git("status", "--porcelain") == "")
    #expect(try shell.git("rev-parse", "HEAD") == head)
  }

  @Test func leavesWhatIsNotOurs() throws {
    let shell = try Shell.repository()
    try drift(
      shell,
      "sed -i 's/replicas: 2/replicas: 3/' \(deployment); echo 'kind: X' > environments/a/rendered/mine.yaml; "
        + "git rm -q environments/b/values.yaml")
    try shell.run("verify", "--fix").expect(
      1, "Render a", "left as it is: environments/a/rendered/mine.yaml (not written by sailplan)",
      "left as it is: environments/b/rendered/kustomization.yaml (the environment has no values.yaml any more)")
    #expect(shell.directory.exists("environments/a/rendered/mine.yaml"))
    #expect(try shell.git("show", "HEAD:environments/a/rendered/mine.yaml") == "kind: X")
    #expect(try shell.git("show", "HEAD:\(deployment)").contains("replicas: 2"))
    // Now nothing is left that could be mended.
    let head = try shell.git("rev-parse", "HEAD")
    try shell.run("verify", "--fix").expect(1, "left as it is: environments/a/rendered/mine.yaml")
    #expect(try shell.git("rev-parse", "HEAD") == head)
  }

  /// Edits that nobody committed are neither lost nor committed by the way.
  @Test(arguments: [
    ("echo '# x' >> environments/a/values.yaml", "what a is rendered from is not as it is committed"),
    (
      "touch environments/a/overlays.yaml; mkdir environments/overlays; touch environments/overlays/x.yaml",
      "what a is rendered from is not as it is committed"
    ),
    ("echo '#! x' >> bundle/config/objects.yaml", "what a is rendered from is not as it is committed"),
    (
      "echo '# x' >> environments/a/rendered/v1_namespace_velero.yaml",
      "environments/a/rendered/v1_namespace_velero.yaml has edits that are not committed"
    ),
    (
      "echo '# x' >> environments/a/rendered/apps_v1_deployment_velero.yaml",
      "environments/a/rendered/apps_v1_deployment_velero.yaml has edits that are not committed"
    ),
    ("rm environments/a/rendered/kustomization.yaml", "kustomization.yaml has edits that are not committed"),
  ])
  func refusesWhereEditsAreInTheWay(edit: String, message: String) throws {
    let shell = try Shell.repository()
    try drift(shell, "sed -i 's/replicas: 2/replicas: 3/' \(deployment)")
    _ = try Command(["sh", "-ec", edit], in: shell.directory.path).run()
    let (before, head) = (try shell.snapshot(), try shell.git("rev-parse", "HEAD"))
    let result = try shell.run("verify", "--fix")
    #expect(result.status == 2)
    #expect(result.errorOutput.text.contains(message), "\(result.errorOutput)")
    #expect(try shell.snapshot() == before)
    #expect(try shell.git("rev-parse", "HEAD") == head)
  }

  /// What was rendered already is what would be written; edits elsewhere are in nobody's way.
  @Test func otherEditsAreNotInTheWay() throws {
    let shell = try Shell.repository()
    try drift(shell, "sed -i 's/replicas: 2/replicas: 3/' \(deployment)")
    try shell.run("render", "a").expect(0, "1 changed")
    try shell.write("environments/b/values.yaml", "args: [other]\n")
    try shell.write("README", "x\n")
    try shell.run("verify", "--fix").expect(0, "Render a")
    #expect(try shell.git("status", "--porcelain") == " M environments/b/values.yaml\n?? README")
    try shell.run("verify").expect(0, "no drift")
  }

  @Test func refusesWhatMakesNoSense() throws {
    let shell = try Shell.repository()
    try shell.run("verify", "--fix", "--revision", "HEAD~1").expect(64, "--fix and --revision exclude each other")
    try shell.run("verify", "--fix", "--format", "json").expect(64, "--fix tells what it does as text only")
  }

  private func drift(_ shell: Shell, _ change: String) throws {
    let result = try Command(["sh", "-ec", change], in: shell.directory.path).run()
    try #require(result.status == 0, "\(result.errorOutput)")
    try shell.git("add", "-A")
    try shell.git("commit", "-qm", "Drift")
  }
}
