import Glibc

/// A file that is open for as long as somebody refers to it.
package final class OpenFile: Sendable {
  package let path: String
  package let descriptor: Int32

  /// Opens a file for reading.
  package init(reading path: String) throws(Diagnostic) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannot("read", path, errno) }
    self.path = path
    self.descriptor = descriptor
  }

  /// Opens a file for reading and writing, or creates it, and keeps others from opening it so.
  /// - Throws: a diagnostic also where another process has it open.
  package init(writing path: String) throws(Diagnostic) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { throw .cannot("create", path, errno) }
    self.path = path
    self.descriptor = descriptor
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      throw Diagnostic("another process is writing \(path)", hint: "wait until it has ended")
    }
  }

  /// A new file that nobody else sees and that is gone once it is closed.
  /// - Parameter directory: where its bytes lie.
  package init(temporaryIn directory: String) throws(Diagnostic) {
    var template = Array("\(directory)/.sailplan-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw .cannot("create a file in", directory, errno) }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    self.path = directory
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// How many bytes it has.
  package var count: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// All of it.
  package var contents: ByteString {
    get throws(Diagnostic) {
      let size = count
      return try ByteString(capacity: size) { (out) throws(Diagnostic) in
        var done = 0
        while done < size {
          let count = try read(
            at: done, into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(out)[done...]))
          if count == 0 { break }
          done += count
        }
        return done
      }
    }
  }

  /// Fills `buffer` from `offset` on; gives how many bytes were there.
  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(Diagnostic) -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      if errno != EINTR { throw .cannot("read", path, errno) }
    }
  }

  /// Writes all of `bytes` at `offset`.
  package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(Diagnostic) {
    var done = 0
    while done < bytes.count {
      let count = pwrite(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done, off_t(offset + done))
      if count >= 0 { done += count } else if errno != EINTR { throw .cannot("write", path, errno) }
    }
  }

  /// Cuts it off, or fills it up with zeros.
  package func resize(to count: Int) throws(Diagnostic) {
    if ftruncate(descriptor, off_t(count)) != 0 { throw .cannot("write", path, errno) }
  }
}
