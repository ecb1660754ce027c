package import Files
internal import Clibgit2
import Glibc

/// An open repository.
///
/// Not for use by several threads at once: open one for each task. `Repository.discover(at:)` opens it.
package struct Repository: ~Copyable {
  let handle: OpaquePointer
  let objects: ObjectDatabase

  /// The git directory, which holds HEAD and the index: `.git`, or what stands for it in a linked work tree.
  package let gitDirectory: String
  /// The git directory that all linked work trees share, which holds objects and branches.
  package let commonDirectory: String
  /// The top directory of the files; nothing in a bare repository.
  package let workTree: String?
  /// Where the path that was asked for lies inside the work tree: empty at its top, else like `clusters/backup`.
  package let prefix: ByteString
  /// What bounds reading.
  package let limits: Limits

  /// Whether there are no files, only history.
  package var isBare: Bool { workTree == nil }
  /// Whether history ends before its beginning, as in `git clone --depth`.
  package var isShallow: Bool { git_repository_is_shallow(handle) == 1 }
  /// Whether the files are one of several work trees of one repository, made by `git worktree add`.
  package var isLinkedWorkTree: Bool { git_repository_is_worktree(handle) == 1 }

  init(
    handle: OpaquePointer, objects: consuming ObjectDatabase, gitDirectory: String, commonDirectory: String,
    workTree: String?, prefix: ByteString, limits: Limits
  ) {
    self.handle = handle
    self.objects = objects
    self.gitDirectory = gitDirectory
    self.commonDirectory = commonDirectory
    self.workTree = workTree
    self.prefix = prefix
    self.limits = limits
  }

  deinit { git_repository_free(handle) }

  /// The path in the repository of something that lies at `relative` from the path that was asked for.
  package func path(_ relative: ByteString) -> ByteString {
    if prefix.isEmpty { return relative }
    return relative.isEmpty ? prefix : prefix.appending("/").appending(relative)
  }
}
