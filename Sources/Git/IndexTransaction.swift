import Files
internal import Clibgit2
import Glibc

/// A new index on its way to become the index: prepared, locked, published.
///
/// Git takes the index for locked while `index.lock` exists. Our lock is a second name of the prepared file, and we
/// hold that file by `flock`, which ends with the process: a lock that a killed run of ours left is told from a
/// lock that is in use, and taken over.
struct IndexTransaction: ~Copyable {
  private let directory: String
  private let prepared: String
  private var descriptor: Int32 = -1
  private var isLocked = false

  private static let marker = "index.sailplan-"

  private init(in directory: String) {
    self.directory = directory
    prepared = "\(directory)/\(IndexTransaction.marker)\(getpid())"
  }

  private var index: String { "\(directory)/index" }
  private var lock: String { IndexTransaction.lock(in: directory) }

  private static func lock(in directory: String) -> String { "\(directory)/index.lock" }

  deinit {
    if isLocked { unlink(IndexTransaction.lock(in: directory)) }
    unlink(prepared)
    if descriptor >= 0 { close(descriptor) }
  }

  /// Refuses an index that another process holds; before anything is written.
  /// - Throws: `.indexLocked`.
  static func checkUnlocked(in directory: String) throws(GitError) {
    removeLeftovers(in: directory)
    var facts = stat()
    if lstat(lock(in: directory), &facts) == 0 { throw GitError(.indexLocked, lock(in: directory)) }
  }

  /// Prepares the index that `edit` makes of the present one, and locks it.
  /// - Parameter edit: says whether it changes anything.
  /// - Returns: nothing where the index is right already.
  /// - Throws: `.indexLocked`, `.system`, `.unsupportedIndex`.
  static func begin(
    in directory: String, of workTree: WorkTree, _ edit: (inout Index) throws(GitError) -> Bool
  ) throws(GitError) -> IndexTransaction? {
    for _ in 0..<5 {
      var transaction = IndexTransaction(in: directory)
      let before = transaction.identity()
      try transaction.copy()
      var index = try Index.open(transaction.index, copy: transaction.prepared, written: before.time)
      guard try edit(&index) else { return nil }
      try index.write(workTree)
      try transaction.acquire()
      // Somebody may have written the index while ours was made of the one before.
      if transaction.identity() == before { return transaction }
    }
    throw GitError(.indexLocked, lock(in: directory), detail: "it is written all the time")
  }

  /// Makes the prepared index the index.
  consuming func publish() throws(GitError) {
    guard isLocked else { return }
    guard rename(lock, index) == 0 else { throw failure(lock) }
    isLocked = false
  }

  /// What tells one state of the index from the next.
  private struct Identity: Equatable {
    var number: UInt = 0
    var size = 0
    var time = timespec()

    static func == (left: Identity, right: Identity) -> Bool {
      left.number == right.number && left.size == right.size && left.time.tv_sec == right.time.tv_sec
        && left.time.tv_nsec == right.time.tv_nsec
    }
  }

  private func identity() -> Identity {
    var facts = stat()
    guard stat(index, &facts) == 0 else { return Identity() }
    return Identity(number: UInt(facts.st_ino), size: Int(facts.st_size), time: facts.st_mtim)
  }

  private func failure(_ path: String) -> GitError {
    GitError(.system, path, detail: String(cString: strerror(errno)))
  }

  /// Copies the index for `Index` to read; there is none before the first `git add`.
  private func copy() throws(GitError) {
    unlink(prepared)
    let from = open(index, O_RDONLY | O_CLOEXEC)
    if from < 0 && errno == ENOENT { return }
    guard from >= 0 else { throw failure(index) }
    defer { close(from) }
    let to = open(prepared, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard to >= 0 else { throw failure(prepared) }
    defer { close(to) }
    while true {
      let sent = sendfile(to, from, nil, 1 << 30)
      if sent < 0 { throw failure(prepared) }
      if sent == 0 { break }
    }
  }

  private mutating func acquire() throws(GitError) {
    descriptor = open(prepared, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw failure(prepared) }
    if link(prepared, lock) == 0 {
      isLocked = true
    } else if errno == EEXIST {
      throw GitError(.indexLocked, lock)
    } else {
      // A file system without second names: a lock that a killed run leaves has to be removed by hand there.
      let made = open(lock, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard made >= 0 else { throw errno == EEXIST ? GitError(.indexLocked, lock) : failure(lock) }
      close(made)
      isLocked = true
      guard rename(prepared, lock) == 0 else { throw failure(lock) }
    }
  }

  /// Removes what killed runs of ours left behind: a lock that no process holds, and files prepared long ago.
  private static func removeLeftovers(in directory: String) {
    var locked = stat()
    let isLocked = lstat(lock(in: directory), &locked) == 0
    for name in names(in: directory) where name.hasPrefix(marker) {
      let path = "\(directory)/\(name)"
      let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      var facts = stat()
      guard fstat(descriptor, &facts) == 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
      if isLocked && facts.st_ino == locked.st_ino && facts.st_dev == locked.st_dev {
        unlink(lock(in: directory))
        unlink(path)
      } else if facts.st_mtim.tv_sec + 600 < time(nil) {
        unlink(path)
      }
    }
  }

  private static func names(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        names.append(String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self))
      }
    }
    return names
  }
}
