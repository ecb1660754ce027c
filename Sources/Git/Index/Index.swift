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
  mutating func update(_ snapshot: Snapshot, files: [IndexFile], workTree: WorkTree) throws(GitError) -> Bool {
    var changed = Array(files.indices)
    if git_index_entrycount(handle) > 0 {
      try removeAll(but: files, snapshot)
      changed.removeAll { isCurrent(files[$0].entry) }
    }
    // In the order of the index: libgit2 moves all entries behind a new one.
    changed.sort { files[$0].entry.path < files[$1].entry.path }
    // The bytes of those that were not just written are read and named, which takes longer than all else here.
    let unknown = changed.filter { files[$0].status == nil }
    let found = ParallelWork<FileStatus?>.map(unknown.count) { workTree.status(of: files[unknown[$0]].entry) }
    var next = found.makeIterator()
    for index in changed {
      let file = files[index]
      try set(file.entry, file.status ?? next.next() ?? nil)
    }
    return isChanged
  }

  /// Removes entries at the snapshot's paths that are not wanted, and what a merge left of those that are.
  private mutating func removeAll(but files: [IndexFile], _ snapshot: Snapshot) throws(GitError) {
    let wanted = Set(files.map(\.entry.path))
    if git_index_has_conflicts(handle) != 0 {
      for path in wanted { try remove(path, stages: 1...3) }
    }
    for change in snapshot.changes {
      var paths = [change.path]
      switch change {
      case .file, .blob: break
      case .tree(let path, let tree, _): paths += tree.removed.map { path.appending("/").appending($0) }
      case .directory(let path, _): paths += self.paths(below: path)
      }
      for path in paths where !wanted.contains(path) { try remove(path, stages: 0...3) }
    }
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

  private mutating func remove(_ path: ByteString, stages: ClosedRange<Int32>) throws(GitError) {
    let name = path.text
    for stage in stages where git_index_get_bypath(handle, name, stage) != nil {
      try git("git_index_remove") { git_index_remove(handle, name, stage) }
      isChanged = true
    }
  }

  private func entry(at path: ByteString) -> git_index_entry? {
    path.withCString { git_index_get_bypath(handle, $0, 0)?.pointee }
  }

  /// Whether the index has the file as it is to be.
  private func isCurrent(_ file: TreeEntry) -> Bool {
    guard let old = entry(at: file.path) else { return false }
    let intended = UInt16(GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue)
    return old.mode == file.mode.number && ObjectID(old.id) == file.id && old.flags_extended & intended == 0
  }

  /// - Parameter status: what is to be remembered of the file in the work tree.
  private mutating func set(_ file: TreeEntry, _ status: FileStatus?) throws(GitError) {
    var flags: UInt16 = 0
    var entry = git_index_entry()
    entry.id = file.id.raw
    entry.mode = file.mode.number
    if let status {
      entry.ctime = git_index_time(status.changed)
      entry.mtime = git_index_time(status.modified)
      entry.dev = UInt32(truncatingIfNeeded: status.device)
      entry.ino = UInt32(truncatingIfNeeded: status.inode)
      entry.uid = status.owner
      entry.gid = status.group
      entry.file_size = UInt32(truncatingIfNeeded: status.size)
    } else if let old = self.entry(at: file.path) {
      flags = old.flags_extended & UInt16(GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue)
    }
    entry.flags_extended = flags
    do {
      try git("git_index_add") {
        file.path.withCString { name in
          entry.path = name
          return git_index_add(handle, &entry)
        }
      }
    } catch {
      throw error.about(file.path.text)
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
      if workTree.status(of: TreeEntry(path: path, mode: mode, id: ObjectID(entry.pointee.id))) != nil { continue }
      // libgit2 has no call for this but adding the entry anew, which would forget the trees of its directories.
      UnsafeMutablePointer(mutating: entry).pointee.file_size = 0
    }
  }
}

extension git_index_time {
  fileprivate init(_ time: timespec) {
    self.init(seconds: Int32(truncatingIfNeeded: time.tv_sec), nanoseconds: UInt32(truncatingIfNeeded: time.tv_nsec))
  }
}

extension ByteString {
  /// Lends the bytes with a zero behind them.
  fileprivate func withCString<R>(_ body: (UnsafePointer<CChar>) -> R) -> R {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: count + 1) { text in
      guard let start = text.baseAddress else { return body("") }
      withBytes { bytes in
        for at in 0..<bytes.count { start[at] = CChar(bitPattern: bytes[at]) }
      }
      start[count] = 0
      return body(start)
    }
  }
}
