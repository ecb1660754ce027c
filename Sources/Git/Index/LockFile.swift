import Files
internal import Clibgit2
import Glibc

/// A file of a git directory on its way to be replaced: prepared beside it, locked, published.
///
/// Git takes `index` for locked while `index.lock` exists, and a branch likewise. Our lock is a second name of the
/// prepared file, which we hold by `flock` until the process ends, however it ends: so a lock that a killed run of ours
/// left can be told from one in use, and is taken over. Preparing, locking and publishing are one system call each:
/// killed at any instant, the old file or the new one is there, whole.
struct LockFile: ~Copyable {
  /// The file that is to be replaced.
  let target: String
  /// The path to write the new file to, before `acquire()`.
  let prepared: String
  private let directory: String
  private var descriptor: Int32 = -1
  private var isLocked = false

  private static let marker = "sailplan-"
  /// For how long somebody else's lock is waited for: editors take the index for moments, again and again.
  private static let patience: UInt32 = 500_000
  /// The age in seconds at which a prepared file that nobody holds is taken for left behind.
  private static let leftoverAge = 600

  /// - Parameter directory: where the file is prepared: on the file system of `target`, and where git looks for nothing.
  init(for target: String, preparedIn directory: String) {
    self.target = target
    self.directory = directory
    let name = String(UInt64.random(in: .min ... .max), radix: 36)
    prepared = "\(directory)/\(LockFile.marker)\(name)"
  }

  deinit {
    if isLocked { unlink("\(target).lock") }
    unlink(prepared)
    if descriptor >= 0 { close(descriptor) }
  }

  /// The name that says that the target is locked.
  var lock: String { "\(target).lock" }

  /// Writes the whole of the prepared file.
  func prepare(_ bytes: ByteString) throws(GitError) {
    let file = open(prepared, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw failure(prepared) }
    defer { close(file) }
    guard bytes.withBytes({ write(file, $0.baseAddress, $0.count) }) == bytes.count else { throw failure(prepared) }
  }

  /// Locks the target; the prepared file must be complete.
  /// - Returns: whether that succeeded; not, if somebody else holds it for longer than we wait.
  mutating func acquire() throws(GitError) -> Bool {
    descriptor = open(prepared, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0, fsync(descriptor) == 0 else {
      throw failure(prepared)
    }
    var waited: UInt32 = 0
    while true {
      if link(prepared, lock) == 0 {
        isLocked = true
        return true
      }
      if errno != EEXIST { return try acquireWithoutLink() }
      LockFile.removeLeftovers(in: directory, lock: lock)
      if waited >= LockFile.patience { return false }
      let nap: UInt32 = waited == 0 ? 1000 : 10_000
      usleep(nap)
      waited += nap
    }
  }

  /// On a file system without second names. A lock that a killed run leaves has to be removed by hand there.
  private mutating func acquireWithoutLink() throws(GitError) -> Bool {
    let made = open(lock, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if made < 0 && errno == EEXIST { return false }
    guard made >= 0 else { throw failure(lock) }
    close(made)
    isLocked = true
    guard rename(prepared, lock) == 0 else { throw failure(lock) }
    return true
  }

  /// Makes the prepared file the target, and sees it to the disk.
  consuming func publish() throws(GitError) {
    guard isLocked else { return }
    guard rename(lock, target) == 0 else { throw failure(lock) }
    isLocked = false
    let slash = target.lastIndex(of: "/") ?? target.startIndex
    let parent = open(String(target[..<slash]), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if parent >= 0 {
      fsync(parent)
      close(parent)
    }
  }

  private func failure(_ path: String) -> GitError { GitError(system: path) }

  /// Removes what killed runs of ours left behind: a lock that no process holds, and files prepared long ago.
  private static func removeLeftovers(in directory: String, lock: String) {
    for name in names(in: directory) where name.hasPrefix(marker) {
      let path = "\(directory)/\(name)"
      let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      var facts = stat()
      guard fstat(descriptor, &facts) == 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
      // Only now: nobody else can take the lock away that this file is.
      var locked = stat()
      if lstat(lock, &locked) == 0, facts.st_ino == locked.st_ino, facts.st_dev == locked.st_dev {
        unlink(lock)
        unlink(path)
      } else if facts.st_mtim.tv_sec + leftoverAge < time(nil) {
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

extension GitError {
  /// What the system call that just failed says about `path`.
  init(system path: String) {
    self.init(.system, path, detail: String(cString: strerror(errno)))
  }
}
