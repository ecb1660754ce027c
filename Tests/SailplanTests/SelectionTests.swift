import Files
import Glibc
import TestSupport
import Testing

/// Which environments commands are about.
@Suite struct SelectionTests {
  private let environment = "apiVersion: sailplan.dev/v1alpha1\nkind: Environment\n"

  /// Environments `a`, `b` (legacy), `prod/eu`, `prod/us` (tier prod), committed.
  private func fleet() throws -> Shell {
    let shell = try Shell.workspace()
    try shell.write("environments/prod/values.yaml", "replicas: 3\n")
    try shell.write("environments/prod/environment.yaml", ByteString(environment + "labels: {tier: prod}\n"))
    try shell.write("environments/prod/eu/values.yaml", "args: [eu]\n")
    try shell.write("environments/prod/us/values.yaml", "args: [us]\n")
    try shell.write("environments/prod/us/environment.yaml", ByteString(environment + "labels: {region: us}\n"))
    try shell.write("environments/b/environment.yaml", ByteString(environment + "labels: {legacy: \"\"}\n"))
    try shell.git("init", "-q", "-b", "main")
    try shell.run("commit").expect(0)
    return shell
  }

  private func list(_ shell: Shell, _ arguments: [String]) throws -> [String] {
    let result = try shell.command(["environment", "list"] + arguments).run()
    #expect(result.status == 0, "\(result.errorOutput)")
    return result.text.split(separator: "\n").map(String.init)
  }

  @Test func narrowsByNamesAndLabels() throws {
    let shell = try fleet()
    for (arguments, expected) in [
      ([], ["a", "b", "prod/eu", "prod/us"]), (["prod"], ["prod/eu", "prod/us"]), (["!prod"], ["a", "b"]),
      (["-l", "tier=prod"], ["prod/eu", "prod/us"]), (["-l", "!tier,!legacy"], ["a"]),
      (["-l", "tier", "-l", "region notin (us)"], ["prod/eu"]), (["prod/u*", "-l", "tier in (prod)"], ["prod/us"]),
    ] {
      #expect(try list(shell, arguments) == expected, "\(arguments)")
    }
  }

  @Test func everyCommandTakesThem() throws {
    let shell = try fleet()
    try shell.run("render", "prod/*").expect(0, "prod/eu: ", "prod/us: ")
    #expect(try !shell.run("render", "prod/*").output.text.contains("a: "))
    try shell.run("verify", "-l", "tier=prod").expect(0, "2 environments in HEAD: no drift")
    try shell.run("diff", "prod").expect(0)
    try shell.run("commit", "prod").expect(0, "nothing to commit")
    #expect(try shell.run("check", "-l", "legacy", "--format", "json").status == 0)
    // Several environments never share one directory, also where one name stands for them.
    try shell.run("render", "prod", "--output", "out").expect(0)
    #expect(shell.directory.exists("out/prod/eu/kustomization.yaml"))
    try shell.run("render", "prod/eu", "--output", "eu").expect(0)
    #expect(shell.directory.exists("eu/kustomization.yaml"))
  }

  @Test(arguments: ["render", "verify", "diff", "check", "commit"])
  func nothingSelectedIsNoFailure(command: String) throws {
    let shell = try fleet()
    let before = try shell.snapshot()
    let result = try shell.run(command, "-l", "tier=moon")
    #expect(result.status == 0)
    #expect(result.errorOutput.text == "no environment is selected: none has these labels\n")
    #expect(try shell.snapshot() == before)
  }

  @Test func theNumberOfJobsChangesNothing() throws {
    let shell = try fleet()
    let before = try shell.snapshot()
    let outputs = try ["1", "8", "100"].map { try shell.run("verify", "-j", $0, "--format", "json").output }
    #expect(Set(outputs).count == 1)
    for jobs in ["1", "8"] { try shell.run("render", "--jobs", jobs).expect(0, "prod/us: 3 objects, nothing changed") }
    #expect(try shell.snapshot() == before)
  }

  @Test func refusesWhatCannotBe() throws {
    let shell = try fleet()
    try shell.run("render", "prot/*").expect(2, "no environment is named by 'prot/*'", "did you mean 'prod/*'?")
    try shell.run("render", "-l", "tier in prod").expect(64, "character 9: 'prod' stands where '(' is expected")
    try shell.run("render", "x[").expect(64, "a '[' in it has no ']'")
    try shell.run("verify", "--changed-since", "nowhere").expect(2, "nowhere")
    try shell.run("verify", "--changed-since", "").expect(64)
    try shell.run("render", "-j", "0").expect(64, "--jobs must be 1 or more")
  }

  // MARK: --changed-since

  /// Each change, and the environments that are made of something else then.
  @Test(arguments: [
    ("nothing", []),
    ("echo 'replicas: 9' > environments/a/values.yaml", ["a"]),
    ("echo 'args: [x]' >> environments/prod/values.yaml", ["prod/eu", "prod/us"]),
    ("mkdir environments/prod/us/overlays; touch environments/prod/us/overlays/x.yaml", ["prod/us"]),
    ("mkdir environments/overlays; touch environments/overlays/x.yaml", ["a", "b", "prod/eu", "prod/us"]),
    ("rm environments/prod/values.yaml", ["prod/eu", "prod/us"]),
    ("git mv environments/a environments/c", ["c"]),
    ("git mv environments/prod environments/live", ["live/eu", "live/us"]),
    ("rm -r environments/b", []),
    ("echo '#! x' >> bundle/config/objects.yaml", ["a", "b", "prod/eu", "prod/us"]),
    ("echo x > bundle/README", []),
    ("echo '# x' >> sailplan.yaml", ["a", "b", "prod/eu", "prod/us"]),
    ("echo '# x' >> environments/prod/environment.yaml", ["prod/eu", "prod/us"]),
    ("chmod +x environments/a/values.yaml", []),
    ("sed -i 's/$/\\r/' environments/a/values.yaml", ["a"]),
    ("cp -r environments/a environments/new", ["new"]),
    ("rm environments/a/values.yaml; ln -s ../b/values.yaml environments/a/values.yaml", ["a"]),
    ("echo x > README", []),
  ])
  func findsWhatChanged(change: String, expected: [String]) throws {
    let shell = try fleet()
    if change != "nothing" {
      _ = try Command(["sh", "-c", change], in: shell.directory.path).run()
      try shell.git("add", "-A")
      try shell.git("commit", "-q", "--allow-empty", "-m", "Change")
    }
    // Line ends that git would change are no difference on disk.
    let onDisk = change.contains("\\r") ? [] : expected
    #expect(try list(shell, ["--changed-since", "HEAD"]) == [], "against itself")
    guard change != "nothing" else { return }
    #expect(try list(shell, ["--changed-since", "HEAD~1"]) == onDisk)
    let verified = try shell.run("verify", "--changed-since", "HEAD~1", "--format", "json", "--no-check")
    for name in ["a", "b", "c", "new", "prod/eu", "prod/us", "live/eu", "live/us"] {
      #expect(verified.output.text.contains("\"\(name)\"") == expected.contains(name), "\(name): \(verified.output)")
    }
  }

  @Test func followsLinksAndNamedFiles() throws {
    let shell = try fleet()
    try shell.write("shared/values.yaml", "replicas: 4\n")
    unlink(shell.directory.path("environments/a/values.yaml"))
    symlink("../../shared/values.yaml", shell.directory.path("environments/a/values.yaml"))
    try shell.write(
      "shared/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  values.yaml: 'replicas: 5'\n")
    try shell.write(
      "environments/b/environment.yaml", ByteString(environment + "valuesFrom: [{file: ../../shared/map.yaml}]\n"))
    try shell.run("commit").expect(0)
    try shell.git("add", "-A")
    try shell.git("commit", "-qm", "Rest", "--allow-empty")
    #expect(try list(shell, ["--changed-since", "HEAD"]) == [])
    try shell.edit("shared/values.yaml", "4", "5")
    #expect(try list(shell, ["--changed-since", "HEAD"]) == ["a"])
    try shell.edit("shared/map.yaml", "5", "6")
    #expect(try list(shell, ["--changed-since", "HEAD"]) == ["a", "b"])
    try shell.run("commit").expect(0)
    try shell.run("verify", "--changed-since", "HEAD~1").expect(0, "2 environments in HEAD: no drift")
  }

  /// What another sailplan rendered in the revision may be something else now; so may what nobody rendered.
  @Test func readsTheLocksOfTheRevision() throws {
    let shell = try fleet()
    try shell.edit("environments/a/sailplan.lock", "tool: ", "tool: 0.0.")
    try shell.edit("environments/b/sailplan.lock", "source: bundle", "source: embedded")
    unlink(shell.directory.path("environments/prod/eu/sailplan.lock"))
    try shell.write("environments/prod/us/sailplan.lock", "inputs:\n")
    try shell.git("commit", "-qam", "Locks")
    #expect(try list(shell, ["--changed-since", "HEAD"]) == ["a", "b", "prod/eu", "prod/us"])
  }

  /// An edit of what was rendered matters to those who compare, not to those who render.
  @Test func comparingCountsWhatWasRendered() throws {
    let shell = try fleet()
    try shell.edit("environments/a/rendered/apps_v1_deployment_velero.yaml", "replicas: 2", "replicas: 3")
    #expect(try list(shell, ["--changed-since", "HEAD"]) == [])
    try shell.run("verify", "--worktree", "--changed-since", "HEAD").expect(1, "1 of 1 environment drifted")
    try shell.git("commit", "-qam", "Edit")
    try shell.run("verify", "--changed-since", "HEAD~1").expect(1, "1 of 1 environment drifted")
    try shell.run("diff", "--changed-since", "HEAD~1").expect(1, "@@ spec.replicas @@")
  }

  @Test func aRevisionWithoutTheWorkspaceHasNothingOfIt() throws {
    let shell = try Shell.workspace()
    try shell.git("init", "-q", "-b", "main")
    try shell.git("commit", "-q", "--allow-empty", "-m", "Nothing yet")
    #expect(try list(shell, ["--changed-since", "HEAD"]) == ["a", "b"])
  }
}
