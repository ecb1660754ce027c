import Glibc

/// The one place that reads and writes files.
///
/// Paths are the operating system's; a relative one starts at the process's working directory. Every error is a
/// diagnostic that names the path and says what to do.
package enum Disk {
  /// The whole file at `path`, links followed.
  /// - Parameter limit: the most bytes that it may have.
  /// - Throws: a diagnostic if it is missing, unreadable, a directory or another thing without contents, or too large.
  package static func read(_ path: String, limit: Int) throws(Diagnostic) -> ByteString {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .cannot("read", path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .cannot("read", path, errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .notAFile(path, "a directory")
    default: throw .notAFile(path, "no ordinary file")
    }
    let size = Int(status.st_size)
    guard size <= limit else { throw .tooLarge(path, size: size, limit: limit) }
    return try fill(descriptor, path, expected: size, limit: limit)
  }

  /// What comes out of the pipe at `path`, links followed, once somebody writes to it.
  /// - Throws: a diagnostic if it cannot be read or gives more than `limit` bytes.
  package static func readPipe(_ path: String, limit: Int) throws(Diagnostic) -> ByteString {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannot("read", path, errno) }
    defer { close(descriptor) }
    return try fill(descriptor, path, expected: 1 << 16, limit: limit)
  }

  /// Standard input to its end.
  /// - Throws: a diagnostic if it cannot be read or is longer than `limit` bytes.
  package static func readStandardInput(limit: Int) throws(Diagnostic) -> ByteString {
    try fill(STDIN_FILENO, "standard input", expected: 1 << 16, limit: limit)
  }

  /// Reads to the end, which may lie elsewhere than `expected` says: the file may be written to, or be a pipe.
  private static func fill(
    _ descriptor: Int32, _ path: String, expected: Int, limit: Int
  ) throws(Diagnostic) -> ByteString {
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: min(expected, limit) + 1) { buffer, count in
      count = 0
      while count < buffer.count {
        let got = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
        if got > 0 {
          count += got
        } else if got == 0 {
          break
        } else if errno != EINTR {
          code = errno
          break
        }
      }
    }
    guard code == 0 else { throw .cannot("read", path, code) }
    if bytes.count <= expected { return ByteString(bytes) }
    guard bytes.count <= limit else { throw .tooLarge(path, size: bytes.count, limit: limit) }
    let rest = try fill(descriptor, path, expected: max(expected, 1 << 16), limit: limit - bytes.count)
    return ByteString(bytes).appending(rest)
  }
}

// MARK: Directories

extension Disk {
  /// What stands at `path`, itself and not what it links to; nothing if there is nothing.
  package static func kind(_ path: String) throws(Diagnostic) -> FileKind? {
    var status = stat()
    if lstat(path, &status) == 0 { return kind(ofMode: status.st_mode) }
    if errno == ENOENT || errno == ENOTDIR { return nil }
    throw .cannot("look at", path, errno)
  }

  /// Whether a pipe stands at `path`, links followed: one of the shell's (`<(command)`), or one with a name.
  package static func isPipe(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }

  /// How many bytes the file at `path` has, links followed.
  package static func size(_ path: String) throws(Diagnostic) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .cannot("look at", path, errno) }
    return Int(status.st_size)
  }

  static func kind(ofMode mode: mode_t) -> FileKind {
    switch mode & S_IFMT {
    case S_IFREG: mode & S_IXUSR == 0 ? .file : .executable
    case S_IFDIR: .directory
    case S_IFLNK: .link
    default: .other
    }
  }

  /// What the directory at `path` holds, in the order of the names' bytes, without `.` and `..`.
  /// - Throws: a diagnostic if it is missing, no directory, or unreadable.
  package static func entries(_ path: String) throws(Diagnostic) -> [DirectoryEntry] {
    guard let directory = opendir(path) else { throw .cannot("list", path, errno) }
    defer { closedir(directory) }
    var entries: [DirectoryEntry] = []
    while true {
      errno = 0
      guard let entry = readdir(directory) else {
        if errno != 0 { throw .cannot("list", path, errno) }
        break
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          ByteString(UnsafeRawBufferPointer(start: $0, count: strnlen($0, 256)))
        }
      }
      if name == "." || name == ".." { continue }
      var status = stat()
      let kind: FileKind
      if entry.pointee.d_type == UInt8(DT_DIR) {
        kind = .directory
      } else if entry.pointee.d_type == UInt8(DT_LNK) {
        kind = .link
      } else if fstatat(dirfd(directory), name.text, &status, AT_SYMLINK_NOFOLLOW) == 0 {
        kind = self.kind(ofMode: status.st_mode)
      } else {
        kind = .other
      }
      entries.append(DirectoryEntry(name: name, kind: kind))
    }
    return entries.sorted { $0.name < $1.name }
  }

  /// Where the link at `path` points, as it says so itself.
  package static func linkTarget(_ path: String) throws(Diagnostic) -> ByteString {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { readlink(path, $0.assumingMemoryBound(to: CChar.self), bytes.count) } ?? -1
    }
    guard count >= 0 else { throw .cannot("read the link", path, errno) }
    return ByteString(buffer[..<count])
  }

  /// Creates the directory and those above it that are missing.
  package static func createDirectory(_ path: String) throws(Diagnostic) {
    if mkdir(path, 0o777) == 0 { return }
    switch errno {
    case EEXIST:
      var status = stat()
      if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
      throw .cannot("create the directory", path, ENOTDIR)
    case ENOENT where path.contains("/"):
      let parent = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
      guard !parent.isEmpty, parent != path else { throw .cannot("create the directory", path, ENOENT) }
      try createDirectory(parent)
      if mkdir(path, 0o777) != 0 && errno != EEXIST { throw .cannot("create the directory", path, errno) }
    case let code: throw .cannot("create the directory", path, code)
    }
  }

  /// The process's working directory.
  package static func workingDirectory() throws(Diagnostic) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    guard buffer.withUnsafeMutableBufferPointer({ $0.baseAddress.map { getcwd($0, Int(PATH_MAX)) } ?? nil }) != nil
    else {
      throw .cannot("find", "the working directory", errno)
    }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension Diagnostic {
  /// What the operating system refused: `verb` is what was to be done with `path`, `code` its error number.
  package static func cannot(_ verb: String, _ path: String, _ code: Int32) -> Diagnostic {
    let hint: String? =
      switch code {
      case EACCES, EPERM: "check the permissions of the file and of the directories above it"
      case ENOSPC, EDQUOT: "free some space; what was there before is untouched"
      case EROFS: "the file system is mounted read-only"
      case ELOOP: "the path leads in a circle of symbolic links"
      case EMFILE, ENFILE: "raise the limit of open files (ulimit -n)"
      default: nil
      }
    return Diagnostic("cannot \(verb) \(path): \(reason(code))", hint: hint)
  }

  /// In our words, so that they do not change with the locale.
  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "there is no such file or directory"
    case EACCES, EPERM: "permission denied"
    case ENOTDIR: "something in the path is not a directory"
    case EISDIR: "it is a directory"
    case EEXIST: "it exists already"
    case ENOSPC, EDQUOT: "no space left on the device"
    case EROFS: "the file system is read-only"
    case ELOOP: "too many symbolic links"
    case ENAMETOOLONG: "the name is too long"
    default: String(cString: strerror(code))
    }
  }

  fileprivate static func notAFile(_ path: String, _ what: String) -> Diagnostic {
    Diagnostic("cannot read \(path): it is \(what)", hint: "put a file there")
  }

  fileprivate static func tooLarge(_ path: String, size: Int, limit: Int) -> Diagnostic {
    Diagnostic("cannot read \(path): it is too large (\(size) bytes, at most \(limit) are read)")
  }
}
