import Files
import Glibc
import Synchronization

/// Signals that ask a program which runs until it is told otherwise to end: SIGINT, SIGTERM, SIGHUP. They interrupt
/// nothing; whoever waits looks at the descriptor.
struct Interruption {
  /// Where there is something to read once a signal came.
  let descriptor: Int32

  /// Where the signal handlers write to.
  private static let signalled = Atomic<Int32>(-1)

  /// Catches the signals from now on. Once for a process.
  init() throws(Diagnostic) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Diagnostic("cannot make a pipe: \(String(cString: strerror(errno)))") }
    descriptor = ends[0]
    Self.signalled.store(ends[1], ordering: .sequentiallyConsistent)
    var caught = sigset_t()
    sigemptyset(&caught)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      sigaddset(&caught, number)
      signal(number) { _ in
        var byte: UInt8 = 0
        _ = Glibc.write(Interruption.signalled.load(ordering: .sequentiallyConsistent), &byte, 1)
      }
    }
    // Whoever started us may have blocked them.
    pthread_sigmask(SIG_UNBLOCK, &caught, nil)
  }
}
