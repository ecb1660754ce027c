import Files
import Glibc
import TestSupport
import Testing

/// What issue of input each command has to refuse: with words, the right exit status, and nothing changed.
@Suite struct BadInputTests {
  /// A workspace that was rendered once; the change is refused and the tree stays.
  private func refuse(_ words: String..., status: Int32 = 2, change: (Shell) throws -> Void) throws {
    let shell = try Shell.workspace()
    try shell.run("render").expect(0)
    try change(shell)
    let before = try shell.snapshot()
    for arguments in [["render"], ["render", "--stdout"], ["verify", "--worktree"]] {
      let result = try shell.command(arguments).run()
      result.expect(status)
      for word in words { #expect(result.errorOutput.text.contains(word), "\(arguments): \(result.errorOutput)") }
    }
    #expect(try shell.snapshot() == before)
  }

  private let values = "environments/a/values.yaml"

  @Test(arguments: [
    ("replicas: [1", "environments/a/values.yaml:1:"), ("a: b: c", "environments/a/values.yaml:1:"),
    ("args:\n\t- one\n", "tab"), ("replicas: 1\nreplicas: 2\n", "the key 'replicas' stands twice"),
    ("", "environments/a/values.yaml is empty"), ("# only a comment\n", "environments/a/values.yaml is empty"),
    ("replicas: many\n", "environments/a/values.yaml:1:11"), ("replicaz: 1\n", "did you mean \"replicas\"?"),
    ("- a\n", "expected map"), ("just text", "environments/a/values.yaml:1:"),
    ("a: &a [*a]", "environments/a/values.yaml:1:"), ("a: *b", "environments/a/values.yaml:1:"),
  ])
  func refusesValuesThatAreNotRight(text: String, words: String) throws {
    try refuse(words) { try $0.write(values, ByteString(text)) }
  }

  @Test func tellsAllErrorsOfAllEnvironmentsAtOnce() throws {
    try refuse(":1:1", ":2:7", "environments/b/values.yaml:1:11", "1 | replicaz: 1", "^^^^") { shell in
      try shell.write(values, "replicaz: 1\nargs: 2\n")
      try shell.write("environments/b/values.yaml", "replicas: x\n")
    }
  }

  /// With the bundle that the program carries.
  @Test func placesWhatIsMissingAndWhatDoesNotGoTogether() throws {
    let shell = try Shell()
    try shell.run("init", "--provider", "aws", "--name", "a").expect(0)
    try shell.write(values, "provider: aws\nbackupStorage:\n  prefix: x\n")
    try shell.run("render").expect(
      2, "environments/a/values.yaml:2:1: error: value 'backupStorage.bucket' must be",
      "environments/a/values.yaml:2:1: error: value 'backupStorage.region' must be",
      "hint: write backupStorage.bucket into environments/a/values.yaml")
    try shell.write(values, "provider: kind\nbackupStorage: {bucket: b, url: http://s}\nvolumes: {snapshots: true}\n")
    try shell.run("render").expect(2, "environments/a/values.yaml:3:", "not applicable")
    #expect(!shell.directory.exists("environments/a/rendered"))
  }

  @Test func refusesWhatIsNotUTF8() throws {
    try refuse("environments/a/values.yaml:2:", "UTF-8") {
      try $0.write(values, ByteString([UInt8]("a: 1\nb: ".utf8) + [0xFF, 0xFE, 0x0A]))
    }
    try refuse("environments/a/values.yaml") { try $0.write(values, ByteString([0, 1, 2])) }
  }

  @Test func refusesADirectory() throws {
    try refuse("cannot read", "environments/a/values.yaml: it is a directory") { shell in
      try Disk.remove(shell.directory.path(values))
      try Disk.createDirectory(shell.directory.path(values))
    }
  }

  @Test func refusesAHundredMegabytes() throws {
    try refuse("it is too large (104857600 bytes") { shell in
      try shell.write(values, "")
      #expect(truncate(shell.directory.path(values), 100 << 20) == 0)
    }
  }

  @Test func refusesDeepNesting() throws {
    try refuse("environments/a/values.yaml:1:") {
      try $0.write(values, ByteString(String(repeating: "[", count: 100_000)))
    }
  }

  @Test func refusesAliasesThatMultiply() throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...12 {
      text += "a\(level): &a\(level) [\((0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", "))]\n"
    }
    try refuse("environments/a/values.yaml:") { try $0.write(values, ByteString(text)) }
  }

  @Test(arguments: [
    ("../../../etc/passwd", "leads out of the workspace"), ("values.yaml", "circle"), ("none", "there is no such file"),
  ])
  func refusesLinks(target: String, words: String) throws {
    try refuse(words) { shell in
      try Disk.remove(shell.directory.path(values))
      symlink(target, shell.directory.path(values))
    }
  }

  @Test func refusesLinkedDirectoriesInACircle() throws {
    try refuse("circle of symbolic links") { shell in
      try Disk.createDirectory(shell.directory.path("environments/a/overlays"))
      symlink("..", shell.directory.path("environments/a/overlays/up"))
    }
    try refuse("circle of symbolic links") { symlink("loop", $0.directory.path("environments/loop")) }
    try refuse("leads out of the workspace") { symlink("/tmp", $0.directory.path("environments/away")) }
  }

  @Test func refusesToWriteThroughALink() throws {
    let shell = try Shell.workspace()
    try Disk.createDirectory(shell.directory.path("elsewhere"))
    symlink("../../elsewhere", shell.directory.path("environments/a/rendered"))
    try shell.run("render", "a").expect(2, "it is a symbolic link")
    #expect(try shell.snapshot("elsewhere").isEmpty)
  }

  @Test(arguments: ["..", "../a", "a/../b", "/a", "a//b", ".git", ".GIT", "git~1", ".git.", "-a"])
  func refusesNamesThatLeadElsewhere(name: String) throws {
    let shell = try Shell.workspace()
    let before = try shell.snapshot()
    try shell.command(["render", "--", name]).run().expect(64)
    try shell.command(["verify", "--worktree", "--", name]).run().expect(64)
    #expect(try shell.snapshot() == before)
  }

  @Test func refusesAnUnknownEnvironment() throws {
    let shell = try Shell.workspace()
    try shell.run("render", "c").expect(2, "there is no environment 'c'")
  }

  /// Needs to become somebody else, for root may read everything.
  @Test(.enabled(if: getuid() == 0)) func refusesAnUnreadableFile() throws {
    let shell = try Shell.workspace()
    chmod(shell.directory.path, 0o755)
    chmod(shell.directory.path(values), 0)
    let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", Product.sailplan]
    let result = try Command(nobody + ["render", "--stdout"], in: shell.directory.path).run()
    try #require(result.status != 127)
    result.expect(2, "environments/a/values.yaml: permission denied")
    chmod(shell.directory.path(values), 0o644)
    let before = try shell.snapshot()
    try Command(nobody + ["render"], in: shell.directory.path).run().expect(2, "permission denied")
    #expect(try shell.snapshot() == before)
  }

  /// Needs the right to mount.
  @Test(.enabled(if: getuid() == 0)) func aFullDiskLosesNothing() throws {
    let shell = try Shell.workspace()
    let place = shell.directory.path("environments")
    guard mount("tmpfs", place, "tmpfs", 0, "size=128k") == 0 else { return }
    defer { umount2(place, Int32(MNT_DETACH)) }
    try shell.write(values, "replicas: 2\n")
    try shell.run("render").expect(0)
    try shell.write(values, "replicas: 3\n")
    let before = try shell.snapshot()
    var fill = 128 << 10
    while fill > 0 {
      let made = (try? shell.write("environments/fill\(fill)", ByteString([UInt8](repeating: 0, count: fill)))) != nil
      if !made { fill /= 2 }
    }
    try shell.run("render").expect(2, "no space left on the device")
    let after = try shell.snapshot().filter { !$0.key.contains("fill") }
    #expect(after == before)
    for name in try Disk.entries(place) where name.name.hasPrefix("fill") { try Disk.remove("\(place)/\(name.name)") }
    try shell.run("render").expect(0, "1 changed")
  }

  /// Also where there is nothing to write.
  @Test func whatAKilledRenderLeftIsClearedAway() throws {
    let shell = try Shell.workspace()
    try shell.run("render", "a").expect(0)
    for name in [".sailplan.lock.sailplan-new", ".rendered.sailplan-new/x", ".rendered.sailplan-old/x"] {
      try shell.write("environments/a/\(name)", "left")
    }
    try shell.run("render", "a").expect(0, "nothing changed")
    let left = try Disk.entries(shell.directory.path("environments/a")).map(\.name)
    #expect(left == ["rendered", "sailplan.lock", "values.yaml"])
  }

  @Test func aKilledRenderLeavesTheOldTreeOrTheNew() throws {
    let shell = try Shell.workspace()
    let place = "environments/a/rendered"
    var trees: [[String: ByteString]] = []
    let texts: [ByteString] = ["replicas: 8\nnames: [x]\n", "replicas: 9\nargs: [one]\n"]
    for text in texts {
      try shell.write(values, text)
      try shell.run("render", "a").expect(0)
      trees.append(try shell.snapshot(place))
    }
    for round in 0..<60 {
      try shell.write(values, texts[round % 2])
      let running = try shell.command(["render", "a"]).start()
      usleep(UInt32(round) * 400)
      running.signal(SIGKILL)
      _ = running.wait()
      #expect(trees.contains(try shell.snapshot(place)), "round \(round)")
    }
    try shell.run("render", "a").expect(0)
    #expect(try shell.snapshot(place) == trees[1])
    let left = try Disk.entries(shell.directory.path("environments/a")).map(\.name)
    #expect(left == ["rendered", "sailplan.lock", "values.yaml"])
  }
}
