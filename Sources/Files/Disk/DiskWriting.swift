import Glibc

extension Disk {
  /// The name beside `path` under which its new contents are written, until they take its place.
  package static func temporaryName(besides path: String) -> String {
    let slash = path.lastIndex(of: "/")
    let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
    let directory = slash.map { String(path[...$0]) } ?? ""
    return "\(directory).\(name)\(DiskReplacement.mark)new"
  }

  /// Puts what is at one path in the place of what is at another one of the same file system.
  package static func rename(_ path: String, to place: String) throws(Diagnostic) {
    if Glibc.rename(path, place) != 0 { throw .cannot("replace", place, errno) }
  }

  /// Writes a file beside `path` and puts it in its place: readers see the old contents or the new.
  package static func replace(_ path: String, with contents: ByteString) throws(Diagnostic) {
    let temporary = temporaryName(besides: path)
    unlink(temporary)
    do {
      try create(temporary, contents)
    } catch {
      unlink(temporary)
      throw error
    }
    do {
      try rename(temporary, to: path)
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Creates a file that must not exist yet. On an error it may be there in part.
  /// - Returns: what the system says of it, as long as nobody changes or renames it.
  @discardableResult
  package static func create(_ path: String, _ contents: ByteString) throws(Diagnostic) -> FileStatus {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { throw .cannot("create", path, errno) }
    var status = stat()
    let code = contents.withBytes { bytes -> Int32 in
      var written = 0
      while written < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
        if count >= 0 { written += count } else if errno != EINTR { return errno }
      }
      return fstat(descriptor, &status) == 0 ? 0 : errno
    }
    // Some file systems say only now that there was no room.
    let closed = close(descriptor) == 0 ? 0 : errno
    if code != 0 || closed != 0 { throw .cannot("write", path, code != 0 ? code : closed) }
    return FileStatus(status)
  }

  /// Removes what is at `path` with all that is in it; nothing there is fine. Links are removed, not followed.
  package static func remove(_ path: String) throws(Diagnostic) {
    switch try kind(path) {
    case nil: return
    case .directory?:
      for entry in try entries(path) { try remove("\(path)/\(entry.name)") }
      if rmdir(path) != 0 { throw .cannot("remove", path, errno) }
    default:
      if unlink(path) != 0 && errno != ENOENT { throw .cannot("remove", path, errno) }
    }
  }

  /// Everything below a directory: path below it → what it is. Links are not followed.
  package static func walk(_ directory: String) throws(Diagnostic) -> [ByteString: FileKind] {
    var found: [ByteString: FileKind] = [:]
    var open: [ByteString] = [.empty]
    while let path = open.popLast() {
      for entry in try entries(path.isEmpty ? directory : "\(directory)/\(path)") {
        let inner = path.isEmpty ? entry.name : path.appending("/").appending(entry.name)
        found[inner] = entry.kind
        if entry.kind == .directory { open.append(inner) }
      }
    }
    return found
  }

  /// Exchanges two names in one step (renameat2, Linux 3.15); false where the system or the file system cannot.
  static func exchange(_ one: String, _ other: String) -> Bool {
    // Swift's Glibc module leaves the function out, so it is asked for by name.
    typealias Function = @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    guard let symbol = dlsym(nil, "renameat2") else { return false }
    let function = unsafeBitCast(symbol, to: Function.self)
    let exchange: UInt32 = 1 << 1
    return function(AT_FDCWD, one, AT_FDCWD, other, exchange) == 0
  }
}
