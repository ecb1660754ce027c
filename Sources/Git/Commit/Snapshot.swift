package import Files

/// What a commit is to hold at our paths; everything else stays as it is in the commit before.
package struct Snapshot: Sendable {
  /// One path that is ours. Paths are those of the repository: see `Repository.path(_:)`.
  package enum Change: Sendable {
    /// The directory holds exactly these files (paths relative to it), no others; without files it goes.
    case directory(ByteString, FileSet)
    /// The file has these bytes, and may be executed or not; nothing removes it.
    case file(ByteString, ByteString?, executable: Bool = false)
    /// The directory is a tree that the commit's batch has named; without files it goes. Of some of its files the work
    /// tree is known to hold exactly these bytes: the caller has just written them.
    case tree(ByteString, NamedTree, written: [ByteString: FileStatus] = [:])
    /// The file has the bytes that the commit's batch has named.
    case blob(ByteString, ObjectID)
  }

  /// In any order; no path may lie inside another.
  package var changes: [Change]
  /// The message, in UTF-8; a line end is added at its end where it lacks one.
  package var message: ByteString

  package init(_ changes: [Change], message: ByteString) {
    self.changes = changes
    self.message = message
  }
}

extension Snapshot.Change {
  /// The path that is ours.
  package var path: ByteString {
    switch self {
    case .directory(let path, _), .file(let path, _, _), .tree(let path, _, _), .blob(let path, _): path
    }
  }

  /// How many files there are to be at the path.
  var fileCount: Int {
    switch self {
    case .file, .blob: 1
    case .directory(_, let files): files.files.count
    case .tree(_, let tree, _): tree.files.count
    }
  }

  /// Refuses paths that git refuses, and files inside files.
  /// - Throws: `.hostilePath`.
  func check(limits: Limits) throws(GitError) {
    try RepositoryPath.check(path, limits: limits)
    guard case .directory(let path, let files) = self else { return }
    for file in files.files {
      try RepositoryPath.check(path.appending("/").appending(file.path), limits: limits)
    }
    try Snapshot.checkNesting(files.files.map { path.appending("/").appending($0.path) })
  }
}

extension Snapshot {
  /// Refuses what cannot be committed whatever the repository holds.
  /// - Throws: `.hostilePath`, `.invalidMessage`.
  func check(limits: Limits) throws(GitError) {
    try Snapshot.check(message: message)
    for change in changes { try change.check(limits: limits) }
    try Self.checkNesting(changes.map(\.path))
  }

  /// - Throws: `.invalidMessage`.
  static func check(message: ByteString) throws(GitError) {
    guard message.bytes.contains(where: { $0 > 0x20 }) else { throw GitError(.invalidMessage, detail: "is empty") }
    guard message.firstIndex(of: 0) == nil else { throw GitError(.invalidMessage, detail: "has a zero byte") }
  }

  /// Refuses `a` beside `a/b`, and one path twice.
  static func checkNesting(_ paths: [ByteString]) throws(GitError) {
    // With a slash at its end a path sorts directly before what lies inside it.
    var outer: ByteString?
    for path in paths.map({ $0.appending("/") }).sorted() {
      if let outer, path.hasPrefix(outer) {
        throw GitError(
          .hostilePath, path[0..<path.count - 1].text, detail: "'\(outer[0..<outer.count - 1])' is to be a file as well"
        )
      }
      outer = path
    }
  }
}

/// What came of a commit.
package enum CommitOutcome: Hashable, Sendable {
  /// The commit before holds the same; nothing was made. The commit, or nothing before the first one.
  case unchanged(ObjectID?)
  /// The new commit, which the branch (or a detached HEAD) names now.
  case committed(ObjectID)

  /// The commit that the branch names now; nothing before the first one.
  package var commit: ObjectID? {
    switch self {
    case .unchanged(let id): id
    case .committed(let id): id
    }
  }
}
