import Files
import Git
import TestSupport
import Testing

/// A directory with a repository in it, and `git` to look at it from outside.
final class Sandbox {
  let directory: TemporaryDirectory
  /// The repository's directory inside.
  let name: String
  /// The environment of every `git`: nothing of the machine's or the user's configuration.
  let environment: [String: String]

  /// Who commits in the tests.
  static let identity = [
    "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.com", "GIT_COMMITTER_NAME": "Cy",
    "GIT_COMMITTER_EMAIL": "cy@example.com",
  ]

  /// Makes a repository with `git init` and the options given; with a first commit unless `unborn`.
  init(_ options: String..., unborn: Bool = false) throws {
    directory = try TemporaryDirectory()
    name = "repo"
    environment = Command.environment(adding: Sandbox.identity).merging(
      ["HOME": directory.path("home"), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C", "GIT_CONFIG_GLOBAL": "/dev/null"]
    ) { $1 }
    try run(["git", "init", "-q", "-b", "main"] + options + [path], in: directory.path)
    if !unborn {
      try write("others", to: "README.md")
      try write("one", to: "clusters/prod/values.yaml")
      try git("add", ".")
      try git("commit", "-qm", "First")
    }
  }

  var path: String { directory.path(name) }

  /// Writes a file of the work tree.
  func write(_ text: ByteString, to path: String) throws { try directory.write(text, to: "\(name)/\(path)") }

  /// Writes the files of a snapshot, as the caller of `commit` does.
  func write(_ snapshot: Snapshot) throws {
    for change in snapshot.changes {
      switch change {
      case .file(let path, let contents?, let executable):
        try write(contents, to: path.text)
        if executable { try run(["chmod", "+x", path.text], in: self.path) }
      case .file(let path, nil, _): try run(["rm", "-f", path.text], in: self.path)
      case .directory(let path, let files):
        try run(["rm", "-rf", path.text], in: self.path)
        for file in files.files { try write(file.contents, to: "\(path)/\(file.path)") }
      // Only the batch has their bytes.
      case .tree, .blob: break
      }
    }
  }

  /// Runs `git` in the repository; expects it to succeed.
  @discardableResult
  func git(_ arguments: String..., in directory: String? = nil, status: Int32 = 0) throws -> String {
    try run(["git"] + arguments, in: directory ?? path, status: status)
  }

  @discardableResult
  func run(_ arguments: [String], in directory: String, status: Int32 = 0) throws -> String {
    let result = try Command(arguments, in: directory, environment: environment).run()
    #expect(result.status == status, "\(arguments): \(result.errorOutput)")
    return result.text
  }

  func open(_ inner: String = "") throws(GitError) -> Git.Repository {
    try Git.Repository.discover(at: inner.isEmpty ? path : "\(path)/\(inner)")
  }

  /// The variables that `commit` is given, with some added or, by an empty value, taken away.
  func variables(_ added: [String: String] = [:]) -> Variables {
    Variables(environment.merging(added) { $1 })
  }

  @discardableResult
  func commit(_ snapshot: Snapshot, at inner: String = "") throws(GitError) -> CommitOutcome {
    try open(inner).commit(snapshot, variables: variables())
  }

  /// What must hold after every commit: git finds nothing wrong and nothing changed but `status`.
  func expectClean(_ status: String = "", in directory: String? = nil) throws {
    let problems = try git("fsck", "--strict", "--no-dangling", in: directory)
    #expect(problems == "")
    #expect(try git("status", "--porcelain", in: directory) == status)
  }
}

extension Snapshot {
  /// A rendered tree of two files and a lock, as a stand-in.
  static func rendered(_ text: String, in directory: ByteString = "clusters/prod") -> Snapshot {
    let files = FileSet([
      FileSet.File(path: "v1_service_velero.yaml", contents: ByteString(text)),
      FileSet.File(path: "crds/backups.velero.io.yaml", contents: "kind: CustomResourceDefinition\n"),
    ])
    return Snapshot(
      [
        .directory(directory.appending("/rendered"), files),
        .file(directory.appending("/sailplan.lock"), ByteString("lock \(text)")),
      ], message: "Render prod")
  }
}

/// Expects `body` to be refused for that reason, and the reason to come with text for a person.
@discardableResult
func expectRefusal(
  _ code: GitError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) -> GitError? {
  do {
    try body()
    Issue.record("was not refused", sourceLocation: sourceLocation)
  } catch let error as GitError {
    #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    #expect(!error.message.isEmpty, sourceLocation: sourceLocation)
    return error
  } catch {
    Issue.record(error, sourceLocation: sourceLocation)
  }
  return nil
}
