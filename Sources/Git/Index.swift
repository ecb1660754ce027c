import Files
internal import Clibgit2
import Glibc

/// The index of a work tree, being brought in line with a new commit at our paths.
///
/// It is changed in a copy: see `IndexTransaction`.
struct Index: ~Copyable {
  private let handle: OpaquePointer
  /// The file that libgit2 reads and writes: our copy.
  private let path: String
  /// When the index was written: files changed at that time or later may differ though their times match.
  private let written: timespec
  private var isChanged = false

  private init(of original: String, copy path: String, written: timespec) throws(GitError) {
    var made: OpaquePointer?
    do {
      try git("git_index_open") { git_index_open(&made, path) }
    } catch {
      let isFormat = error.detail?.hasPrefix("unsupported ") ?? false
      throw error.about(original, as: isFormat ? .unsupportedIndex : .unreadableIndex)
    }
    guard let made else { throw GitError(.unreadableIndex, original, function: "git_index_open") }
    handle = made
    self.path = path
    self.written = written
  }

  /// Reads a copy of the index `original`, which was written at `written`.
  static func open(_ original: String, copy path: String, written: timespec) throws(GitError) -> Index {
    try Index(of: original, copy: path, written: written)
  }

  deinit { git_index_free(handle) }

  /// Has the index name exactly `files` at the snapshot's paths, with what `workTree` says about each.
  /// - Returns: whether that changes anything.
  mutating func update(_ snapshot: Snapshot, files: [TreeEntry], workTree: WorkTree) throws(GitError) -> Bool {
    let wanted = Set(files.map(\.path))
    for change in snapshot.changes {
      switch change {
      case .file(let path, let contents, _):
        try remove([path], keeping: contents == nil ? [] : wanted)
      case .blob(let path, _): try remove([path], keeping: wanted)
      case .tree(let path, let tree):
        try remove(tree.removed.map { path.appending("/").appending($0) }, keeping: [])
        try remove([path] + tree.files.map { path.appending("/").appending($0.path) }, keeping: wanted)
      case .directory(let path, _):
        try remove([path], keeping: [])
        try remove(paths(below: path), keeping: wanted)
      }
    }
    let changed = files.filter { !isCurrent($0) }
    // Their bytes are read and named, which takes longer than all else here.
    let facts = ParallelWork<stat?>.map(changed.count) { workTree.facts(of: changed[$0]) }
    for (file, facts) in zip(changed, facts) { try set(file, facts) }
    return isChanged
  }

  /// Writes the copy; whatever others have changed stays as they left it.
  func write(_ workTree: WorkTree) throws(GitError) {
    distrustRecent(workTree)
    do {
      try git("git_index_write") { git_index_write(handle) }
    } catch {
      throw error.about(path, as: .system)
    }
  }

  private func paths(below directory: ByteString) -> [ByteString] {
    let prefix = directory.appending("/")
    var at = 0
    guard git_index_find_prefix(&at, handle, prefix.text) == 0 else { return [] }
    var paths: [ByteString] = []
    while let entry = git_index_get_byindex(handle, at), let name = entry.pointee.path {
      let path = ByteString(UnsafeRawBufferPointer(start: name, count: strlen(name)))
      guard path.hasPrefix(prefix) else { break }
      if paths.last != path { paths.append(path) }
      at += 1
    }
    return paths
  }

  /// Removes entries, and of those kept whatever a merge left of them.
  private mutating func remove(_ paths: [ByteString], keeping kept: Set<ByteString>) throws(GitError) {
    for path in paths {
      let name = path.text
      for stage in Int32(0)...3 where stage > 0 || !kept.contains(path) {
        guard git_index_get_bypath(handle, name, stage) != nil else { continue }
        try git("git_index_remove") { git_index_remove(handle, name, stage) }
        isChanged = true
      }
    }
  }

  /// Whether the index has the file as it is to be.
  private func isCurrent(_ file: TreeEntry) -> Bool {
    guard let old = git_index_get_bypath(handle, file.path.text, 0)?.pointee else { return false }
    let intended = UInt16(GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue)
    return old.mode == file.mode.number && ObjectID(old.id) == file.id && old.flags_extended & intended == 0
  }

  /// - Parameter facts: what is to be remembered of the file in the work tree.
  private mutating func set(_ file: TreeEntry, _ facts: stat?) throws(GitError) {
    let name = file.path.text
    let old = git_index_get_bypath(handle, name, 0)?.pointee
    var flags = (old?.flags_extended ?? 0) & UInt16(GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue)
    var entry = git_index_entry()
    entry.id = file.id.raw
    entry.mode = file.mode.number
    if let facts {
      flags = 0
      entry.ctime = git_index_time(
        seconds: Int32(truncatingIfNeeded: facts.st_ctim.tv_sec), nanoseconds: UInt32(facts.st_ctim.tv_nsec))
      entry.mtime = git_index_time(
        seconds: Int32(truncatingIfNeeded: facts.st_mtim.tv_sec), nanoseconds: UInt32(facts.st_mtim.tv_nsec))
      entry.dev = UInt32(truncatingIfNeeded: facts.st_dev)
      entry.ino = UInt32(truncatingIfNeeded: facts.st_ino)
      entry.uid = facts.st_uid
      entry.gid = facts.st_gid
      entry.file_size = UInt32(truncatingIfNeeded: facts.st_size)
    }
    entry.flags_extended = flags
    do {
      try git("git_index_add") {
        name.withCString { name in
          entry.path = name
          return git_index_add(handle, &entry)
        }
      }
    } catch {
      throw error.about(name)
    }
    isChanged = true
  }

  /// Git compares a file with its blob where the file is not older than the index. A new index is newer than files
  /// that the old one was not: unless they hold what the index says, their sizes are set to zero, by which git knows
  /// that it still has to compare.
  private func distrustRecent(_ workTree: WorkTree) {
    let added = UInt16(GIT_INDEX_ENTRY_UPTODATE.rawValue)
    for at in 0..<git_index_entrycount(handle) {
      guard let entry = git_index_get_byindex(handle, at), let name = entry.pointee.path else { break }
      let time = entry.pointee.mtime
      let (seconds, nanoseconds) = (Int(time.seconds), Int(time.nanoseconds))
      let isRecent =
        seconds > written.tv_sec || (seconds == written.tv_sec && nanoseconds >= written.tv_nsec)
      let mode = FileMode(entry.pointee.mode)
      guard isRecent, mode == .file || mode == .executable, entry.pointee.flags_extended & added == 0 else { continue }
      let path = ByteString(UnsafeRawBufferPointer(start: name, count: strlen(name)))
      if workTree.facts(of: TreeEntry(path: path, mode: mode, id: ObjectID(entry.pointee.id))) != nil { continue }
      // libgit2 has no call for this but adding the entry anew, which would forget the trees of its directories.
      UnsafeMutablePointer(mutating: entry).pointee.file_size = 0
    }
  }
}
