import Files
internal import Clibgit2

extension Repository {
  /// Commits a snapshot on top of HEAD: our paths exactly as the snapshot has them, all else as HEAD has it.
  ///
  /// Blobs hold the bytes as given: `core.autocrlf` and filters are about files, and git finds them clean. Files are
  /// not written: the caller does that before. Hooks do not run and commits are not signed, as with `git commit-tree`.
  /// First all objects are written, then the index is prepared and locked, then the branch moves once, if it still is
  /// where it was, then the index follows. Killed at any instant, the repository is whole, and the next run ends
  /// what this one began.
  /// - Throws: every code but those of reading and opening; nothing has moved then.
  package func commit(_ snapshot: Snapshot, variables: Variables = .process) throws(GitError) -> CommitOutcome {
    try snapshot.check(limits: limits)
    try checkState()
    if let workTree { try WorkTree(path: workTree).check(snapshot.paths) }
    if !isBare { try IndexTransaction.checkUnlocked(in: gitDirectory) }

    let head = try head()
    let base: ObjectID? = if let commit = head.commit { try tree(ofCommit: commit) } else { nil }
    var writer = ObjectWriter()
    let edit = TreeEdit(snapshot, writer: &writer)
    let tree = try edit.applied(to: base, in: objects, writer: &writer)
    if tree == base {
      // Also where nothing is new: a run that was killed, or `git add`, may have left the index behind or ahead.
      try index(snapshot, files: edit.files)?.publish()
      return .unchanged(head.commit)
    }

    let (author, committer) = try signatures(variables)
    let root = tree ?? writer.add(.tree, .empty)
    let commit = writer.add(
      .commit,
      CommitBytes.make(
        tree: root, parent: head.commit, author: author, committer: committer, message: snapshot.message))
    try writer.write(into: objects)
    let transaction = try index(snapshot, files: edit.files)
    try move(head, to: commit, committer: committer, message: snapshot.message)
    try transaction?.publish()
    return .committed(commit)
  }

  private func index(_ snapshot: Snapshot, files: [TreeEntry]) throws(GitError) -> IndexTransaction? {
    guard let workTree else { return nil }
    return try IndexTransaction.begin(in: gitDirectory) { (index: inout Index) throws(GitError) -> Bool in
      try index.update(snapshot, files: files, workTree: WorkTree(path: workTree))
    }
  }

  /// Refuses to commit in the middle of something that ends with a commit of its own, as git does.
  /// - Throws: `.operationInProgress`.
  private func checkState() throws(GitError) {
    let operation: String? =
      switch git_repository_state_t(UInt32(bitPattern: git_repository_state(handle))) {
      case GIT_REPOSITORY_STATE_MERGE: "a merge"
      case GIT_REPOSITORY_STATE_REVERT, GIT_REPOSITORY_STATE_REVERT_SEQUENCE: "a revert"
      case GIT_REPOSITORY_STATE_CHERRYPICK, GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE: "a cherry-pick"
      case GIT_REPOSITORY_STATE_REBASE, GIT_REPOSITORY_STATE_REBASE_INTERACTIVE, GIT_REPOSITORY_STATE_REBASE_MERGE:
        "a rebase"
      case GIT_REPOSITORY_STATE_APPLY_MAILBOX, GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE: "'git am'"
      default: nil
      }
    if let operation { throw GitError(.operationInProgress, operation) }
  }
}

extension Snapshot {
  /// Every path that is ours, and every file that is to be below it.
  fileprivate var paths: [ByteString] {
    changes.flatMap { change -> [ByteString] in
      guard case .directory(let path, let files) = change else { return [change.path] }
      return [path] + files.files.map { path.appending("/").appending($0.path) }
    }
  }
}
