import Files
internal import Clibgit2

/// What HEAD names: what the next commit goes on top of, and what it moves.
package enum Head: Hashable, Sendable {
  /// A branch (its full name, as `refs/heads/main`) and its commit.
  case branch(String, ObjectID)
  /// A branch that has no commit yet.
  case unborn(String)
  /// A commit, without a branch.
  case detached(ObjectID)

  /// The commit; nothing before the first one.
  package var commit: ObjectID? {
    switch self {
    case .branch(_, let id), .detached(let id): id
    case .unborn: nil
    }
  }

  /// The reference that a commit moves.
  package var reference: String {
    switch self {
    case .branch(let name, _), .unborn(let name): name
    case .detached: "HEAD"
    }
  }
}

extension Repository {
  /// What HEAD names now.
  package func head() throws(GitError) -> Head {
    var found: OpaquePointer?
    do {
      try git("git_repository_head") { git_repository_head(&found, handle) }
    } catch {
      guard error.status == GIT_EUNBORNBRANCH.rawValue else {
        throw error.about("HEAD", as: .unreadableReference)
      }
      return .unborn(try unbornBranch())
    }
    defer { git_reference_free(found) }
    guard let id = ObjectID(git_reference_target(found)), let name = git_reference_name(found) else {
      throw GitError(.other, "HEAD", function: "git_reference_target")
    }
    return git_repository_head_detached(handle) == 1 ? .detached(id) : .branch(String(cString: name), id)
  }

  private func unbornBranch() throws(GitError) -> String {
    var found: OpaquePointer?
    try git("git_reference_lookup") { git_reference_lookup(&found, handle, "HEAD") }
    defer { git_reference_free(found) }
    guard let target = git_reference_symbolic_target(found) else {
      throw GitError(.other, "HEAD", function: "git_reference_symbolic_target")
    }
    return String(cString: target)
  }
}
