import Files
import Git
import Glibc
import TestSupport
import Testing

/// What is refused, why, and that nothing moves then.
@Suite struct RefusalTests {
  let snapshot = Snapshot.rendered("a: 1\n")

  /// Expects a commit to be refused and the repository to stay exactly as it was.
  @discardableResult
  private func expectRefused(
    _ code: GitError.Code, _ sandbox: Sandbox, _ snapshot: Snapshot? = nil, variables: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> GitError? {
    let state = ["sh", "-c", "cat .git/HEAD; cat .git/index; git for-each-ref; find .git/objects -type f | sort"]
    let before = try Command(state, in: sandbox.path, environment: sandbox.environment).run()
    let error = expectRefusal(code, sourceLocation: sourceLocation) {
      _ = try sandbox.open().commit(snapshot ?? self.snapshot, variables: sandbox.variables(variables))
    }
    let after = try Command(state, in: sandbox.path, environment: sandbox.environment).run()
    #expect(before.output == after.output, sourceLocation: sourceLocation)
    #expect(error?.hint?.isEmpty == false, sourceLocation: sourceLocation)
    return error
  }

  @Test func notARepository() throws {
    let directory = try TemporaryDirectory()
    let error = expectRefusal(.notARepository) { _ = try Git.Repository.discover(at: directory.path) }
    #expect(error?.message == "'\(directory.path)' is not in a git repository")
    expectRefusal(.notARepository) { _ = try Git.Repository.discover(at: directory.path("missing")) }
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
  func dubiousOwnership() throws {
    let sandbox = try Sandbox()
    try sandbox.run(["chown", "-R", "65534", sandbox.path], in: "/")
    let error = expectRefusal(.dubiousOwnership) { _ = try sandbox.open("clusters") }
    #expect(error?.subject == sandbox.path)
    #expect(error?.hint?.contains("safe.directory '\(sandbox.path)'") == true)
  }

  @Test func lockedIndex() throws {
    let sandbox = try Sandbox()
    try sandbox.write("", to: ".git/index.lock")
    let error = try expectRefused(.indexLocked, sandbox)
    #expect(error?.subject == "\(sandbox.path)/.git/index.lock")
    #expect(sandbox.directory.exists("repo/.git/index.lock"))
  }

  @Test func lockedBranch() throws {
    let sandbox = try Sandbox()
    try sandbox.write("", to: ".git/refs/heads/main.lock")
    expectRefusal(.referenceLocked) { _ = try sandbox.commit(snapshot) }
    #expect(try sandbox.git("log", "--format=%s") == "First")
    #expect(!sandbox.directory.exists("repo/.git/index.lock"))
  }

  @Test(arguments: [["GIT_AUTHOR_NAME"], ["GIT_COMMITTER_EMAIL"], ["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"]])
  func noIdentity(_ missing: [String]) throws {
    let sandbox = try Sandbox()
    let empty = Dictionary(uniqueKeysWithValues: missing.map { ($0, "") })
    let error = try expectRefused(.noIdentity, sandbox, variables: empty)
    #expect(error?.subject == (missing[0].hasSuffix("NAME") ? "user.name" : "user.email"))
  }

  @Test func invalidDate() throws {
    let sandbox = try Sandbox()
    for text in ["yesterday", "-1", "99999999999999999999", "12 +9999", "2024-13-01T00:00:00Z"] {
      try expectRefused(.invalidDate, sandbox, variables: ["SOURCE_DATE_EPOCH": text])
      try expectRefused(.invalidDate, sandbox, variables: ["GIT_COMMITTER_DATE": text])
    }
  }

  @Test(arguments: ["merge", "rebase", "cherry-pick", "revert"])
  func operationInProgress(_ operation: String) throws {
    let sandbox = try Sandbox()
    try sandbox.git("checkout", "-qb", "side")
    try sandbox.write("side", to: "README.md")
    try sandbox.git("commit", "-qam", "Side")
    try sandbox.git("checkout", "-q", "main")
    try sandbox.write("main", to: "README.md")
    try sandbox.git("commit", "-qam", "Main")
    try sandbox.git(operation, operation == "revert" ? "HEAD^" : "side", status: 1)
    let error = try expectRefused(.operationInProgress, sandbox)
    #expect(error?.message == "a \(operation) is in progress in this repository")
  }

  /// The same facts that a commit starts from, and a branch that moves before it ends.
  @Test func branchMovedMeanwhile() throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.open()
    let head = try repository.head()
    try sandbox.git("commit", "-q", "--allow-empty", "-m", "Meanwhile")
    let moved = try sandbox.git("rev-parse", "HEAD")
    expectRefusal(.referenceMoved) {
      _ = try repository.commit(snapshot, onTopOf: head, variables: sandbox.variables())
    }
    #expect(try sandbox.git("rev-parse", "HEAD") == moved)
    #expect(!sandbox.directory.exists("repo/.git/index.lock"))
    try sandbox.expectClean()
  }

  @Test func branchChangedMeanwhile() throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.open()
    let head = try repository.head()
    try sandbox.git("checkout", "-qb", "side")
    expectRefusal(.referenceMoved) {
      _ = try repository.commit(snapshot, onTopOf: head, variables: sandbox.variables())
    }
  }

  @Test func submodule() throws {
    let sandbox = try Sandbox()
    try sandbox.git("clone", "-q", ".", "clusters/sub")
    try sandbox.git("-c", "advice.addEmbeddedRepo=false", "add", "clusters/sub")
    try sandbox.git("commit", "-qm", "Submodule")
    // Committed as one, and there on disk; then on disk no more.
    try expectRefused(.insideSubmodule, sandbox, .rendered("a: 1\n", in: "clusters/sub"))
    try sandbox.run(["rm", "-rf", "clusters/sub"], in: sandbox.path)
    let error = try expectRefused(.insideSubmodule, sandbox, .rendered("a: 1\n", in: "clusters/sub"))
    #expect(error?.subject == "clusters/sub")
  }

  @Test func nestedRepository() throws {
    let sandbox = try Sandbox()
    try sandbox.git("init", "-q", "clusters/nested")
    try expectRefused(.insideSubmodule, sandbox, .rendered("a: 1\n", in: "clusters/nested"))
  }

  @Test func linkedParent() throws {
    let sandbox = try Sandbox()
    try sandbox.run(["ln", "-s", "prod", "clusters/alias"], in: sandbox.path)
    try expectRefused(.pathBlocked, sandbox, .rendered("a: 1\n", in: "clusters/alias"))
    try sandbox.git("add", ".")
    try sandbox.git("commit", "-qm", "Link")
    try sandbox.run(["rm", "clusters/alias"], in: sandbox.path)
    let error = try expectRefused(.pathBlocked, sandbox, .rendered("a: 1\n", in: "clusters/alias"))
    #expect(error?.subject == "clusters/alias")
  }

  @Test func filesAndDirectoriesInTheWay() throws {
    let sandbox = try Sandbox()
    try expectRefused(.pathBlocked, sandbox, .rendered("a: 1\n", in: "README.md"))
    try expectRefused(.pathBlocked, sandbox, Snapshot([.file("clusters/prod", "x")], message: "m"))
  }

  @Test func unreadableObject() throws {
    let sandbox = try Sandbox()
    let tree = try sandbox.git("rev-parse", "HEAD:clusters")
    let path = ".git/objects/\(tree.prefix(2))/\(tree.dropFirst(2))"
    try sandbox.run(["chmod", "u+w", path], in: sandbox.path)
    try sandbox.write("garbage", to: path)
    #expect(try expectRefused(.unreadableObject, sandbox)?.subject == tree)
    try sandbox.run(["rm", path], in: sandbox.path)
    #expect(try expectRefused(.unreadableObject, sandbox)?.subject == tree)
    expectRefusal(.unreadableObject) {
      let repository = try sandbox.open()
      _ = try repository.entries(in: try repository.revision("HEAD").tree)
    }
  }

  @Test func corruptRepository() throws {
    let sandbox = try Sandbox()
    try sandbox.run(["cp", ".git/index", "saved"], in: sandbox.path)
    try sandbox.write("not an index at all, and long enough to be read", to: ".git/index")
    expectRefusal(.unreadableIndex) { _ = try sandbox.commit(snapshot) }
    try sandbox.run(["mv", "saved", ".git/index"], in: sandbox.path)
    try sandbox.write("nonsense", to: ".git/refs/heads/main")
    expectRefusal(.unreadableReference) { _ = try sandbox.commit(snapshot) }
    try sandbox.write("[core", to: ".git/config")
    expectRefusal(.unreadableConfiguration) { _ = try sandbox.open() }
  }

  @Test func splitIndex() throws {
    let sandbox = try Sandbox()
    try sandbox.git("update-index", "--split-index")
    try expectRefused(.unsupportedIndex, sandbox)
  }

  @Test func objectFormatOfTheFuture() throws {
    let sandbox = try Sandbox("--object-format=sha256", unborn: true)
    expectRefusal(.unsupportedRepository) { _ = try sandbox.open() }
  }

  @Test(arguments: [
    ".git/x", "a/.GIT/x", "a/.git", "..", "a/../b", "./a", "a//b", "/a", "a/", "", "git~1/x", "GIT~1", ".git .",
    ".git::$X/a",
    "a/.git\\x", "x\\.git", ".g\u{200C}it", "\u{FEFF}.git", "a\0b",
  ])
  func hostilePath(_ path: String) throws {
    let sandbox = try Sandbox()
    try expectRefused(.hostilePath, sandbox, Snapshot([.file(ByteString(path), "x")], message: "m"))
    let files = FileSet([FileSet.File(path: ByteString(path), contents: "x")])
    try expectRefused(.hostilePath, sandbox, Snapshot([.directory("clusters", files)], message: "m"))
  }

  @Test func longAndDeepPaths() throws {
    let sandbox = try Sandbox()
    let long = String(repeating: "x", count: 256)
    let deep = String(repeating: "d/", count: 5000) + "f"
    for path in [long, deep] {
      try expectRefused(.hostilePath, sandbox, Snapshot([.file(ByteString(path), "x")], message: "m"))
    }
  }

  @Test func pathsInsideOneAnother() throws {
    let sandbox = try Sandbox()
    try expectRefused(.hostilePath, sandbox, Snapshot([.file("a/b", "x"), .file("a", "x")], message: "m"))
    try expectRefused(.hostilePath, sandbox, Snapshot([.file("a", "x"), .file("a", "y")], message: "m"))
    let files = FileSet([FileSet.File(path: "a", contents: "x"), FileSet.File(path: "a/b", contents: "x")])
    try expectRefused(.hostilePath, sandbox, Snapshot([.directory("d", files)], message: "m"))
  }

  @Test(arguments: ["", " \n\n", "a\0b"])
  func invalidMessage(_ message: String) throws {
    let sandbox = try Sandbox()
    try expectRefused(.invalidMessage, sandbox, Snapshot([.file("a", "x")], message: ByteString(message)))
  }

  /// Names that only look like git's own are fine, and git agrees.
  @Test func harmlessNames() throws {
    let sandbox = try Sandbox()
    let names = [".gitx", "git", ".git2", "git~12", ".gitignored", "..a", "a..", "...", "a b", "Größe.yaml", "-rf"]
    let files = names.map { FileSet.File(path: ByteString("d/\($0)/f"), contents: "x\n") }
    let snapshot = Snapshot([.directory("names", FileSet(files))], message: "Names")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
    try sandbox.expectClean()
  }
}
