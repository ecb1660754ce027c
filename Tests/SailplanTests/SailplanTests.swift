import Files
import Glibc
import TestSupport
import Testing

/// A directory in which the built program is run as a process.
struct Shell {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// A directory with a workspace that has a small bundle of its own, and the environments `a` and `b`.
  static func workspace() throws -> Shell {
    let shell = try Shell()
    try shell.write("sailplan.yaml", "apiVersion: sailplan.dev/v1alpha1\nkind: Workspace\nbundle: bundle\n")
    for (name, contents) in try Disk.walk(Repository.fixtures("workspace/bundle")) where contents == .file {
      let text = try Disk.read("\(Repository.fixtures("workspace/bundle"))/\(name)", limit: 1 << 20)
      try shell.write("bundle/\(name)", text)
    }
    try shell.write("environments/a/values.yaml", "replicas: 2\n")
    try shell.write("environments/b/values.yaml", "args:\n- one\n- two\n")
    return shell
  }

  /// The same in a git repository, committed as a whole.
  static func repository() throws -> Shell {
    let shell = try workspace()
    try shell.git("init", "-q", "-b", "main")
    let result = try shell.run("commit")
    try #require(result.status == 0, "\(result.errorOutput)")
    return shell
  }

  func write(_ path: String, _ contents: ByteString) throws { try directory.write(contents, to: path) }

  func read(_ path: String) -> String? { directory.read(path)?.text }

  /// Replaces `old`, which must be there, by `new` in a file.
  func edit(_ path: String, _ old: String, _ new: String) throws {
    let text = try #require(read(path))
    try #require(text.contains(old))
    try write(path, ByteString(text.replacing(old, with: new)))
  }

  private var environment: [String: String] {
    Command.environment(adding: [
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "A",
      "GIT_AUTHOR_EMAIL": "a@example.com",
      "GIT_COMMITTER_NAME": "C", "GIT_COMMITTER_EMAIL": "c@example.com", "SOURCE_DATE_EPOCH": "1700000000",
    ])
  }

  func command(_ arguments: [String], in place: String = "") -> Command {
    Command([Product.sailplan] + arguments, in: directory.path(place), environment: environment, timeout: 60)
  }

  func run(_ arguments: String..., in place: String = "") throws -> Command.Result {
    try command(arguments, in: place).run()
  }

  @discardableResult func git(_ arguments: String...) throws -> String { try git(arguments) }

  @discardableResult func git(_ arguments: [String]) throws -> String {
    let result = try Command(["git"] + arguments, in: directory.path, environment: environment).run()
    try #require(result.status == 0, "git \(arguments): \(result.errorOutput)")
    return result.text
  }

  /// The files below a directory with their bytes, `.git` left out.
  func snapshot(_ place: String = "") throws -> [String: ByteString] {
    var found: [String: ByteString] = [:]
    for (path, kind) in try Disk.walk(directory.path(place)) where kind != .directory && !path.hasPrefix(".git/") {
      found[path.text] =
        kind == .link ? try Disk.linkTarget(directory.path("\(place)/\(path)")) : directory.read("\(place)/\(path)")
    }
    return found
  }
}

extension Command.Result {
  /// Checks the exit status, and that an error comes with words and nothing on standard output.
  func expect(_ expected: Int32, _ words: String..., location: SourceLocation = #_sourceLocation) {
    #expect(status == expected, "\(errorOutput)", sourceLocation: location)
    let text = status == 0 || status == 1 ? output.text : errorOutput.text
    for word in words { #expect(text.contains(word), "\(text)", sourceLocation: location) }
    if expected > 1 { #expect(output.isEmpty, "\(output)", sourceLocation: location) }
  }
}
