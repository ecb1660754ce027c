import Files
import Git
import Glibc
import TestSupport
import Testing

@Suite struct CommitTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  @Test func commitsOnABranch() throws {
    let snapshot = Snapshot.rendered("a: 1\n")
    try sandbox.write(snapshot)
    let before = try sandbox.git("rev-parse", "HEAD")
    guard case .committed(let id) = try sandbox.commit(snapshot) else {
      Issue.record("nothing was committed")
      return
    }
    #expect(try sandbox.git("diff-files", "--name-only") == "")
    try sandbox.expectClean()
    #expect(try sandbox.git("rev-parse", "main") == id.hex)
    #expect(try sandbox.git("rev-parse", "HEAD^") == before)
    #expect(
      try sandbox.git("log", "-1", "--format=%an %ae %cn %ce %s") == "Ada ada@example.com Cy cy@example.com Render prod"
    )
    #expect(
      try sandbox.git("show", "--format=", "--name-status", "HEAD").split(separator: "\n") == [
        "A\tclusters/prod/rendered/crds/backups.velero.io.yaml", "A\tclusters/prod/rendered/v1_service_velero.yaml",
        "A\tclusters/prod/sailplan.lock",
      ])
    #expect(try sandbox.git("show", "HEAD:clusters/prod/rendered/v1_service_velero.yaml") == "a: 1")
    #expect(try sandbox.git("reflog", "-1", "--format=%gs") == "commit: Render prod")
    #expect(try sandbox.git("reflog", "-1", "--format=%gn <%ge>", "main") == "Cy <cy@example.com>")
    // Git itself must be able to go on from there.
    try sandbox.write("more", to: "README.md")
    try sandbox.git("commit", "-qam", "By git")
    try sandbox.expectClean()
  }

  @Test func nothingToDoIsSaid() throws {
    let snapshot = Snapshot.rendered("a: 1\n")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    let head = try sandbox.git("rev-parse", "HEAD")
    let index = sandbox.directory.read("repo/.git/index")
    let outcome = try sandbox.commit(snapshot)
    #expect(outcome == .unchanged(ObjectID(hex: head)))
    #expect(try sandbox.git("rev-parse", "HEAD") == head)
    #expect(sandbox.directory.read("repo/.git/index") == index)
    try sandbox.expectClean()
  }

  @Test func replacesADirectoryWholly() throws {
    var snapshot = Snapshot.rendered("a: 1\n")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    let files = FileSet([FileSet.File(path: "other.yaml", contents: "b: 2\n")])
    snapshot = Snapshot([.directory("clusters/prod/rendered", files)], message: "Again")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    try sandbox.expectClean()
    #expect(
      try sandbox.git("ls-tree", "-r", "--name-only", "HEAD").split(separator: "\n") == [
        "README.md", "clusters/prod/rendered/other.yaml", "clusters/prod/sailplan.lock", "clusters/prod/values.yaml",
      ])
  }

  @Test func removesWhatIsNoLongerThere() throws {
    var snapshot = Snapshot.rendered("a: 1\n", in: "clusters/test")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    snapshot = Snapshot(
      [.directory("clusters/test/rendered", FileSet()), .file("clusters/test/sailplan.lock", nil)], message: "Remove")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    try sandbox.expectClean()
    #expect(try sandbox.git("ls-tree", "--name-only", "HEAD:clusters") == "prod")
  }

  @Test func leavesTheChangesOfOthers() throws {
    try sandbox.write("staged", to: "README.md")
    try sandbox.write("new", to: "notes.md")
    try sandbox.git("add", "README.md", "notes.md")
    try sandbox.write("dirty", to: "clusters/prod/values.yaml")
    try sandbox.write("unknown", to: "clusters/prod/untracked")
    let snapshot = Snapshot.rendered("a: 1\n")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    try sandbox.expectClean("M  README.md\n M clusters/prod/values.yaml\nA  notes.md\n?? clusters/prod/untracked")
    #expect(try sandbox.git("show", "HEAD:README.md") == "others")
    #expect(try sandbox.git("show", ":README.md") == "staged")
  }

  @Test func whatWasStagedOfOursYields() throws {
    let snapshot = Snapshot.rendered("a: 1\n")
    try sandbox.write(snapshot)
    try sandbox.write("stale", to: "clusters/prod/rendered/stale.yaml")
    try sandbox.write("stale", to: "clusters/prod/sailplan.lock")
    try sandbox.git("add", ".")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    try sandbox.expectClean()
  }

  @Test func aFileThatDiffersOnDiskIsReported() throws {
    let snapshot = Snapshot.rendered("a: 1\n")
    try sandbox.write(snapshot)
    try sandbox.write("b: 2\n", to: "clusters/prod/rendered/v1_service_velero.yaml")
    try sandbox.commit(snapshot)
    try sandbox.expectClean(" M clusters/prod/rendered/v1_service_velero.yaml")
  }

  /// A file changed in the instant of the index before, of the same size: only its bytes tell that it changed.
  @Test func changesOfTheSameInstantAreNotHidden() throws {
    try sandbox.git("config", "core.checkStat", "minimal")
    try sandbox.git("config", "core.trustctime", "false")
    let instant = ["touch", "-d", "@1700000000", "racy.txt", "clean.txt", ".git/index"]
    for name in ["racy.txt", "clean.txt"] { try sandbox.write("AAAA", to: name) }
    try sandbox.run(Array(instant.dropLast()), in: sandbox.path)
    try sandbox.git("add", "racy.txt", "clean.txt")
    try sandbox.git("commit", "-qm", "racy")
    try sandbox.write("BBBB", to: "racy.txt")
    try sandbox.run(instant, in: sandbox.path)
    let snapshot = Snapshot.rendered("a: 1\n")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    // Plumbing first: it compares what the index remembers, and so sees what is remembered wrongly.
    #expect(try sandbox.git("diff-files", "--name-only") == "racy.txt")
    try sandbox.expectClean(" M racy.txt")
  }

  @Test func repairsTheIndexOfAKilledRun() throws {
    let snapshot = Snapshot.rendered("a: 1\n")
    try sandbox.write(snapshot)
    let index = sandbox.directory.read("repo/.git/index") ?? .empty
    try sandbox.commit(snapshot)
    try sandbox.directory.write(index, to: "repo/.git/index")
    #expect(try sandbox.git("status", "--porcelain") != "")
    let outcome = try sandbox.commit(snapshot)
    #expect(outcome == .unchanged(ObjectID(hex: try sandbox.git("rev-parse", "HEAD"))))
    try sandbox.expectClean()
  }

  @Test func sourceDateEpochFixesTheCommit() throws {
    let snapshot = Snapshot.rendered("a: 1\n")
    let variables = sandbox.variables(["SOURCE_DATE_EPOCH": "1700000000", "GIT_AUTHOR_DATE": "5 +0100"])
    _ = try sandbox.open().commit(snapshot, variables: variables)
    #expect(try sandbox.git("log", "-1", "--format=%ad %cd", "--date=raw") == "1700000000 +0000 1700000000 +0000")
    let first = try sandbox.git("rev-parse", "HEAD")
    try sandbox.git("reset", "-q", "--hard", "HEAD^")
    _ = try sandbox.open().commit(snapshot, variables: variables)
    #expect(try sandbox.git("rev-parse", "HEAD") == first)
  }

  /// The whole commit object, bytes for bytes, is what git makes of the same facts.
  @Test func theObjectEqualsGits() throws {
    let dates = ["GIT_AUTHOR_DATE": "1700000000 -0330", "GIT_COMMITTER_DATE": "2024-05-06T07:08:09+02:00"]
    var snapshot = Snapshot.rendered("a: 1\n")
    snapshot.message = "Größe\n\nZweiter Absatz"
    try sandbox.write(snapshot)
    _ = try sandbox.open().commit(snapshot, variables: sandbox.variables(dates))
    let ours = try sandbox.git("cat-file", "-p", "HEAD")
    let arguments = ["git", "commit-tree", "HEAD^{tree}", "-p", "HEAD^", "-m", "Größe\n\nZweiter Absatz"]
    let made = try Command(arguments, in: sandbox.path, environment: sandbox.environment.merging(dates) { $1 }).run()
    #expect(try sandbox.git("cat-file", "-p", made.text) == ours)
    #expect(try sandbox.git("rev-parse", "HEAD") == made.text)
  }

  /// Few objects are written one by one, many as a pack: git must accept both, and find nothing written twice.
  @Test(arguments: [10, 200])
  func manyFiles(_ count: Int) throws {
    let files = (0..<count).map {
      FileSet.File(path: ByteString("d\($0 % 7)/\($0).yaml"), contents: ByteString("number: \($0)\n"))
    }
    var snapshot = Snapshot([.directory("clusters/prod/rendered", FileSet(files))], message: "Many")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    #expect(try sandbox.git("diff-files", "--name-only") == "")
    try sandbox.expectClean()
    #expect(try sandbox.git("ls-files", "clusters/prod/rendered").split(separator: "\n").count == count)
    snapshot = Snapshot([.file("clusters/prod/rendered/d0/0.yaml", "changed\n")], message: "One")
    try sandbox.write(snapshot)
    let before = try sandbox.git("count-objects", "-v").split(separator: "\n").first
    try sandbox.commit(snapshot)
    let after = try sandbox.git("count-objects", "-v").split(separator: "\n").first
    // A blob, five trees above it, a commit.
    let loose = [before, after].map { Int($0?.dropFirst("count: ".count) ?? "") ?? -1 }
    #expect(loose[1] - loose[0] == 7)
    try sandbox.expectClean()
  }

  @Test func identityFromConfiguration() throws {
    try sandbox.git("config", "user.name", " <Grace> \"Hopper\". ")
    try sandbox.git("config", "user.email", "grace@example.com")
    try sandbox.git("config", "committer.name", "Robot")
    let nobody = Sandbox.identity.mapValues { _ in "" }
    _ = try sandbox.open().commit(.rendered("a: 1\n"), variables: sandbox.variables(nobody))
    #expect(try sandbox.git("log", "-1", "--format=%an|%ae|%cn") == "Grace \"Hopper|grace@example.com|Robot")
    try sandbox.git("fsck", "--strict")
  }

  @Test func identityFromTheUsersFile() throws {
    try sandbox.directory.write("[user]\nname = Global\nemail = g@example.com\n", to: "gitconfig")
    let variables = Sandbox.identity.mapValues { _ in "" }
      .merging(["GIT_CONFIG_GLOBAL": sandbox.directory.path("gitconfig")]) { $1 }
    _ = try sandbox.open().commit(.rendered("a: 1\n"), variables: sandbox.variables(variables))
    #expect(try sandbox.git("log", "-1", "--format=%an %ae") == "Global g@example.com")
  }

  @Test(arguments: [
    ("1700000000", "1700000000 +0000"), ("@1700000000 -0730", "1700000000 -0730"),
    ("2023-11-14T22:13:20Z", "1700000000 +0000"), ("2023-11-14 23:43:20 +01:30", "1700000000 +0130"),
  ])
  func dates(_ text: String, _ expected: String) throws {
    let variables = sandbox.variables(["GIT_AUTHOR_DATE": text])
    _ = try sandbox.open().commit(.rendered("a: 1\n"), variables: variables)
    #expect(try sandbox.git("log", "-1", "--format=%ad", "--date=raw") == expected)
  }

  @Test(arguments: ["true", "false", "always"])
  func reflogsAsConfigured(_ value: String) throws {
    let bare = try Sandbox("--bare", unborn: true)
    try bare.git("config", "core.logAllRefUpdates", value)
    try bare.commit(.rendered("a: 1\n"))
    #expect(bare.directory.exists("repo/logs/refs/heads/main") == (value != "false"))
  }

  @Test func branchesWithSlashes() throws {
    try sandbox.git("checkout", "-qb", "team/a/b")
    try sandbox.git("pack-refs", "--all")
    let snapshot = Snapshot.rendered("a: 1\n")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    try sandbox.expectClean()
    #expect(try sandbox.git("rev-parse", "team/a/b^") == (try sandbox.git("rev-parse", "main")))
    // A branch cannot stand beside one whose name it continues, packed or not.
    try sandbox.git("pack-refs", "--all")
    try sandbox.run(["mkdir", "-p", ".git/refs/heads/team/a/b"], in: sandbox.path)
    try sandbox.commit(.rendered("a: 2\n"))
    for name in ["main/inner", "team"] {
      try sandbox.git("symbolic-ref", "HEAD", "refs/heads/\(name)")
      expectRefusal(.pathBlocked) { _ = try sandbox.commit(.rendered("a: 3\n")) }
    }
  }

  @Test func modes() throws {
    for executable in [true, false, true] {
      try sandbox.run(["rm", "-f", "clusters/run"], in: sandbox.path)
      let snapshot = Snapshot([.file("clusters/run", "#!/bin/sh\n", executable: executable)], message: "Mode")
      try sandbox.write(snapshot)
      try sandbox.commit(snapshot)
      try sandbox.expectClean()
      #expect(try sandbox.git("ls-tree", "HEAD", "clusters/run").hasPrefix(executable ? "100755" : "100644"))
    }
  }

  /// A full disk: nothing moves, nothing is left locked, and the repository is whole.
  @Test(.enabled(if: geteuid() == 0, "only root can mount a file system"))
  func fullDisk() throws {
    let mounted = sandbox.directory.path("small")
    try sandbox.run(["mkdir", mounted], in: "/")
    let mount = try Command(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", mounted]).run()
    // A container may refuse even root.
    guard mount.status == 0 else { return }
    defer { _ = try? Command(["umount", "-l", mounted]).run() }
    try sandbox.run(["git", "init", "-q", "-b", "main", "--template=", "\(mounted)/r"], in: "/")
    var committed = 0
    let error = expectRefusal(.system) {
      for round in 0..<200 {
        let files = (0..<20).map { number in
          let noise = (0..<500).map { _ in String(UInt64.random(in: 0 ... .max)) }.joined()
          return FileSet.File(path: ByteString("\(number)"), contents: ByteString(noise))
        }
        let snapshot = Snapshot([.directory("d", FileSet(files))], message: ByteString("Round \(round)"))
        _ = try Git.Repository.discover(at: "\(mounted)/r").commit(snapshot, variables: sandbox.variables())
        committed += 1
      }
    }
    #expect(error?.message.contains("No space left") == true)
    #expect(committed > 0)
    #expect(try sandbox.git("fsck", "--strict", "--no-dangling", in: "\(mounted)/r") == "")
    #expect(try sandbox.git("rev-list", "--count", "HEAD", in: "\(mounted)/r") == "\(committed)")
    #expect(try sandbox.run(["find", ".git", "-name", "*.lock"], in: "\(mounted)/r") == "")
  }
}
