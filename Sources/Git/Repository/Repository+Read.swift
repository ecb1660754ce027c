package import Files
internal import Clibgit2

/// What a revision names.
package struct Revision: Hashable, Sendable {
  /// The commit; nothing where the revision names a tree itself.
  package var commit: ObjectID?
  /// The tree of files.
  package var tree: ObjectID
}

extension Repository {
  /// What `text` names: a branch, a tag, an id, `HEAD~2`, whatever `git rev-parse` takes.
  /// - Throws: `.unknownRevision` (also for HEAD before the first commit), `.ambiguousRevision`, `.unreadableObject`.
  package func revision(_ text: String) throws(GitError) -> Revision {
    guard !text.isEmpty, !text.utf8.contains(0) else { throw GitError(.unknownRevision, text) }
    var found: OpaquePointer?
    do {
      try git("git_revparse_single") { git_revparse_single(&found, handle, text) }
    } catch {
      switch git_error_code(error.status) {
      case GIT_EAMBIGUOUS: throw error.about(text)
      case GIT_ENOTFOUND, GIT_EINVALIDSPEC, GIT_EPEEL, GIT_EUNBORNBRANCH: throw error.about(text, as: .unknownRevision)
      default: throw error.about("of '\(text)'", as: .unreadableObject)
      }
    }
    defer { git_object_free(found) }
    var commit: OpaquePointer?
    if git_object_peel(&commit, found, GIT_OBJECT_COMMIT) == 0 {
      defer { git_object_free(commit) }
      guard let id = ObjectID(git_object_id(commit)), let tree = ObjectID(git_commit_tree_id(commit)) else {
        throw GitError(.unknownRevision, text)
      }
      return Revision(commit: id, tree: tree)
    }
    var tree: OpaquePointer?
    guard git_object_peel(&tree, found, GIT_OBJECT_TREE) == 0 else { throw GitError(.unknownRevision, text) }
    defer { git_object_free(tree) }
    guard let id = ObjectID(git_object_id(tree)) else { throw GitError(.unknownRevision, text) }
    return Revision(commit: nil, tree: id)
  }

  /// The tree of a commit.
  func tree(ofCommit commit: ObjectID) throws(GitError) -> ObjectID {
    // `tree`, a space, forty digits: the first line of every commit.
    let bytes = try objects.read(commit, as: .commit)
    guard bytes.count > 45, bytes.hasPrefix("tree "), let id = ObjectID(hex: bytes[5..<45].text) else {
      throw GitError(.unreadableObject, commit.hex, detail: "its bytes are no commit")
    }
    return id
  }

  /// What stands at `path` in a tree; nothing where nothing does. The empty path is the tree itself.
  package func entry(at path: ByteString, in tree: ObjectID) throws(GitError) -> TreeEntry? {
    var current = TreeEntry(path: path, mode: .directory, id: tree)
    for name in RepositoryPath.components(path) {
      guard current.mode == .directory else { return nil }
      guard let next = try objects.tree(current.id).first(where: { $0.path == name }) else { return nil }
      current.mode = next.mode
      current.id = next.id
    }
    return current
  }

  /// What a tree itself holds, directories included, in the order of the tree.
  /// - Throws: `.unreadableObject`.
  package func children(of tree: ObjectID) throws(GitError) -> [TreeEntry] { try objects.tree(tree) }

  /// All that a tree holds below `path`, directories themselves left out, sorted by the bytes of their paths, which
  /// are relative to `path`. Reads trees only. Empty where there is no directory at `path`.
  /// - Throws: `.unreadableObject`, `.tooLarge`.
  package func entries(below path: ByteString = .empty, in tree: ObjectID) throws(GitError) -> [TreeEntry] {
    guard let top = try entry(at: path, in: tree), top.mode == .directory else { return [] }
    var entries: [TreeEntry] = []
    try list(top.id, prefix: .empty, depth: 0, into: &entries)
    return entries
  }

  private func list(
    _ tree: ObjectID, prefix: ByteString, depth: Int, into entries: inout [TreeEntry]
  ) throws(GitError) {
    guard depth < limits.depth else {
      throw GitError(.tooLarge, "the depth of directories", detail: "at most \(limits.depth) levels")
    }
    for var entry in try objects.tree(tree) {
      if !prefix.isEmpty { entry.path = prefix.appending(entry.path) }
      if entry.mode == .directory {
        try list(entry.id, prefix: entry.path.appending("/"), depth: depth + 1, into: &entries)
      } else {
        guard entries.count < limits.entries else {
          throw GitError(.tooLarge, "the number of files", detail: "at most \(limits.entries)")
        }
        entries.append(entry)
      }
    }
  }

  /// The bytes of a file.
  /// - Throws: `.unreadableObject`, `.tooLarge`.
  package func blob(_ id: ObjectID) throws(GitError) -> ByteString { try objects.read(id, as: .blob) }
}
