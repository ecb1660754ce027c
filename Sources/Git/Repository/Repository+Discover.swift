import Files
internal import Clibgit2
import Glibc

extension Repository {
  /// Opens the repository that `path` lies in: a directory of a work tree, a git directory, or a bare repository.
  ///
  /// Looks upwards as git does, and no further than the file system of `path`.
  /// - Throws: `.notARepository`, `.dubiousOwnership`, `.unsupportedRepository`.
  package static func discover(at path: String, limits: Limits = Limits()) throws(GitError) -> Repository {
    guard Library.ready else {
      throw GitError(.other, detail: "libgit2 \(LIBGIT2_SOVERSION) cannot be loaded; is it installed?")
    }
    let handle = try open(path)
    // From here on the handle has to be freed on every way out.
    do throws(GitError) {
      let objects = try ObjectDatabase(of: handle, limits: limits)
      let workTree = git_repository_workdir(handle).map { directory(String(cString: $0)) }
      return Repository(
        handle: handle, objects: objects,
        gitDirectory: directory(git_repository_path(handle).map { String(cString: $0) } ?? ""),
        commonDirectory: directory(git_repository_commondir(handle).map { String(cString: $0) } ?? ""),
        workTree: workTree, prefix: workTree.map { prefix(of: path, in: $0) } ?? .empty, limits: limits)
    } catch {
      git_repository_free(handle)
      throw error
    }
  }

  private static func open(_ path: String) throws(GitError) -> OpaquePointer {
    var handle: OpaquePointer?
    do {
      try git("git_repository_open_ext") { git_repository_open_ext(&handle, path, 0, nil) }
    } catch {
      if isOwnership(error) { throw error.about(top(above: path), as: .dubiousOwnership) }
      if error.isNotFound { throw error.about(path, as: .notARepository) }
      if isFormat(error.detail) { throw error.about(path, as: .unsupportedRepository) }
      throw error.about(path)
    }
    guard let handle else { throw GitError(.notARepository, path) }
    return handle
  }

  /// libgit2 has no code for a format that it cannot read: its words for repository version and extensions.
  private static func isFormat(_ detail: String?) -> Bool {
    guard let detail else { return false }
    return detail.hasPrefix("unsupported ")
  }

  /// Where the owner is wrong and some configuration file exists that does not say `safe.directory`, libgit2 1.5.1
  /// reports that it found no such setting.
  private static func isOwnership(_ error: GitError) -> Bool {
    error.code == .dubiousOwnership || (error.isNotFound && error.detail?.contains("'safe.directory'") == true)
  }

  /// The directory that git would trust or not: that of the repository above `path`, without `.git`.
  private static func top(above path: String) -> String {
    var found = git_buf()
    defer { git_buf_dispose(&found) }
    guard git_repository_discover(&found, path, 0, nil) == 0, let name = found.ptr else { return path }
    let top = directory(String(cString: name))
    return top.hasSuffix("/.git") ? String(top.dropLast(5)) : top
  }

  /// A path of libgit2 without the slash at its end.
  private static func directory(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// Where `path` lies inside `workTree`, links resolved; empty where it does not.
  private static func prefix(of path: String, in workTree: String) -> ByteString {
    guard let resolved = realpath(path, nil) else { return .empty }
    defer { free(resolved) }
    guard let top = realpath(workTree, nil) else { return .empty }
    defer { free(top) }
    let inner = ByteString(String(cString: resolved))
    let outer = ByteString(String(cString: top))
    let base = outer == "/" ? outer : outer.appending("/")
    return inner.hasPrefix(base) ? inner[base.count..<inner.count] : .empty
  }
}
