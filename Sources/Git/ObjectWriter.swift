import Files
internal import Clibgit2
import Glibc

/// Objects to be written: named at once, kept in memory, and written all together once nothing can be refused any more.
struct ObjectWriter {
  private struct Pending {
    var kind: ObjectKind
    var id: ObjectID
    var bytes: ByteString
  }

  private var pending: [Pending] = []
  private var seen: Set<ObjectID> = []

  /// From how many objects on they are written as one pack: each object of its own costs two flushes of the disk, a
  /// pack four. Fewer are not worth a pack, for git grows slow over many packs.
  private static let packThreshold = 16

  /// Names an object and keeps it for `write(into:packs:)`.
  mutating func add(_ kind: ObjectKind, _ bytes: ByteString) -> ObjectID {
    let id = ObjectID.hash(kind, bytes)
    if seen.insert(id).inserted { pending.append(Pending(kind: kind, id: id, bytes: bytes)) }
    return id
  }

  /// Writes what the repository lacks. On return it is on the disk.
  /// - Parameter packs: the directory of packs.
  func write(into objects: borrowing ObjectDatabase, packs: String) throws(GitError) {
    var missing: [Pending] = []
    for object in pending {
      // What is there already is given a new time, so that no `git gc` that runs meanwhile takes it for garbage.
      if objects.contains(object.id) {
        try ObjectWriter.add(object, to: objects.handle)
      } else {
        missing.append(object)
      }
    }
    if missing.count < ObjectWriter.packThreshold {
      for object in missing { try ObjectWriter.add(object, to: objects.handle) }
    } else {
      try ObjectWriter.writePack(missing, to: packs)
      try git("git_odb_refresh") { git_odb_refresh(objects.handle) }
    }
  }

  private static func add(_ object: Pending, to objects: OpaquePointer) throws(GitError) {
    var raw = object.id.raw
    do {
      try git("git_odb_write") {
        object.bytes.withBytes { git_odb_write(&raw, objects, $0.baseAddress, $0.count, object.kind.raw) }
      }
    } catch {
      throw error.about(object.id.hex, as: .system)
    }
  }

  /// Writes objects as one pack, by way of a database in memory.
  private static func writePack(_ pending: [Pending], to directory: String) throws(GitError) {
    var memory: OpaquePointer?
    try git("git_odb_new") { git_odb_new(&memory) }
    defer { git_odb_free(memory) }
    guard let memory else { throw GitError(.other, function: "git_odb_new") }
    var backend: UnsafeMutablePointer<git_odb_backend>?
    try git("git_mempack_new") { git_mempack_new(&backend) }
    try git("git_odb_add_backend") { git_odb_add_backend(memory, backend, 1) }
    var repository: OpaquePointer?
    try git("git_repository_wrap_odb") { git_repository_wrap_odb(&repository, memory) }
    defer { git_repository_free(repository) }
    var builder: OpaquePointer?
    try git("git_packbuilder_new") { git_packbuilder_new(&builder, repository) }
    defer { git_packbuilder_free(builder) }
    for object in pending {
      try add(object, to: memory)
      var raw = object.id.raw
      try git("git_packbuilder_insert") { git_packbuilder_insert(builder, &raw, nil) }
    }
    // `git init` makes it, but git does without as long as there are no packs.
    mkdir(directory, 0o777)
    do {
      try git("git_packbuilder_write") { git_packbuilder_write(builder, directory, 0, nil, nil) }
    } catch {
      throw error.about(directory, as: .system)
    }
  }
}
