package import Files

/// The files of a directory by the names that git gives them, for a commit that is to hold them.
package struct NamedTree: Hashable, Sendable {
  /// The name of the directory's tree; nothing where it has no files.
  package let id: ObjectID?
  /// Our files below it, by their paths in it. Those of others stay, in the tree and in the index.
  package let files: [TreeEntry]
  /// The paths in it of files that were ours.
  package let removed: [ByteString]

  /// The directory without files.
  package static let empty = NamedTree(id: nil, files: [], removed: [])
}

extension ObjectBatch {
  /// Names what a directory becomes by changes, and keeps what is new for writing. For any thread.
  /// - Parameters:
  ///   - changes: their paths are those in the directory.
  ///   - base: its tree in the commit before; nothing where there is none.
  /// - Throws: `.hostilePath`, `.pathBlocked`, `.insideSubmodule`, `.unreadableObject`.
  package func tree(_ changes: [Snapshot.Change], on base: ObjectID?) throws(GitError) -> NamedTree {
    for change in changes { try change.check(limits: limits) }
    try Snapshot.checkNesting(changes.map(\.path))
    let edit = try TreeEdit(changes, batch: self)
    let id = try edit.applied(to: base, batch: self)
    let removed = changes.compactMap { change -> ByteString? in
      if case .file(let path, nil, _) = change { path } else { nil }
    }
    return NamedTree(id: id, files: edit.files.map(\.entry), removed: removed)
  }
}
