import Files
import Git
import TestSupport
import Testing

@Suite struct ReadTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    let snapshot = Snapshot.rendered("a: 1\n")
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
  }

  @Test(arguments: ["", "clusters", "clusters/prod/rendered", "clusters/prod/values.yaml", "nowhere", "README.md/x"])
  func listsWhatGitLists(_ path: String) throws {
    try sandbox.write("#!/bin/sh\n", to: "clusters/prod/run")
    try sandbox.run(["sh", "-c", "chmod +x clusters/prod/run; ln -s run clusters/link"], in: sandbox.path)
    try sandbox.git("add", ".")
    try sandbox.git("commit", "-qm", "Modes")
    let repository = try sandbox.open()
    let tree = try repository.revision("HEAD").tree
    let entries = try repository.entries(below: ByteString(path), in: tree)
    let listed = entries.map { "\(String($0.mode.number, radix: 8)) blob \($0.id)\t\($0.path)" }
    let isDirectory = try repository.entry(at: ByteString(path), in: tree)?.mode == .directory
    let expected = isDirectory ? try sandbox.git("ls-tree", "-r", "HEAD:\(path)") : ""
    #expect(listed.joined(separator: "\n") == expected)
    #expect(entries.map(\.path) == entries.map(\.path).sorted())
    for entry in entries {
      let contents = try repository.blob(entry.id)
      #expect(ObjectID.blob(contents) == entry.id)
    }
  }

  @Test func revisions() throws {
    try sandbox.git("tag", "-a", "v1", "-m", "annotated")
    let repository = try sandbox.open()
    for name in ["HEAD", "main", "v1", "refs/heads/main", "HEAD~1", "HEAD@{0}", "HEAD^{/First}"] {
      let revision = try repository.revision(name)
      #expect(revision.commit?.hex == (try sandbox.git("rev-parse", "\(name)^{commit}")))
      #expect(revision.tree.hex == (try sandbox.git("rev-parse", "\(name)^{tree}")))
    }
    let tree = try repository.revision("HEAD:clusters")
    #expect(tree.commit == nil)
    #expect(tree.tree.hex == (try sandbox.git("rev-parse", "HEAD:clusters")))
    for name in ["nowhere", "HEAD~99", "", "HEAD:README.md", "-x", "a..b", "HEAD^{nonsense}", "v1\0"] {
      expectRefusal(.unknownRevision) { _ = try repository.revision(name) }
    }
    expectRefusal(.unknownRevision) { _ = try Sandbox(unborn: true).open().revision("HEAD") }
  }

  @Test(arguments: ["", "a", "a\0b\r\n"])
  func blobNames(_ text: String) throws {
    let result = try Command(["git", "hash-object", "--stdin"], input: ByteString(text)).run()
    #expect(ObjectID.blob(ByteString(text)).hex == result.text)
    #expect(ObjectID(hex: result.text) == ObjectID.blob(ByteString(text)))
  }

  @Test(arguments: ["", "abc", String(repeating: "g", count: 40), String(repeating: "a", count: 39)])
  func noNames(_ text: String) { #expect(ObjectID(hex: text) == nil) }

  /// Forty levels of two names for the level below: a few kilobytes that stand for a million million files.
  @Test func treeBomb() throws {
    var line = "100644 blob \(try sandbox.git("rev-parse", "HEAD:README.md"))\tx\n"
    var tree = ""
    for _ in 0..<40 {
      tree = try Command(["git", "mktree"], in: sandbox.path, input: ByteString(line)).run().text
      line = "040000 tree \(tree)\ta\n040000 tree \(tree)\tb\n"
    }
    var limits = Limits()
    limits.entries = 1000
    let repository = try Git.Repository.discover(at: sandbox.path, limits: limits)
    expectRefusal(.tooLarge) { _ = try repository.entries(in: try repository.revision(tree).tree) }
    limits.depth = 20
    let shallow = try Git.Repository.discover(at: sandbox.path, limits: limits)
    expectRefusal(.tooLarge) { _ = try shallow.entries(in: try shallow.revision(tree).tree) }
    limits.objectBytes = 3
    let narrow = try Git.Repository.discover(at: sandbox.path, limits: limits)
    let blob = try #require(ObjectID(hex: try sandbox.git("rev-parse", "HEAD:README.md")))
    expectRefusal(.tooLarge) { _ = try narrow.blob(blob) }
  }

  @Test func theWrongKind() throws {
    let repository = try sandbox.open()
    let tree = try repository.revision("HEAD").tree
    expectRefusal(.unreadableObject) { _ = try repository.blob(tree) }
  }
}
