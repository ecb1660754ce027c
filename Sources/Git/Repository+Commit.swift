import Files
internal import Clibgit2

extension Repository {
  /// Commits a snapshot on top of HEAD: our paths exactly as the snapshot has them, all else as HEAD has it.
  ///
  /// Blobs hold the bytes as given: `core.autocrlf` and filters are about files, and git finds them clean. Files are
  /// not written: the caller does that before. Hooks do not run and commits are not signed, as with `git commit-tree`.
  /// The index is prepared and locked, all objects are written, the branch moves once, if it still is where it was,
  /// and the index follows. Killed at any instant, the repository is whole, and the next run ends
  /// what this one began.
  /// - Parameter expected: what HEAD must still name, for a caller who has read it before; nothing means what it names
  ///   now.
  /// - Throws: nothing has moved then, whatever the code.
  package func commit(
    _ snapshot: Snapshot, onTopOf expected: Head? = nil, variables: Variables = .process
  ) throws(GitError) -> CommitOutcome {
    try snapshot.check(limits: limits)
    try checkState()
    if let workTree { try WorkTree(path: workTree).check(snapshot.paths) }

    let head = try head()
    if let expected, expected != head { throw GitError(.referenceMoved, expected.reference) }
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
    let transaction = try index(snapshot, files: edit.files)
    try writer.write(into: objects, packs: "\(commonDirectory)/objects/pack")
    try move(head, to: commit, committer: committer, message: snapshot.message)
    try transaction?.publish()
    return .committed(commit)
  }

  private func index(_ snapshot: Snapshot, files: [TreeEntry]) throws(GitError) -> IndexTransaction? {
    guard let workTree = workTree.map({ WorkTree(path: $0) }) else { return nil }
    return try IndexTransaction.begin(in: gitDirectory, of: workTree) { (index: inout Index) throws(GitError) -> Bool in
      try index.update(snapshot, files: files, workTree: workTree)
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
