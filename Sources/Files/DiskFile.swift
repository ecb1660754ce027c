import Glibc

/// An open file that is read or written piece by piece, for what is too large to be held in memory.
package final class DiskFile {
  /// Where it is.
  package let path: String
  private var descriptor: Int32

  /// Opens a file to be read from its start, links followed.
  package init(reading path: String) throws(Diagnostic) {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .cannot("read", path, errno) }
    self.path = path
  }

  /// Creates a file that must not exist yet.
  /// - Parameter permissions: as `chmod` takes them, without those that the umask keeps from all files.
  package init(creating path: String, permissions: UInt32 = 0o666) throws(Diagnostic) {
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode_t(permissions))
    guard descriptor >= 0 else { throw .cannot("create", path, errno) }
    self.path = path
  }

  deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

  /// Reads what comes next.
  /// - Returns: how many bytes were read; 0 at the end.
  package func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Diagnostic) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw .cannot("read", path, errno) }
    }
  }

  /// Writes all of `bytes` behind what was written before.
  package func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      if count >= 0 { written += count } else if errno != EINTR { throw .cannot("write", path, errno) }
    }
  }

  /// Says that all is written. Some file systems say only now that there was no room.
  package func close() throws(Diagnostic) {
    let closed = Glibc.close(descriptor)
    descriptor = -1
    if closed != 0 { throw .cannot("write", path, errno) }
  }
}
