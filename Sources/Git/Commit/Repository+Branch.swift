package import Files
internal import Clibgit2
import Glibc

/// A commit that a branch is to name, whatever is checked out.
package struct BranchCommit: Sendable {
  /// The branch's short name, such as `rendered/prod`.
  package let branch: String
  /// All that the commit holds, named by the batch; nothing for no files.
  package let tree: ObjectID?
  /// The message, in UTF-8; a line end is added at its end where it lacks one.
  package let message: ByteString

  package init(branch: String, tree: ObjectID?, message: ByteString) {
    self.branch = branch
    self.tree = tree
    self.message = message
  }
}

extension Repository {
  /// What a branch names now, by its short name; nothing where there is no such branch.
  /// - Throws: `.invalidBranch`, `.unreadableReference`, `.unreadableObject`.
  package func branch(_ name: String) throws(GitError) -> Revision? {
    guard let commit = try tip(of: try reference(name)).commit else { return nil }
    return Revision(commit: commit, tree: try tree(ofCommit: commit))
  }

  /// Commits whole trees on top of branches that are not checked out anywhere. No work tree and no index is touched; all
  /// objects are written before the first branch moves, and each moves only if it still is where it was.
  /// - Returns: what came of each, in their order.
  /// - Throws: also after some branches have moved; those are whole, and the next run sees to the others.
  package func commit(
    _ commits: [BranchCommit], batch: ObjectBatch, variables: Variables = .process,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws(GitError) -> [CommitOutcome] {
    if commits.isEmpty { return [] }
    let identity = try CommitIdentity(of: self, variables)
    var moves: [(tip: Head, commit: ObjectID?)] = []
    for commit in commits {
      try Snapshot.check(message: commit.message)
      let name = try reference(commit.branch)
      try checkNotCheckedOut(commit.branch)
      let tip = try tip(of: name)
      let before: ObjectID? = if let id = tip.commit { try tree(ofCommit: id) } else { nil }
      guard before != commit.tree || before == nil else {
        moves.append((tip, nil))
        continue
      }
      let root = if let tree = commit.tree { tree } else { try batch.add(.tree, .empty) }
      let bytes = identity.commit(tree: root, parent: tip.commit, message: commit.message)
      moves.append((tip, try batch.add(.commit, try identity.signed(bytes))))
    }
    try batch.write(progress: progress)
    var outcomes: [CommitOutcome] = []
    for (move, commit) in zip(moves, commits) {
      if let id = move.commit {
        try self.move(move.tip, isHead: false, to: id, committer: identity.committer, message: commit.message)
        outcomes.append(.committed(id))
      } else {
        outcomes.append(.unchanged(move.tip.commit))
      }
    }
    return outcomes
  }

  private func reference(_ branch: String) throws(GitError) -> String {
    let name = "refs/heads/\(branch)"
    // `-` at the start is an option to git's commands, and HEAD is no branch.
    guard isValid(name), !branch.hasPrefix("-"), branch != "HEAD" else { throw GitError(.invalidBranch, branch) }
    return name
  }

  /// What a branch names, by its full name.
  func tip(of name: String) throws(GitError) -> Head {
    var raw = git_oid()
    do {
      try git("git_reference_name_to_id") { git_reference_name_to_id(&raw, handle, name) }
    } catch {
      if error.isNotFound { return .unborn(name) }
      throw error.about(name, as: .unreadableReference)
    }
    return .branch(name, ObjectID(raw))
  }

  /// Refuses to move a branch away from under the files of a work tree, this one or a linked one, also in the middle of
  /// a rebase or a bisection of it, as git does.
  /// - Throws: `.branchCheckedOut`.
  package func checkNotCheckedOut(_ branch: String) throws(GitError) {
    let name = "refs/heads/\(branch)"
    if try !isMainBare(), holds(commonDirectory, name) {
      throw GitError(.branchCheckedOut, branch, detail: Repository.parent(of: commonDirectory))
    }
    let linked = "\(commonDirectory)/worktrees"
    for entry in (try? Disk.entries(linked)) ?? [] where entry.kind == .directory {
      let directory = "\(linked)/\(entry.name)"
      guard holds(directory, name) else { continue }
      let place = line("\(directory)/gitdir").map { Repository.parent(of: $0) }
      throw GitError(.branchCheckedOut, branch, detail: place ?? directory)
    }
  }

  /// Whether the repository itself, not a linked work tree, has no files.
  private func isMainBare() throws(GitError) -> Bool {
    if gitDirectory == commonDirectory { return isBare }
    return try Configuration.read(for: self, .process).isTrue("core.bare")
  }

  /// Whether a work tree is on the branch, by the files of its git directory.
  private func holds(_ directory: String, _ name: String) -> Bool {
    if line("\(directory)/HEAD") == "ref: \(name)" { return true }
    if ["rebase-merge", "rebase-apply"].contains(where: { line("\(directory)/\($0)/head-name") == name }) {
      return true
    }
    return line("\(directory)/BISECT_START").map { "refs/heads/\($0)" } == name
  }

  private func line(_ path: String) -> String? {
    guard let text = try? Disk.read(path, limit: 1 << 16).text else { return nil }
    return text.split(separator: "\n").first.map(String.init)
  }

  private static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? path
  }
}
