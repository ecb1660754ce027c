import Files
import Glibc
import TestSupport
import Testing

@Suite struct RenderCommandTests {
  private let deployment = "environments/a/rendered/apps_v1_deployment_velero.yaml"

  @Test func writesTheTreeAndTheLock() throws {
    let shell = try Shell.workspace()
    try shell.run("render").expect(0, "a: 3 objects; files: 4 added", "b: 3 objects; files: 4 added")
    let files = try shell.snapshot("environments/a")
    #expect(
      files.keys.sorted() == [
        "rendered/apps_v1_deployment_velero.yaml",
        "rendered/crds/apiextensions.k8s.io_v1_customresourcedefinition_backups.example.com.yaml",
        "rendered/kustomization.yaml", "rendered/v1_namespace_velero.yaml", "sailplan.lock", "values.yaml",
      ])
    #expect(shell.read(deployment)?.contains("replicas: 2\n") == true)
    try shell.run("render").expect(0, "a: 3 objects, nothing changed")
    #expect(try shell.snapshot("environments/a") == files)
  }

  @Test func rendersWhatIsNamedAndFindsTheWorkspaceFromBelow() throws {
    let shell = try Shell.workspace()
    try shell.run("render", "b", in: "environments/a").expect(0, "b: 3 objects")
    #expect(!shell.directory.exists("environments/a/rendered"))
    try shell.run("render", "-C", shell.directory.path, "a", in: "bundle").expect(0, "a: 3 objects")
    try shell.run("render", in: "../").expect(2, "there is no sailplan.yaml in this directory or above it")
  }

  @Test func removesWhatItWroteAndKeepsTheRest() throws {
    let shell = try Shell.workspace()
    try shell.write("environments/a/values.yaml", "names: [one, two]\n")
    try shell.run("render", "a").expect(0)
    try shell.write("environments/a/rendered/NOTES", "mine")
    try shell.write("environments/a/values.yaml", "names: [two]\n")
    let before = try shell.snapshot()
    try shell.run("render", "--dry-run", "a").expect(
      0, "would be 1 changed, 1 removed", "removed v1_configmap_one.yaml", "changed kustomization.yaml")
    #expect(try shell.snapshot() == before)
    try shell.run("render", "a").expect(0, "1 changed, 1 removed")
    #expect(!shell.directory.exists("environments/a/rendered/v1_configmap_one.yaml"))
    #expect(shell.directory.exists("environments/a/rendered/v1_configmap_two.yaml"))
    #expect(shell.read("environments/a/rendered/NOTES") == "mine")
  }

  @Test func doesNotOverwriteWhatOthersWrote() throws {
    let shell = try Shell.workspace()
    try shell.write(deployment, "mine")
    let before = try shell.snapshot()
    try shell.run("render").expect(2, "apps_v1_deployment_velero.yaml is in the way: it was not written by sailplan")
    #expect(try shell.snapshot() == before)
  }

  @Test func writesElsewhere() throws {
    let shell = try Shell.workspace()
    try shell.run("render", "a", "--output", "out/a").expect(0)
    #expect(shell.directory.exists("out/a/kustomization.yaml"))
    try shell.write("out/a/mine", "mine")
    try shell.run("render", "-o", "out").expect(0, "a: 3 objects, nothing changed")
    #expect(shell.directory.exists("out/b/v1_namespace_velero.yaml"))
    #expect(shell.read("out/a/mine") == "mine")
    #expect(!shell.directory.exists("environments/a/rendered"))
    #expect(!shell.directory.exists("out/sailplan.lock"))
  }

  @Test func printsOneStreamInApplyOrder() throws {
    let shell = try Shell.workspace()
    let result = try shell.run("render", "a", "--stdout")
    result.expect(0)
    let kinds = result.text.split(separator: "\n").filter { $0.hasPrefix("kind: ") }
    #expect(kinds == ["kind: CustomResourceDefinition", "kind: Namespace", "kind: Deployment"])
    #expect(result.text.components("---\n") == 3)
    #expect(!shell.directory.exists("environments/a/rendered"))
  }

  @Test func inheritsValuesAndOverlays() throws {
    let shell = try Shell.workspace()
    try shell.write("environments/values.yaml", "replicas: 7\nargs: [shared]\n")
    try shell.write(
      "environments/overlays/label.yaml",
      """
      #@ load("@ytt:overlay", "overlay")
      #@overlay/match by=overlay.all, expects="1+"
      ---
      metadata:
        #@overlay/match missing_ok=True
        labels:
          #@overlay/match missing_ok=True
          team: storage

      """)
    try shell.run("render").expect(0)
    #expect(shell.read(deployment)?.contains("replicas: 2\n") == true)
    #expect(shell.read(deployment)?.contains("- shared\n") == true)
    #expect(shell.read("environments/b/rendered/apps_v1_deployment_velero.yaml")?.contains("replicas: 7\n") == true)
    #expect(shell.read("environments/b/rendered/v1_namespace_velero.yaml")?.contains("team: storage\n") == true)
  }

  @Test func theSameInputsGiveTheSameBytes() throws {
    let one = try Shell.workspace()
    let two = try Shell.workspace()
    try one.run("render").expect(0)
    try two.run("render", "b").expect(0)
    try two.run("render", "a", "b").expect(0)
    #expect(try one.snapshot() == two.snapshot())
  }

  @Test func endsQuietlyWhenNobodyReads() throws {
    let shell = try Shell.workspace()
    let script = "\(Product.sailplan) render --stdout | true; echo ${PIPESTATUS[0]}"
    let result = try Command(["bash", "-c", script], in: shell.directory.path).run()
    #expect(result.errorOutput.isEmpty)
    #expect(["0", "141"].contains(result.text))
  }

  @Test(arguments: [
    ["render", "--stdout", "--dry-run"], ["render", "--bogus"], ["bogus"], ["render", "a/../b"],
    ["render", "--output", ""],
    ["verify", "--worktree", "--revision", "HEAD"], ["environment", "add", "x"], ["init", "--name", "x"],
    ["environment", "add", "x", "--provider", "gpc"],
  ])
  func wrongUsageIs64(arguments: [String]) throws {
    let shell = try Shell.workspace()
    let before = try shell.snapshot()
    let result = try shell.command(arguments).run()
    result.expect(64)
    #expect(!result.errorOutput.isEmpty)
    #expect(try shell.snapshot() == before)
  }
}

extension String {
  /// Into how many pieces `separator` cuts it.
  func components(_ separator: String) -> Int { ranges(of: separator).count + 1 }

  /// What is known to be unchanged is passed over, and said as if it had been rendered.
  @Test func theRecordChangesNothingThatIsSeen() throws {
    let shell = try Shell.workspace()
    try shell.git("init", "-q")
    try shell.run("render").expect(0, "a: 3 objects; files: 4 added")
    for _ in 0..<3 {
      let known = try shell.run("render")
      known.expect(0, "a: 3 objects, nothing changed\nb: 3 objects, nothing changed\n")
      #expect(try shell.run("render", "--no-cache").output == known.output)
      #expect(try shell.run("render", "--dry-run").output.text.contains("b: 3 objects, nothing would change"))
    }
    try shell.edit("environments/a/rendered/apps_v1_deployment_velero.yaml", "replicas: 2", "replicas: 3")
    try shell.write("environments/b/values.yaml", "args: [x]\n")
    try shell.run("render", "--dry-run").expect(0, "  changed apps_v1_deployment_velero.yaml")
    try shell.run("render").expect(0, "a: 3 objects; files: 1 changed\nb: 3 objects; files: 1 changed\n")
    try shell.run("render", "--no-cache").expect(0, "a: 3 objects, nothing changed\nb: 3 objects, nothing changed\n")
    try shell.write("environments/b/values.yaml", "args: 1\n")
    try shell.run("render").expect(2, "environments/b/values.yaml:1")
    #expect(try shell.git("status", "--porcelain", "--ignored").contains("sailplan/") == false)
  }
}
