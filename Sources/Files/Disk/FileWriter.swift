import Glibc

/// A new file that is written from start to end.
package final class FileWriter {
  /// Where it is.
  package let path: String
  private var descriptor: Int32

  /// Creates a file that must not exist yet.
  /// - Parameter permissions: as `chmod` takes them, without those that the umask keeps from all files.
  package init(creating path: String, permissions: UInt32 = 0o666) throws(Diagnostic) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode_t(permissions))
    guard descriptor >= 0 else { throw .cannot("create", path, errno) }
    self.path = path
  }

  deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

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
