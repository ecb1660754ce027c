import Files
import Git
import TestSupport
import Testing

/// Commits to branches that are not checked out.
@Suite struct BranchTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  @discardableResult
  private func commit(_ branch: String, _ text: ByteString, at inner: String = "") throws -> CommitOutcome? {
    let repository = try sandbox.open(inner)
    let batch = try ObjectBatch(for: repository)
    let tree = try batch.tree([.file("pod.yaml", text)], on: nil)
    let commit = BranchCommit(branch: branch, tree: tree.id, message: "Render")
    return try repository.commit([commit], batch: batch, variables: sandbox.variables()).first
  }

  @Test(arguments: [false, true])
  func neitherFilesNorIndexChange(_ isPacked: Bool) throws {
    let head = try sandbox.git("rev-parse", "HEAD")
    try commit("rendered/prod", "a: 1\n")
    if isPacked { try sandbox.git("pack-refs", "--all") }
    let first = try sandbox.git("rev-parse", "rendered/prod")
    try commit("rendered/prod", "a: 2\n")
    #expect(
      try commit("rendered/prod", "a: 2\n") == .unchanged(ObjectID(hex: try sandbox.git("rev-parse", "rendered/prod"))))
    try sandbox.expectClean()
    #expect(try sandbox.git("rev-parse", "HEAD") == head)
    #expect(try sandbox.git("rev-parse", "rendered/prod^") == first)
    #expect(try sandbox.git("rev-list", "--count", "rendered/prod") == "2")
    #expect(try sandbox.git("show", "rendered/prod:pod.yaml") == "a: 2")
    #expect(try sandbox.git("ls-tree", "--name-only", "rendered/prod") == "pod.yaml")
    #expect(
      try sandbox.git("reflog", "show", "--format=%gs", "rendered/prod") == "commit: Render\ncommit (initial): Render")
    #expect(try sandbox.git("reflog", "--format=%gs", "HEAD") == "commit (initial): First")
  }

  /// Also in a linked work tree, and in the middle of a rebase or a bisection.
  @Test(arguments: ["here", "linked", "rebase", "bisect"])
  func refusesABranchThatIsCheckedOut(_ how: String) throws {
    var place = sandbox.path
    switch how {
    case "here": try sandbox.git("checkout", "-qb", "rendered/prod")
    case "linked":
      place = sandbox.directory.path("other")
      try sandbox.git("worktree", "add", "-q", "-b", "rendered/prod", place)
    case "rebase":
      for text in ["2", "3"] {
        try sandbox.git("checkout", "-q", "-B", text == "2" ? "rendered/prod" : "side", "main")
        try sandbox.write(ByteString(text), to: "README.md")
        try sandbox.git("commit", "-qam", text)
      }
      try sandbox.git("checkout", "-q", "rendered/prod")
      try sandbox.git("rebase", "-q", "side", status: 1)
    default:
      try sandbox.git("checkout", "-qb", "rendered/prod")
      try sandbox.git("commit", "-q", "--allow-empty", "-m", "Second")
      try sandbox.git("commit", "-q", "--allow-empty", "-m", "Third")
      try sandbox.git("bisect", "start", "HEAD", "main")
    }
    let tip = try sandbox.git("rev-parse", "rendered/prod")
    let error = expectRefusal(.branchCheckedOut) { try commit("rendered/prod", "a: 1\n") }
    #expect(error?.subject == "rendered/prod")
    #expect(error?.detail == place)
    #expect(try sandbox.git("rev-parse", "rendered/prod") == tip)
    // From another work tree as well.
    if how == "linked" {
      expectRefusal(.branchCheckedOut) { try commit("main", "a: 1\n", at: "../other") }
      try commit("rendered/test", "a: 1\n", at: "../other")
      try sandbox.expectClean()
    }
  }

  /// A bare repository has nothing checked out, but its linked work trees have.
  @Test func bareRepositories() throws {
    try sandbox.git("clone", "-q", "--bare", ".", "../bare")
    try commit("main", "a: 1\n", at: "../bare")
    let bare = sandbox.directory.path("bare")
    #expect(try sandbox.git("ls-tree", "--name-only", "main", in: bare) == "pod.yaml")
    #expect(try sandbox.git("fsck", "--strict", in: bare) == "")
    try sandbox.git("worktree", "add", "-q", "-b", "rendered/prod", "../linked", in: bare)
    expectRefusal(.branchCheckedOut) { try commit("rendered/prod", "a: 2\n", at: "../bare") }
    try commit("main", "a: 2\n", at: "../linked")
    // Nor does a commit on top of HEAD leave the files of a linked work tree behind.
    try sandbox.commit(.rendered("a: 1\n"), at: "../bare")
    try sandbox.git("worktree", "add", "-q", "../main", "main", in: bare)
    expectRefusal(.branchCheckedOut) { try sandbox.commit(.rendered("a: 2\n"), at: "../bare") }
    #expect(try sandbox.git("status", "--porcelain", in: sandbox.directory.path("main")) == "")
  }

  @Test(arguments: ["", "HEAD", "-b", "a..b", "a b", "a.lock", "/a", "a/", "@{-1}"])
  func refusesNames(_ name: String) throws {
    expectRefusal(.invalidBranch) { try commit(name, "a: 1\n") }
  }

  @Test func refusesABranchBesideOneThatItContinues() throws {
    try commit("rendered", "a: 1\n")
    expectRefusal(.pathBlocked) { try commit("rendered/prod", "a: 1\n") }
  }
}
