import Files
internal import Clibgit2

extension Repository {
  /// Commits a snapshot on top of HEAD: our paths exactly as the snapshot has them, all else as HEAD has it.
  ///
  /// Blobs hold the bytes as given: `core.autocrlf` and filters are about files, and git finds them clean. Files are
  /// not written: the caller does that before. Hooks do not run, as with `git commit-tree`; the commit is signed where git's
  /// configuration asks for that.
  /// The index is prepared and locked, once the commit is signed; all objects are written, the branch moves once, if it
  /// still is where it was, and the index follows. Killed at any instant, the repository is whole, and the next run ends
  /// what this one began.
  /// - Parameters:
  ///   - expected: what HEAD must still name, for a caller who has read it before; nothing means what it names now.
  ///   - batch: what has named the trees and files of the snapshot that are named already; nothing where none are.
  ///   - progress: called from time to time with how many objects of how many are written, where they are many.
  /// - Throws: nothing has moved then, whatever the code.
  package func commit(
    _ snapshot: Snapshot, onTopOf expected: Head? = nil, batch: ObjectBatch? = nil, variables: Variables = .process,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws(GitError) -> CommitOutcome {
    try snapshot.check(limits: limits)
    try checkState()
    let head = try head()
    // Of a bare repository, HEAD's branch may be checked out in a linked work tree.
    if isBare, head.reference.hasPrefix("refs/heads/") {
      try checkNotCheckedOut(String(head.reference.dropFirst("refs/heads/".count)))
    }
    if let expected, expected != head { throw GitError(.referenceMoved, expected.reference) }
    let base: ObjectID? = if let commit = head.commit { try tree(ofCommit: commit) } else { nil }
    let batch = if let batch { batch } else { try ObjectBatch(for: self) }
    let edit = try TreeEdit(snapshot.changes, batch: batch)
    var index = index(snapshot, files: edit.files)
    let tree = try edit.applied(to: base, batch: batch)
    if tree == base {
      // Also where nothing is new: a run that was killed, or `git add`, may have left the index behind or ahead.
      try locked(&index)?.publish()
      return .unchanged(head.commit)
    }

    let identity = try CommitIdentity(of: self, variables)
    let root = if let tree { tree } else { try batch.add(.tree, .empty) }
    let bytes = identity.commit(tree: root, parent: head.commit, message: snapshot.message)
    let commit = try batch.add(.commit, try identity.signed(bytes))
    var transaction: IndexTransaction?
    try batch.write(progress: progress) { () throws(GitError) in transaction = try locked(&index) }
    try move(head, to: commit, committer: identity.committer, message: snapshot.message)
    try transaction?.publish()
    return .committed(commit)
  }

  /// Looks at the work tree, and prepares the index that names these files, which takes about as long as naming and
  /// writing objects.
  private func index(_ snapshot: Snapshot, files: [IndexFile]) -> BackgroundWork<IndexTransaction?, GitError> {
    let workTree = workTree.map { WorkTree(path: $0) }
    return BackgroundWork { [gitDirectory] () throws(GitError) in
      guard let workTree else { return nil }
      try workTree.check(snapshot.changes.map(\.path) + files.map(\.entry.path))
      return try IndexTransaction.prepare(in: gitDirectory, of: workTree) { (index) throws(GitError) in
        try index.update(snapshot, files: files, workTree: workTree)
      }
    }
  }

  /// Locks the index that was prepared, or one that is prepared anew where somebody wrote the index meanwhile.
  private func locked(
    _ index: inout BackgroundWork<IndexTransaction?, GitError>
  ) throws(GitError) -> IndexTransaction? {
    for _ in 0..<5 {
      guard let prepared = try index.output() else { return nil }
      if let locked = try prepared.locked() { return locked }
    }
    throw GitError(.indexLocked, "\(gitDirectory)/index.lock", detail: "it is written all the time")
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
