import Files
import Git
import TestSupport
import Testing

/// The shapes of repository that people have.
@Suite struct SituationTests {
  let snapshot = Snapshot.rendered("a: 1\n")

  @Test func unbornBranch() throws {
    let sandbox = try Sandbox(unborn: true)
    let head = try sandbox.open().head()
    #expect(head == .unborn("refs/heads/main"))
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    try sandbox.expectClean()
    #expect(try sandbox.git("log", "--format=%s") == "Render prod")
    #expect(try sandbox.git("symbolic-ref", "HEAD") == "refs/heads/main")
    #expect(try sandbox.git("reflog", "-1", "--format=%gs") == "commit (initial): Render prod")
  }

  @Test func unbornBranchAndNothingToCommit() throws {
    let sandbox = try Sandbox(unborn: true)
    #expect(try sandbox.commit(Snapshot([.file("lock", nil)], message: "m")) == .unchanged(nil))
    #expect(try sandbox.git("status", "--porcelain") == "")
  }

  @Test func detachedHead() throws {
    let sandbox = try Sandbox()
    try sandbox.git("checkout", "-q", "--detach")
    let main = try sandbox.git("rev-parse", "main")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    try sandbox.expectClean()
    #expect(try sandbox.git("rev-parse", "main") == main)
    #expect(try sandbox.git("rev-parse", "HEAD^") == main)
    try sandbox.git("symbolic-ref", "HEAD", status: 128)
    #expect(try sandbox.git("reflog", "-1", "--format=%gs") == "commit: Render prod")
  }

  @Test func bareRepository() throws {
    let sandbox = try Sandbox("--bare", unborn: true)
    for text in ["a: 1\n", "a: 2\n"] { try sandbox.commit(.rendered(text)) }
    let repository = try sandbox.open()
    expect(repository, isBare: true, workTree: nil, prefix: "")
    #expect(try sandbox.git("fsck", "--strict") == "")
    #expect(try sandbox.git("show", "main:clusters/prod/rendered/v1_service_velero.yaml") == "a: 2")
    #expect(!sandbox.directory.exists("repo/index"))
  }

  @Test func linkedWorkTree() throws {
    let sandbox = try Sandbox()
    let linked = sandbox.directory.path("linked")
    try sandbox.git("worktree", "add", "-q", "-b", "side", linked)
    try sandbox.run(["mkdir", "-p", "clusters/prod/rendered/crds"], in: linked)
    let main = try sandbox.git("rev-parse", "main")
    let repository = try Git.Repository.discover(at: "\(linked)/clusters/prod")
    expect(repository, isLinked: true, workTree: linked, prefix: "clusters/prod")
    let common = repository.commonDirectory
    #expect(common == "\(sandbox.path)/.git")
    try sandbox.directory.write("a: 1\n", to: "linked/clusters/prod/rendered/v1_service_velero.yaml")
    try sandbox.directory.write(
      "kind: CustomResourceDefinition\n", to: "linked/clusters/prod/rendered/crds/backups.velero.io.yaml")
    try sandbox.directory.write("lock a: 1\n", to: "linked/clusters/prod/sailplan.lock")
    _ = try repository.commit(snapshot, variables: sandbox.variables())
    try sandbox.expectClean(in: linked)
    try sandbox.expectClean()
    #expect(try sandbox.git("rev-parse", "side^") == main)
    #expect(try sandbox.git("rev-parse", "main") == main)
  }

  @Test func shallowClone() throws {
    let origin = try Sandbox()
    try origin.git("commit", "-q", "--allow-empty", "-m", "Second")
    let clone = origin.directory.path("clone")
    try origin.git("clone", "-q", "--depth", "1", "file://\(origin.path)", clone)
    let repository = try Git.Repository.discover(at: clone)
    expect(repository, isShallow: true, workTree: clone, prefix: "")
    _ = try repository.commit(snapshot, variables: origin.variables())
    try origin.git("checkout", "-q", ".", in: clone)
    try origin.expectClean(in: clone)
    #expect(try origin.git("rev-list", "--count", "HEAD", in: clone) == "2")
    try origin.git("push", "-q", "origin", "HEAD:refs/heads/pushed", in: clone)
    try origin.git("fsck", "--strict")
  }

  @Test(arguments: ["core.autocrlf=true", "core.autocrlf=input", "core.eol=crlf", "core.fileMode=false"])
  func configuredConversions(_ setting: String) throws {
    let sandbox = try Sandbox()
    let parts = setting.split(separator: "=").map(String.init)
    try sandbox.git("config", parts[0], parts[1])
    let files = FileSet([
      FileSet.File(path: "unix.yaml", contents: "a: 1\nb: 2\n"),
      FileSet.File(path: "dos.yaml", contents: "a: 1\r\nb: 2\r\n"),
    ])
    let snapshot = Snapshot([.directory("clusters/prod/rendered", files)], message: "Line ends")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    try sandbox.expectClean()
    #expect(try sandbox.git("cat-file", "-s", "HEAD:clusters/prod/rendered/dos.yaml") == "12")
    // Git must agree also once it compares bytes.
    try sandbox.run(["touch", "clusters/prod/rendered/unix.yaml", "clusters/prod/rendered/dos.yaml"], in: sandbox.path)
    try sandbox.expectClean()
  }

  @Test func workspaceInASubdirectory() throws {
    let sandbox = try Sandbox()
    let inner = try sandbox.open("clusters/prod")
    expect(inner, workTree: sandbox.path, prefix: "clusters/prod")
    let paths = [inner.path("rendered"), inner.path("")]
    #expect(paths == ["clusters/prod/rendered", "clusters/prod"])
    let top = try sandbox.open()
    expect(top, workTree: sandbox.path, prefix: "")
    let path = top.path("rendered")
    #expect(path == "rendered")
  }

  @Test func workspaceReachedThroughALink() throws {
    let sandbox = try Sandbox()
    try sandbox.run(["ln", "-s", "\(sandbox.path)/clusters", "short"], in: sandbox.directory.path)
    let repository = try Git.Repository.discover(at: sandbox.directory.path("short/prod"))
    expect(repository, workTree: sandbox.path, prefix: "clusters/prod")
  }

  @Test(arguments: ["2", "3", "4"])
  func indexVersions(_ version: String) throws {
    let sandbox = try Sandbox()
    try sandbox.git("update-index", "--index-version", version)
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    try sandbox.expectClean()
  }

  @Test func packedRepository() throws {
    let sandbox = try Sandbox()
    try sandbox.git("gc", "-q")
    try sandbox.git("pack-refs", "--all")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    try sandbox.expectClean()
  }

  @Test func sparseCheckoutAndWorkTreeConfiguration() throws {
    let sandbox = try Sandbox()
    try sandbox.git("sparse-checkout", "set", "--no-cone", "/clusters/")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    try sandbox.expectClean()
    #expect(try sandbox.git("show", "HEAD:README.md") == "others")
    #expect(!sandbox.directory.exists("repo/README.md"))
  }

  @Test func gitIgnoreDoesNotMatter() throws {
    let sandbox = try Sandbox()
    try sandbox.write("rendered/\n*.lock\n", to: ".gitignore")
    try sandbox.git("add", ".gitignore")
    try sandbox.git("commit", "-qm", "ignore")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    try sandbox.expectClean()
    #expect(try sandbox.git("ls-files", "clusters/prod/sailplan.lock") == "clusters/prod/sailplan.lock")
  }

  @Test func ourPathsSortAmongTheirs() throws {
    let sandbox = try Sandbox()
    for name in ["a", "a-b", "a.c", "a0", "ab/c"] { try sandbox.write("x", to: "clusters/\(name)") }
    try sandbox.git("add", ".")
    try sandbox.git("commit", "-qm", "names")
    for directory: ByteString in ["clusters/a.", "clusters/a-", "clusters/ab", "clusters/0"] {
      let snapshot = Snapshot.rendered("a: 1\n", in: directory)
      try sandbox.write(snapshot)
      try sandbox.commit(snapshot)
    }
    try sandbox.expectClean()
  }

  private func expect(
    _ repository: borrowing Git.Repository, isBare: Bool = false, isShallow: Bool = false, isLinked: Bool = false,
    workTree: String?, prefix: ByteString, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let facts = [repository.isBare, repository.isShallow, repository.isLinkedWorkTree]
    let (top, inner) = (repository.workTree, repository.prefix)
    #expect(facts == [isBare, isShallow, isLinked], sourceLocation: sourceLocation)
    #expect(top == workTree, sourceLocation: sourceLocation)
    #expect(inner == prefix, sourceLocation: sourceLocation)
  }
}
