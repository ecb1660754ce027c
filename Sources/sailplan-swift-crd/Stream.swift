import Files
import Glibc

/// Where text goes.
enum Stream: Int32 {
  case output = 1
  case error = 2

  /// Writes all of it; who has gone away reads nothing.
  func write(_ text: ByteString) {
    text.withBytes { bytes in
      var written = 0
      while written < bytes.count {
        let count = Glibc.write(rawValue, bytes.baseAddress?.advanced(by: written), bytes.count - written)
        if count >= 0 { written += count } else if errno != EINTR { return }
      }
    }
  }
}
