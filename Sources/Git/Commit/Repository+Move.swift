import Files
internal import Clibgit2
import Glibc

extension Repository {
  /// Has the branch (or HEAD, where it is detached) name `commit`, unless it moved since `head` was read, and notes it
  /// in the reflogs in the committer's name.
  ///
  /// Not by libgit2, which leaves the lock of a branch behind when the process is killed at the wrong moment, so that
  /// neither git nor we could commit again. It says what the references are; writing one is the rename of a file.
  /// - Parameter isHead: whether it is what HEAD names that moves, or a branch whatever HEAD names.
  /// - Throws: `.referenceMoved`, `.referenceLocked`, `.system`.
  func move(
    _ head: Head, isHead: Bool = true, to commit: ObjectID, committer: Signature, message: ByteString
  ) throws(GitError) {
    let name = head.reference
    let path: String
    if case .detached = head {
      path = "\(gitDirectory)/HEAD"
    } else {
      guard name.hasPrefix("refs/heads/"), isValid(name) else { throw GitError(.unreadableReference, name) }
      path = "\(commonDirectory)/\(name)"
    }
    if case .unborn = head { try checkRoom(for: name) }
    try makeParents(of: path, below: commonDirectory)
    var file = LockFile(for: path, preparedIn: commonDirectory)
    try file.prepare(ByteString("\(commit)\n"))
    guard try file.acquire() else { throw GitError(.referenceLocked, name, detail: "'\(file.lock)' exists") }
    let own = try self.head()
    guard try isHead ? own == head : tip(of: name) == head else { throw GitError(.referenceMoved, name) }
    // Git leaves directories where branches were that are gone or packed; others than empty ones cannot be here.
    rmdir(path)
    let entry = ReflogEntry(old: head.commit, new: commit, committer: committer, message: message)
    // HEAD's log tells of the branch that it names.
    let logs = own.reference == name && name != "HEAD" ? [name, "HEAD"] : [name]
    for log in logs { try append(entry, to: log) }
    try file.publish()
  }

  /// Whether git accepts the full name of a reference.
  func isValid(_ name: String) -> Bool {
    var valid: Int32 = 0
    return git_reference_name_is_valid(&valid, name) == 0 && valid == 1
  }

  /// Refuses a first commit on `a/b` beside a branch `a`, and on `a` beside `a/b`, also where these are packed.
  private func checkRoom(for name: String) throws(GitError) {
    var outer = name
    while let slash = outer.lastIndex(of: "/"), outer[..<slash] != "refs/heads" {
      outer = String(outer[..<slash])
      var id = git_oid()
      if git_reference_name_to_id(&id, handle, outer) == 0 {
        throw GitError(.pathBlocked, outer, detail: "it is a branch, and '\(name)' cannot be beside it")
      }
    }
    var iterator: OpaquePointer?
    try git("git_reference_iterator_glob_new") { git_reference_iterator_glob_new(&iterator, handle, "\(name)/*") }
    defer { git_reference_iterator_free(iterator) }
    var inner: UnsafePointer<CChar>?
    if git_reference_next_name(&inner, iterator) == 0 {
      throw GitError(.pathBlocked, name, detail: "there are branches below that name")
    }
  }

  /// Appends to a reflog that exists, or that git would begin: `core.logAllRefUpdates`.
  private func append(_ entry: ReflogEntry, to name: String) throws(GitError) {
    let path = name == "HEAD" ? "\(gitDirectory)/logs/HEAD" : "\(commonDirectory)/logs/\(name)"
    var flags = O_WRONLY | O_APPEND | O_CLOEXEC
    if try startsReflogs() {
      flags |= O_CREAT
      try makeParents(of: path, below: name == "HEAD" ? gitDirectory : commonDirectory)
    }
    let file = open(path, flags, 0o666)
    if file < 0 && errno == ENOENT { return }
    guard file >= 0 else { throw GitError(system: path) }
    defer { close(file) }
    // In one piece, so that the line of another process is before or behind it.
    let line = entry.line
    guard line.withBytes({ write(file, $0.baseAddress, $0.count) }) == line.count else { throw GitError(system: path) }
  }

  private func startsReflogs() throws(GitError) -> Bool {
    var configuration: OpaquePointer?
    try git("git_repository_config_snapshot") { git_repository_config_snapshot(&configuration, handle) }
    defer { git_config_free(configuration) }
    var value: UnsafePointer<CChar>?
    guard git_config_get_string(&value, configuration, "core.logallrefupdates") == 0, let value else { return !isBare }
    if strcasecmp(value, "always") == 0 { return true }
    var flag: Int32 = 0
    return git_config_parse_bool(&flag, value) == 0 ? flag != 0 : !isBare
  }

  private func makeParents(of path: String, below top: String) throws(GitError) {
    var directory = top
    for part in path.dropFirst(top.count).split(separator: "/").dropLast() {
      directory += "/\(part)"
      if mkdir(directory, 0o777) != 0 && errno != EEXIST { throw GitError(system: directory) }
    }
  }
}

/// A line of a reflog.
private struct ReflogEntry {
  var old: ObjectID?
  var new: ObjectID
  var committer: Signature
  var message: ByteString

  /// `OLD NEW NAME <ADDRESS> SECONDS OFFSET`, a tab, and what was done.
  var line: ByteString {
    let subject = message.bytes.split(separator: UInt8(ascii: "\n")).first ?? []
    let kind: ByteString = old == nil ? "commit (initial): " : "commit: "
    return ByteString("\(old ?? .zero) \(new) ").appending(committer.line).appending("\t").appending(kind)
      .appending(ByteString(subject)).appending("\n")
  }
}
