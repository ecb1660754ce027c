package import Files
internal import Clibgit2
import Synchronization

/// The objects of one commit on their way into a repository: named at once and kept in memory, deflated, until all are
/// written together, once nothing can be refused any more.
///
/// For several threads: each names and deflates what it brings.
package final class ObjectBatch: @unchecked Sendable {
  private struct Raw {
    let kind: ObjectKind
    let id: ObjectID
    let bytes: ByteString
  }

  // What follows is touched by whoever holds `lock`.
  private let lock = Mutex(())
  private let objects: ObjectDatabase
  private var seen: Set<ObjectID> = []
  private var raw: [Raw] = []
  private var packed: [PackEntry] = []
  private var deflaters: [Deflater] = []
  private var names = BlobNames()

  private let packs: String
  let limits: Limits

  /// From how many objects on they are written as one pack: each object of its own costs two flushes of the disk, a
  /// pack four. Fewer are not worth a pack, for git grows slow over many packs.
  private static let packThreshold = 16

  /// A batch for `repository`, without objects.
  package init(for repository: borrowing Repository) throws(GitError) {
    objects = try ObjectDatabase(of: repository.handle, limits: repository.limits)
    limits = repository.limits
    packs = "\(repository.commonDirectory)/objects/pack"
  }

  // MARK: Reading

  /// What a tree itself holds, directories included, in the order of the tree.
  /// - Throws: `.unreadableObject`.
  package func children(of tree: ObjectID) throws(GitError) -> [TreeEntry] {
    try locked { () throws(GitError) in try objects.tree(tree) }
  }

  /// The bytes of a file.
  /// - Throws: `.unreadableObject`, `.tooLarge`.
  package func blob(_ id: ObjectID) throws(GitError) -> ByteString {
    try locked { () throws(GitError) in try objects.read(id, as: .blob) }
  }

  // MARK: Adding

  /// Names a file's bytes and keeps them for writing; those that the repository has already are not kept.
  package func add(blob bytes: ByteString) throws(GitError) -> ObjectID {
    let id = name(blob: bytes)
    try add(.blob, id, bytes)
    return id
  }

  /// Names a file's bytes and keeps nothing.
  package func name(blob bytes: ByteString) -> ObjectID {
    if let known = lock.withLock({ _ in names.known(bytes) }) { return known }
    let id = ObjectID.blob(bytes)
    lock.withLock { _ in names.insert(id, for: bytes) }
    return id
  }

  func add(_ kind: ObjectKind, _ bytes: ByteString) throws(GitError) -> ObjectID {
    let id = ObjectID.hash(kind, bytes)
    try add(kind, id, bytes)
    return id
  }

  /// Keeps an object whose name is known.
  func add(_ kind: ObjectKind, _ id: ObjectID, _ bytes: ByteString) throws(GitError) {
    let taken = try locked { () throws(GitError) -> Deflater? in
      guard seen.insert(id).inserted else { return nil }
      let object = Raw(kind: kind, id: id, bytes: bytes)
      if objects.contains(id) {
        // It is given a new time, so that no `git gc` that runs meanwhile takes it for garbage.
        try store(object)
        return nil
      }
      guard raw.count >= ObjectBatch.packThreshold else {
        raw.append(object)
        return nil
      }
      return if let idle = deflaters.popLast() { idle } else { try Deflater() }
    }
    guard let deflater = taken else { return }
    let entry = try PackEntry(kind, id, bytes, deflater)
    lock.withLock { _ in
      packed.append(entry)
      deflaters.append(deflater)
    }
  }

  // MARK: Writing

  /// Writes everything. On return it is on the disk.
  /// - Parameters:
  ///   - progress: called from time to time with how many objects of how many are written, where they are many.
  ///   - prepare: called before any of them can be found; nothing is written where it throws.
  func write(
    progress: (Int, Int) -> Void, preparedBy prepare: () throws(GitError) -> Void = {}
  ) throws(GitError) {
    try locked { () throws(GitError) in
      if packed.isEmpty && raw.count < ObjectBatch.packThreshold {
        try prepare()
        for object in raw { try store(object) }
      } else {
        let deflater = if let idle = deflaters.popLast() { idle } else { try Deflater() }
        for object in raw { packed.append(try PackEntry(object.kind, object.id, object.bytes, deflater)) }
        // Trees before files, and independent of the order in which threads came.
        packed.sort { ($0.kind.rank, $0.id) < ($1.kind.rank, $1.id) }
        let count = packed.count
        try PackWriter.write(packed, into: packs, progress: { progress($0, count) }, preparedBy: prepare)
        try git("git_odb_refresh") { git_odb_refresh(objects.handle) }
      }
      raw = []
      packed = []
    }
  }

  private func store(_ object: Raw) throws(GitError) {
    var raw = object.id.raw
    do {
      try git("git_odb_write") {
        object.bytes.withBytes { git_odb_write(&raw, objects.handle, $0.baseAddress, $0.count, object.kind.raw) }
      }
    } catch {
      throw error.about(object.id.hex, as: .system)
    }
  }

  private func locked<R>(_ body: () throws(GitError) -> R) throws(GitError) -> R {
    var result: Result<R, GitError>?
    lock.withLock { _ in result = Result { () throws(GitError) in try body() } }
    guard let result else { throw GitError(.other) }
    return try result.get()
  }
}

extension ObjectKind {
  fileprivate var rank: Int {
    switch self {
    case .commit: 0
    case .tree: 1
    case .blob: 2
    }
  }
}
