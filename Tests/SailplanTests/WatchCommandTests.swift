import Files
import Glibc
import TestSupport
import Testing

/// `watch`, as a process that runs until it is told to end.
@Suite(.serialized) struct WatchCommandTests {
  private let deployment = "environments/a/rendered/apps_v1_deployment_velero.yaml"

  /// A watch that has begun: everything is rendered.
  private func begin(_ shell: Shell, _ arguments: [String] = []) throws -> Running {
    let running = try shell.command(["watch"] + arguments).start()
    try wait { shell.read("environments/b/sailplan.lock") != nil }
    return running
  }

  /// Waits until something is so; a minute is more than any machine needs.
  private func wait(_ condition: () throws -> Bool, location: SourceLocation = #_sourceLocation) throws {
    for _ in 0..<6_000 {
      if try condition() { return }
      usleep(10_000)
    }
    Issue.record("nothing happened", sourceLocation: location)
  }

  private func replicas(_ shell: Shell, _ count: Int) -> Bool {
    shell.read(deployment)?.contains("replicas: \(count)\n") ?? false
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func rendersWhatIsSavedUntilASignalComes(signal: Int32) throws {
    let shell = try Shell.workspace()
    let running = try begin(shell)
    try wait { replicas(shell, 2) }
    try shell.write("environments/a/values.yaml", "replicas: 3\n")
    try wait { replicas(shell, 3) }
    running.signal(signal)
    let result = running.wait()
    result.expect(
      0, "watching 2 environments; Ctrl-C ends it\n",
      "a: 1 file changed\n  Deployment velero/velero (apps/v1)\n    spec.replicas: 2 → 3\n")
    #expect(!result.output.text.contains("b: nothing changed"))
    #expect(result.errorOutput.isEmpty, "\(result.errorOutput)")
  }

  /// However a file gets there, and whatever it is that environments are made of.
  @Test(arguments: [
    // Editors that write beside the file and rename.
    "echo 'replicas: 7' > environments/a/.values.swp; mv environments/a/.values.swp environments/a/values.yaml",
    "mv environments/a/values.yaml environments/a/values.yaml~; echo 'replicas: 7' > environments/a/values.yaml",
    "rm environments/a/values.yaml; sleep 0.2; echo 'replicas: 7' > environments/a/values.yaml",
    "ln -s ../b/own.yaml environments/a/x; echo 'replicas: 7' > environments/b/own.yaml; "
      + "mv environments/a/x environments/a/values.yaml",
    "sed -i 's/replicas: 2/replicas: 7/' environments/a/values.yaml",
    // What is inherited.
    "echo 'replicas: 7' > environments/values.yaml; echo '{}' > environments/a/values.yaml",
    "sed -i 's/replicas: #@.*/replicas: 7/' bundle/config/objects.yaml",
    "mkdir environments/overlays; "
      + "printf '#@ load(\"@ytt:overlay\", \"overlay\")\\n#@overlay/match by=overlay.subset({\"kind\": \"Deployment\"})\\n"
      + "---\\nspec:\\n  replicas: 7\\n' > environments/overlays/seven.yaml",
    "mkdir -p environments/a/overlays/deep/deeper; cp more environments/a/overlays/deep/deeper/seven.yaml",
    "cp -r bundle other; sed -i 's/replicas: #@.*/replicas: 7/' other/config/objects.yaml; "
      + "sed -i 's/^bundle:.*/bundle: other/' sailplan.yaml",
    // Something that was wrong, and is mended.
    "echo 'replicas: [' > environments/a/values.yaml; sleep 0.5; echo 'replicas: 7' > environments/a/values.yaml",
    "mv sailplan.yaml x; sleep 0.5; mv x sailplan.yaml; echo 'replicas: 7' > environments/a/values.yaml",
    "mv environments other; sleep 0.5; mv other environments; echo 'replicas: 7' > environments/a/values.yaml",
  ])
  func noticesEveryWayToSave(change: String) throws {
    let shell = try Shell.workspace()
    try shell.write(
      "more",
      "#@ load(\"@ytt:overlay\", \"overlay\")\n#@overlay/match by=overlay.subset({\"kind\": \"Deployment\"})\n---\nspec:\n  replicas: 7\n"
    )
    let running = try begin(shell)
    try wait { replicas(shell, 2) }
    let result = try Command(["sh", "-ec", change], in: shell.directory.path).run()
    #expect(result.status == 0, "\(result.errorOutput)")
    try wait { replicas(shell, 7) }
    running.signal(SIGTERM)
    #expect(running.wait().status == 0)
  }

  @Test func noticesEnvironmentsThatComeAndGo() throws {
    let shell = try Shell.workspace()
    let running = try begin(shell)
    try shell.write("environments/prod/eu/values.yaml", "replicas: 5\n")
    try wait { shell.directory.exists("environments/prod/eu/sailplan.lock") }
    try shell.write("environments/prod/eu/values.yaml", "replicas: 6\n")
    try wait { shell.read("environments/prod/eu/rendered/apps_v1_deployment_velero.yaml")?.contains("6") ?? false }
    unlink(shell.directory.path("environments/b/values.yaml"))
    try shell.write("environments/a/values.yaml", "replicas: 7\n")
    try wait { replicas(shell, 7) }
    running.signal(SIGINT)
    running.wait().expect(
      0, "prod/eu: 4 files changed", "spec.replicas: 5 → 6",
      "b: is gone; what was rendered for it stays until it is removed")
  }

  @Test func followsFilesElsewhere() throws {
    let shell = try Shell.workspace()
    func map(_ count: Int) -> ByteString {
      ByteString("kind: ConfigMap\napiVersion: v1\nmetadata: {name: m}\ndata: {values.yaml: 'replicas: \(count)'}\n")
    }
    try shell.write("shared/map.yaml", map(5))
    try shell.write("environments/a/values.yaml", "{}\n")
    try shell.write(
      "environments/a/environment.yaml",
      "apiVersion: sailplan.dev/v1alpha1\nkind: Environment\nvaluesFrom: [{file: ../../shared/map.yaml}]\n")
    let running = try begin(shell)
    try wait { replicas(shell, 5) }
    try shell.write("shared/map.yaml", map(6))
    try wait { replicas(shell, 6) }
    running.signal(SIGINT)
    #expect(running.wait().status == 0)
  }

  /// Mistakes are told, nothing is written, and watching goes on; only what is selected is rendered.
  @Test func showsMistakesAndGoesOn() throws {
    let shell = try Shell.workspace()
    try shell.write("environments/c/values.yaml", "{}\n")
    let running = try begin(shell, ["a", "b"])
    try shell.write("environments/a/values.yaml", "replicas: lots\n")
    usleep(300_000)
    try shell.write("environments/c/values.yaml", "replicas: 3\n")
    usleep(300_000)
    #expect(replicas(shell, 2))
    try shell.write("environments/a/values.yaml", "replicas: 4\n")
    try wait { replicas(shell, 4) }
    running.signal(SIGINT)
    let result = running.wait()
    #expect(result.status == 0)
    #expect(result.errorOutput.text.contains("environments/a/values.yaml:1:11: error: expected integer"))
    #expect(!shell.directory.exists("environments/c/rendered"))
    let files = try shell.snapshot().keys.filter { $0.contains(".sailplan-") }
    #expect(files.isEmpty)
  }

  @Test func refusesWhatCannotBegin() throws {
    let shell = try Shell()
    try shell.run("watch").expect(2, "there is no sailplan.yaml")
    try shell.run("watch", "--changed-since", "HEAD").expect(64)
  }
}
