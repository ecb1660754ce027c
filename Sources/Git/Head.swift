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

  /// Has what `head` stands for name `commit`, unless it moved since `head` was read; writes the reflog in the
  /// committer's name.
  /// - Throws: `.referenceMoved`, `.referenceLocked`.
  func move(_ head: Head, to commit: ObjectID, committer: Signature, message: ByteString) throws(GitError) {
    let name = head.reference
    guard try self.head() == head else { throw GitError(.referenceMoved, name) }
    try git("git_repository_set_ident") {
      git_repository_set_ident(handle, committer.name.text, committer.email.text)
    }
    let line = message.firstIndex(of: UInt8(ascii: "\n")).map { message[0..<$0] } ?? message
    let kind = head.commit == nil ? "commit (initial): " : "commit: "
    let log = kind + line.text
    var id = commit.raw
    var moved: OpaquePointer?
    do {
      if let old = head.commit {
        var old = old.raw
        try git("git_reference_create_matching") {
          git_reference_create_matching(&moved, handle, name, &id, 1, &old, log)
        }
      } else {
        try git("git_reference_create") { git_reference_create(&moved, handle, name, &id, 0, log) }
      }
    } catch {
      switch git_error_code(error.status) {
      case GIT_EMODIFIED, GIT_EEXISTS: throw error.about(name, as: .referenceMoved)
      case GIT_ELOCKED: throw error.about(name, as: .referenceLocked)
      default: throw error.about(name)
      }
    }
    git_reference_free(moved)
  }
}
