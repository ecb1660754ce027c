import Files
import Glibc

/// Buffered writing to one of the process's streams.
///
/// Only the main thread writes. A reader that has gone away ends the process as it ends other programs: quietly, by
/// SIGPIPE, once the work in hand is done.
final class Output: @unchecked Sendable {
  static let standard = Output(descriptor: STDOUT_FILENO)
  static let error = Output(descriptor: STDERR_FILENO)

  /// How many bytes are gathered before they are written.
  private static let threshold = 1 << 16

  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var failure: Int32 = 0

  private init(descriptor: Int32) { self.descriptor = descriptor }

  /// Whether a person looks at it.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.threshold { flush() }
  }

  func write(_ bytes: ByteString) {
    bytes.withBytes { buffer.append(contentsOf: $0) }
    if buffer.count >= Self.threshold { flush() }
  }

  /// Writes what is buffered; after a failure everything further is dropped.
  func flush() {
    guard failure == 0 else { return buffer.removeAll() }
    var written = 0
    while written < buffer.count {
      let count = buffer[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        written += count
      } else if errno == EAGAIN {
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&ready, 1, -1)
      } else if errno != EINTR {
        failure = errno
        break
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes what is left of both streams at the end of the process.
  static func finish() {
    standard.finish()
    error.finish()
  }

  /// Writes what is left at the end of the process. Standard output that could not be written (a full disk behind a
  /// redirection) is an error of the command.
  func finish() {
    flush()
    guard failure != 0, descriptor == STDOUT_FILENO else { return }
    if failure == EPIPE {
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    }
    Output.error.write("error: cannot write to standard output: \(String(cString: strerror(failure)))\n")
    Output.error.flush()
    Glibc.exit(2)
  }
}
