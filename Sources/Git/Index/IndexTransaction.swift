import Files
internal import Clibgit2
import Glibc

/// A new index on its way to become the index: prepared, locked, published.
struct IndexTransaction: ~Copyable {
  private var file: LockFile
  private let path: String
  private let before: Identity

  /// Prepares the index that `edit` makes of the present one; nobody is kept from writing that yet.
  /// - Parameter edit: says whether it changes anything.
  /// - Returns: nothing where the index is right already.
  /// - Throws: `.system`, `.unsupportedIndex`, `.unreadableIndex`.
  static func prepare(
    in directory: String, of workTree: WorkTree, _ edit: (inout Index) throws(GitError) -> Bool
  ) throws(GitError) -> IndexTransaction? {
    let path = "\(directory)/index"
    let file = LockFile(for: path, preparedIn: directory)
    let before = Identity(of: path)
    try copy(path, to: file.prepared)
    var index = try Index.open(path, copy: file.prepared, written: before.time)
    guard try edit(&index) else { return nil }
    try index.write(workTree)
    return IndexTransaction(file: file, path: path, before: before)
  }

  private init(file: consuming LockFile, path: String, before: Identity) {
    self.file = file
    self.path = path
    self.before = before
  }

  /// Keeps others from writing the index.
  /// - Returns: nothing where somebody wrote it since this one was prepared: then it has to be prepared anew.
  /// - Throws: `.indexLocked`, `.system`.
  consuming func locked() throws(GitError) -> IndexTransaction? {
    guard try file.acquire() else { throw GitError(.indexLocked, file.lock) }
    guard Identity(of: path) == before else { return nil }
    return self
  }

  /// Makes the prepared index the index.
  consuming func publish() throws(GitError) { try file.publish() }

  /// What tells one state of a file from the next.
  private struct Identity: Equatable {
    var number: UInt = 0
    var size = 0
    var time = timespec()

    init(of path: String) {
      var facts = stat()
      guard stat(path, &facts) == 0 else { return }
      number = UInt(facts.st_ino)
      size = Int(facts.st_size)
      time = facts.st_mtim
    }

    static func == (left: Identity, right: Identity) -> Bool {
      left.number == right.number && left.size == right.size && left.time.tv_sec == right.time.tv_sec
        && left.time.tv_nsec == right.time.tv_nsec
    }
  }

  /// Copies the index for `Index` to read; there is none before the first `git add`.
  private static func copy(_ index: String, to prepared: String) throws(GitError) {
    let from = open(index, O_RDONLY | O_CLOEXEC)
    if from < 0 && errno == ENOENT { return }
    guard from >= 0 else { throw GitError(system: index) }
    defer { close(from) }
    let to = open(prepared, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard to >= 0 else { throw GitError(system: prepared) }
    defer { close(to) }
    while true {
      let sent = sendfile(to, from, nil, 1 << 30)
      if sent < 0 { throw GitError(system: prepared) }
      if sent == 0 { break }
    }
  }
}
