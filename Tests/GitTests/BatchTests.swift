import Files
import Git
import Synchronization
import TestSupport
import Testing

@Suite struct BatchTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  /// Files of a directory: one of its own, one that all directories share.
  private static func files(_ number: Int) -> FileSet {
    FileSet([
      FileSet.File(path: "crds/backups.yaml", contents: "kind: CustomResourceDefinition\n"),
      FileSet.File(path: "service.yaml", contents: ByteString("number: \(number)\n")),
    ])
  }

  private static func changes(_ number: Int) -> [Snapshot.Change] {
    files(number).files.map { .file($0.path, $0.contents) }
  }

  /// Trees that were named on several threads give the commit that one thread makes of their files.
  @Test func namedOnSeveralThreads() async throws {
    let numbers = 0..<40
    let batch = try ObjectBatch(for: sandbox.open())
    let trees = try await withThrowingTaskGroup(of: (Int, NamedTree).self) { group in
      for number in numbers { group.addTask { (number, try batch.tree(Self.changes(number), on: nil)) } }
      var trees: [Int: NamedTree] = [:]
      for try await (number, tree) in group { trees[number] = tree }
      return trees
    }
    let named = numbers.map { Snapshot.Change.tree(ByteString("clusters/\($0)/rendered"), trees[$0] ?? .empty) }
    let plain = numbers.map { Snapshot.Change.directory(ByteString("clusters/\($0)/rendered"), Self.files($0)) }
    try sandbox.write(Snapshot(plain, message: "Same"))
    let dates = sandbox.variables(["SOURCE_DATE_EPOCH": "1700000000"])
    let progress = Mutex<[[Int]]>([])
    let outcome = try sandbox.open().commit(
      Snapshot(named, message: "Same"), batch: batch, variables: dates,
      progress: { done, total in progress.withLock { $0.append([done, total]) } })
    try sandbox.expectClean()
    // 41 files, 83 trees, a commit, in one pack.
    #expect(progress.withLock { $0.last } == [124, 125])
    #expect(try sandbox.git("count-objects", "-v").contains("in-pack: 125\npacks: 1\n"))
    try sandbox.git("reset", "-q", "--hard", "HEAD^")
    #expect(try sandbox.open().commit(Snapshot(plain, message: "Same"), variables: dates) == outcome)
  }

  /// What others keep in a named directory stays, in the tree and in the index; what we remove goes from both.
  @Test func filesOfOthersStay() throws {
    try sandbox.write(Snapshot([.directory("clusters/prod/rendered", Self.files(1))], message: "By hand"))
    try sandbox.write("theirs", to: "clusters/prod/rendered/NOTES")
    try sandbox.git("add", ".")
    try sandbox.git("commit", "-qm", "By hand")
    let repository = try sandbox.open()
    let batch = try ObjectBatch(for: repository)
    let base = try repository.entry(at: "clusters/prod/rendered", in: try repository.revision("HEAD").tree)
    let tree = try batch.tree([.file("service.yaml", nil), .file("pod.yaml", "a: 1\n")], on: base?.id)
    try sandbox.run(["rm", "clusters/prod/rendered/service.yaml"], in: sandbox.path)
    try sandbox.write("a: 1\n", to: "clusters/prod/rendered/pod.yaml")
    let lock = try batch.add(blob: "lock")
    try sandbox.write("lock", to: "clusters/prod/lock")
    _ = try repository.commit(
      Snapshot([.tree("clusters/prod/rendered", tree), .blob("clusters/prod/lock", lock)], message: "Ours"),
      batch: batch, variables: sandbox.variables())
    try sandbox.expectClean()
    #expect(
      try sandbox.git("ls-files", "clusters/prod").split(separator: "\n") == [
        "clusters/prod/lock", "clusters/prod/rendered/NOTES", "clusters/prod/rendered/crds/backups.yaml",
        "clusters/prod/rendered/pod.yaml", "clusters/prod/values.yaml",
      ])
  }

  /// The index takes what the caller knows of files just written, without reading them; a file that was changed since
  /// is found changed, though it has as many bytes as before.
  @Test(arguments: ["a: 1\n", "a: 2\n", "a: 12\n", nil]) func filesJustWrittenAreNotRead(later: String?) throws {
    let batch = try ObjectBatch(for: sandbox.open())
    let tree = try batch.tree([.file("pod.yaml", "a: 1\n")], on: nil)
    try sandbox.run(["mkdir", "-p", "clusters/new/rendered"], in: sandbox.path)
    let file = "\(sandbox.path)/clusters/new/rendered/pod.yaml"
    let status = try Disk.create(file, "a: 1\n")
    // Later than the clock that files take their times from can tell apart.
    try sandbox.run(["sleep", "0.02"], in: sandbox.path)
    if let later {
      try sandbox.write(ByteString(later), to: "clusters/new/rendered/pod.yaml")
    } else {
      try Disk.remove(file)
    }
    _ = try sandbox.open().commit(
      Snapshot([.tree("clusters/new/rendered", tree, written: ["pod.yaml": status])], message: "Ours"),
      batch: batch, variables: sandbox.variables())
    let state =
      later == "a: 1\n" ? "" : later == nil ? " D clusters/new/rendered/pod.yaml" : " M clusters/new/rendered/pod.yaml"
    try sandbox.expectClean(state)
    #expect(try sandbox.git("ls-files", "--debug", "clusters/new").contains("ino: \(status.inode)"))
  }

  /// What the repository has is not written again, and no `git gc` that runs meanwhile takes it away.
  @Test func whatIsThereIsKeptSafe() throws {
    let blob = try sandbox.run(["sh", "-c", "printf unreachable | git hash-object -w --stdin"], in: sandbox.path)
    let file = ".git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
    try sandbox.run(["touch", "-d", "@1000000000", file], in: sandbox.path)
    let batch = try ObjectBatch(for: sandbox.open())
    #expect(try batch.add(blob: "unreachable").hex == blob)
    try sandbox.git("prune", "--expire=2.weeks.ago")
    #expect(sandbox.directory.exists("repo/\(file)"))
  }

  /// What a killed run left of a pack goes, what another process is writing does not.
  @Test func unfinishedPacks() throws {
    let files = FileSet((0..<20).map { FileSet.File(path: ByteString("\($0)"), contents: ByteString("\($0)\n")) })
    for name in ["old", "new"] { try sandbox.write("PACK", to: ".git/objects/pack/pack_git2_\(name)") }
    try sandbox.run(["touch", "-d", "1 hour ago", ".git/objects/pack/pack_git2_old"], in: sandbox.path)
    let snapshot = Snapshot([.directory("d", files)], message: "Pack")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    #expect(try sandbox.run(["find", ".git/objects/pack", "-name", "pack_git2_*"], in: sandbox.path).hasSuffix("_new"))
    try sandbox.expectClean()
  }

  @Test(arguments: [["a", "a/b"], ["a/../b"], [".git/x"]])
  func refusesPaths(_ paths: [String]) throws {
    let batch = try ObjectBatch(for: sandbox.open())
    expectRefusal(.hostilePath) { _ = try batch.tree(paths.map { .file(ByteString($0), "x") }, on: nil) }
  }

  /// Objects of every size whose header has another length, and bytes that cannot be made smaller.
  @Test func sizes() throws {
    let contents = [0, 1, 15, 16, 2047, 2048, 262_143, 262_144, 600_000].flatMap { size in
      [false, true].map { isNoise in
        ByteString((0..<size).map { _ in isNoise ? UInt8.random(in: 0...255) : UInt8(ascii: "a") })
      }
    }
    let files = contents.enumerated().map {
      FileSet.File(path: ByteString("\($0.offset)"), contents: $0.element)
    }
    let snapshot = Snapshot([.directory("d", FileSet(files))], message: "Sizes")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    try sandbox.expectClean()
    let repository = try sandbox.open()
    for file in files { #expect(try repository.blob(.blob(file.contents)) == file.contents) }
  }
}
