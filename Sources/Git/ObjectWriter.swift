import Files
internal import Clibgit2

/// Objects to be written: named at once, kept in memory, and written all together once nothing can be refused any more.
struct ObjectWriter {
  private struct Pending {
    var kind: ObjectKind
    var id: ObjectID
    var bytes: ByteString
  }

  private var pending: [Pending] = []
  private var seen: Set<ObjectID> = []

  /// Names an object and keeps it for `write(into:)`.
  mutating func add(_ kind: ObjectKind, _ bytes: ByteString) -> ObjectID {
    let id = ObjectID.hash(kind, bytes)
    if seen.insert(id).inserted { pending.append(Pending(kind: kind, id: id, bytes: bytes)) }
    return id
  }

  /// Writes what the repository lacks. On return it is on the disk.
  func write(into objects: borrowing ObjectDatabase) throws(GitError) {
    for object in pending {
      // Also for an object that is there already: it is given a new time, so that no `git gc` that runs meanwhile
      // takes it for garbage.
      var raw = object.id.raw
      try git("git_odb_write") {
        object.bytes.withBytes { git_odb_write(&raw, objects.handle, $0.baseAddress, $0.count, object.kind.raw) }
      }
    }
  }
}
