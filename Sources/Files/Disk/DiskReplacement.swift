import Glibc

/// A tree of files and a file beside it, written in full before either is put in the place of what is there.
///
/// The tree is written to a temporary directory beside its place and then exchanged with it by one system call, so
/// that whoever looks, and whoever is killed, finds the old tree or the new one. What is in the old tree and was not
/// made by us moves over untouched. Nothing is forced to the device: all of it can be rendered again, a verification
/// would show the damage of a power cut, and waiting for the disk costs more than the whole rendering.
package struct DiskReplacement: ~Copyable {
  private let parent: String
  private let name: String
  private let lock: Int32
  private var files: [(temporary: String, path: String)] = []
  private var isStaged = false
  private var isDone = false

  /// Takes hold of the place, waiting for another process that replaces the same tree, and clears away what one that
  /// was killed left behind.
  /// - Parameter path: where the tree is to stand. The directory above is created if it is missing.
  package init(path: String) throws(Diagnostic) {
    let (parent, name) = Self.split(path)
    let lock = try Self.take(parent)
    do {
      try Self.recover(parent: parent, name: name)
    } catch {
      close(lock)
      throw error
    }
    self.parent = parent
    self.name = name
    self.lock = lock
  }

  /// Clears away what a killed process left behind, where nothing is to be replaced.
  /// - Parameters:
  ///   - path: where the tree stands.
  ///   - file: the name of the file beside it; nothing where there is none.
  package static func clear(path: String, file: String?) throws(Diagnostic) {
    let (parent, name) = split(path)
    let left = [temporary(parent, name), old(parent, name)] + (file.map { [temporary(parent, $0)] } ?? [])
    var isClear = true
    for path in left where try Disk.kind(path) != nil { isClear = false }
    if isClear { return }
    // Whoever is still at work holds the place; what is left once we hold it, nobody is going to finish.
    let held = try DiskReplacement(path: path)
    if let file { try Disk.remove(temporary(parent, file)) }
    _ = consume held
  }

  private static func take(_ directory: String) throws(Diagnostic) -> Int32 {
    try Disk.createDirectory(directory)
    let lock = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard lock >= 0 else { throw .cannot("open", directory, errno) }
    // File systems without locks do not keep us from writing.
    while flock(lock, LOCK_EX) != 0 && errno == EINTR {}
    return lock
  }

  deinit {
    if !isDone {
      try? Disk.remove(temporary)
      for file in files { unlink(file.temporary) }
    }
    close(lock)
  }

  /// What the names of our temporary files and directories have in common: they begin with a dot, the name of what
  /// they are for, and this.
  package static let mark = ".sailplan-"

  private static func split(_ path: String) -> (parent: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
  }

  private var place: String { "\(parent)/\(name)" }
  private var temporary: String { Self.temporary(parent, name) }
  private var old: String { Self.old(parent, name) }

  private static func temporary(_ parent: String, _ name: String) -> String { "\(parent)/.\(name)\(mark)new" }
  private static func old(_ parent: String, _ name: String) -> String { "\(parent)/.\(name)\(mark)old" }

  /// Undoes or finishes what a killed process began.
  private static func recover(parent: String, name: String) throws(Diagnostic) {
    let old = old(parent, name)
    let place = "\(parent)/\(name)"
    if try Disk.kind(old) != nil {
      // Killed between the two renames that stand in for the exchange: the old tree is still the valid one.
      if try Disk.kind(place) == nil {
        if rename(old, place) != 0 { throw .cannot("restore", place, errno) }
      } else {
        try Disk.remove(old)
      }
    }
    try Disk.remove(temporary(parent, name))
  }

  // MARK: Staging

  /// Writes the new tree beside the old one.
  /// - Parameters:
  ///   - files: the new tree.
  ///   - owned: the paths in the old tree that are ours to remove; all others are kept.
  /// - Returns: what the system says of the files that were written, which is true as long as nobody changes them; of
  ///   those that were there before it is not known.
  /// - Throws: a diagnostic if something cannot be written; the old tree is untouched then.
  @discardableResult
  package mutating func stage(
    _ files: FileSet, owned: Set<ByteString>
  ) throws(Diagnostic) -> [ByteString: FileStatus] {
    let old: [ByteString: FileKind]
    switch try Disk.kind(place) {
    case nil: old = [:]
    case .directory?: old = try Disk.walk(place)
    case .link?: throw .inTheWay(place, "a symbolic link")
    default: throw .inTheWay(place, "no directory")
    }
    var directories = TemporaryDirectories(root: temporary)
    try directories.make(.empty)
    var written: [ByteString: FileStatus] = [:]
    for file in files.files {
      try directories.makeParent(of: file.path)
      written[file.path] = try write(file, reusing: old[file.path] == .file)
    }
    // Directories that hold something of their own, ours or not, need not be kept for themselves.
    let parents = Set(old.keys.map { $0.parent })
    for path in old.keys.sorted() where !owned.contains(path) && files[path] == nil {
      if old[path] != .directory {
        try directories.makeParent(of: path)
        if link("\(place)/\(path)", "\(temporary)/\(path)") != 0 { throw .cannot("keep", "\(place)/\(path)", errno) }
      } else if !parents.contains(path) {
        try directories.make(path)
      }
    }
    isStaged = true
    return written
  }

  /// Makes the directory that is going to be the new tree, empty, for whoever writes into it piece by piece. Nothing of the
  /// old tree is kept.
  /// - Parameter replaces: whether there may be an old tree, or something else, in the place.
  /// - Returns: its path until `publish`.
  /// - Throws: a diagnostic if something is in the place that may not be replaced.
  package mutating func stageDirectory(replacing replaces: Bool) throws(Diagnostic) -> String {
    if !replaces, let kind = try Disk.kind(place) {
      let isFree = kind == .directory ? try Disk.entries(place).isEmpty : false
      guard isFree else { throw .exists(place) }
    }
    if mkdir(temporary, 0o777) != 0 { throw .cannot("create the directory", temporary, errno) }
    isStaged = true
    return temporary
  }

  /// Writes a file that is to stand beside the tree.
  package mutating func stage(_ contents: ByteString, name: String) throws(Diagnostic) {
    let temporary = "\(parent)/.\(name)\(Self.mark)new"
    files.append((temporary, "\(parent)/\(name)"))
    unlink(temporary)
    try Disk.create(temporary, contents)
  }

  /// A file that stays the same is the same file afterwards: no bytes are written, and its time stays.
  /// - Returns: nothing for such a file, which losing its old name is going to change once more.
  private func write(_ file: FileSet.File, reusing isReusable: Bool) throws(Diagnostic) -> FileStatus? {
    let old = "\(place)/\(file.path)"
    let new = "\(temporary)/\(file.path)"
    if isReusable, let contents = try? Disk.read(old, limit: file.contents.count), contents == file.contents,
      link(old, new) == 0
    {
      return nil
    }
    return try Disk.create(new, file.contents)
  }

  // MARK: Publishing

  /// Puts what was staged in the place of what is there.
  /// - Throws: a diagnostic if the exchange is refused; the old tree is in its place then.
  package mutating func publish() throws(Diagnostic) {
    if isStaged { try exchange() }
    for file in files where rename(file.temporary, file.path) != 0 {
      throw .cannot("replace", file.path, errno)
    }
    isDone = true
    // The new tree is in place: what cannot be removed now is removed by the next run.
    try? Disk.remove(temporary)
    try? Disk.remove(old)
  }

  private func exchange() throws(Diagnostic) {
    if try Disk.kind(place) == nil {
      if rename(temporary, place) != 0 { throw .cannot("create", place, errno) }
    } else if !Disk.exchange(temporary, place) {
      // Some file systems cannot exchange two names. Between these two calls there is no tree in the place; a run that
      // finds it so restores the old one.
      if rename(place, old) != 0 { throw .cannot("replace", place, errno) }
      if rename(temporary, place) != 0 {
        let code = errno
        rename(old, place)
        throw .cannot("replace", place, code)
      }
    }
  }
}

/// The directories of a tree that is being written, each made once.
private struct TemporaryDirectories {
  let root: String
  private var made: Set<ByteString> = []

  init(root: String) { self.root = root }

  mutating func make(_ path: ByteString) throws(Diagnostic) {
    if made.contains(path) { return }
    if !path.isEmpty { try make(path.parent) }
    let full = path.isEmpty ? root : "\(root)/\(path)"
    if mkdir(full, 0o777) != 0 { throw .cannot("create the directory", full, errno) }
    made.insert(path)
  }

  mutating func makeParent(of path: ByteString) throws(Diagnostic) { try make(path.parent) }
}

extension ByteString {
  /// The path above; empty at the top.
  fileprivate var parent: ByteString {
    var end = count - 1
    while end > 0, self[end] != UInt8(ascii: "/") { end -= 1 }
    return end > 0 ? self[0..<end] : .empty
  }
}

extension Diagnostic {
  fileprivate static func inTheWay(_ path: String, _ what: String) -> Diagnostic {
    Diagnostic("cannot write \(path): it is \(what)", hint: "move it away, or render somewhere else with --output")
  }

  fileprivate static func exists(_ path: String) -> Diagnostic {
    Diagnostic(
      "\(path) exists, and something is in it", hint: "name another directory, or replace this one with --overwrite")
  }
}
