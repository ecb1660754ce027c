import Files
internal import Clibgit2

/// The objects of a repository.
struct ObjectDatabase: ~Copyable {
  let handle: OpaquePointer
  let limits: Limits

  init(of repository: OpaquePointer, limits: Limits) throws(GitError) {
    var handle: OpaquePointer?
    try git("git_repository_odb") { git_repository_odb(&handle, repository) }
    guard let handle else { throw GitError(.other, function: "git_repository_odb") }
    self.handle = handle
    self.limits = limits
  }

  deinit { git_odb_free(handle) }

  /// The bytes of an object, which libgit2 compares with its name.
  /// - Throws: `.unreadableObject`, `.tooLarge`.
  func read(_ id: ObjectID, as kind: ObjectKind) throws(GitError) -> ByteString {
    var raw = id.raw
    var size = 0
    var type = GIT_OBJECT_INVALID
    var object: OpaquePointer?
    do throws(GitError) {
      try git("git_odb_read_header") { git_odb_read_header(&size, &type, handle, &raw) }
      guard size <= limits.objectBytes else {
        throw GitError(.tooLarge, "git object \(id)", detail: "\(size) bytes, at most \(limits.objectBytes)")
      }
      try git("git_odb_read") { git_odb_read(&object, handle, &raw) }
    } catch {
      throw error.code == .tooLarge ? error : error.about(id.hex, as: .unreadableObject)
    }
    guard let object else { throw GitError(.unreadableObject, id.hex) }
    defer { git_odb_object_free(object) }
    guard git_odb_object_type(object) == kind.raw else {
      throw GitError(.unreadableObject, id.hex, detail: "it is not a \(kind)")
    }
    return ByteString(UnsafeRawBufferPointer(start: git_odb_object_data(object), count: git_odb_object_size(object)))
  }

  /// The entries of a tree, their paths being single names.
  func tree(_ id: ObjectID) throws(GitError) -> [TreeEntry] {
    guard let entries = TreeBytes.parse(try read(id, as: .tree)) else {
      throw GitError(.unreadableObject, id.hex, detail: "its bytes are no tree")
    }
    return entries
  }

  /// Whether an object is there, as far as the packs are known that were there when the repository was opened.
  func contains(_ id: ObjectID) -> Bool {
    var raw = id.raw
    return git_odb_exists_ext(handle, &raw, GIT_ODB_LOOKUP_NO_REFRESH.rawValue) == 1
  }
}
