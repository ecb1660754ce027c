import Glibc

/// Where the native stack of a thread of the machine ends: to be found out once for many evaluations on that thread.
package struct StackBounds {
  let `guard` = StackGuard()

  /// Those of the current thread.
  package init() {}
}

/// Knows where the native stack of the current thread ends, so that deep recursion is an error and not a crash.
struct StackGuard {
  /// The lowest address that may still be used.
  private let lowest: UInt

  /// What is left for code that does not look.
  private static let reserve: UInt = 128 << 10

  /// What a thread is believed to have where nobody tells.
  private static let modest: UInt = 384 << 10

  /// The guard of the current thread.
  init() {
    // Of the main thread, glibc knows by reading through /proc/self/maps: slower than running a small program.
    self = Self.isMainThread ? Self.mainThread : StackGuard(current: ())
  }

  private static let mainThread = StackGuard(current: ())

  private init(current: ()) {
    var attributes = pthread_attr_t()
    var base: UnsafeMutableRawPointer?
    var size = 0
    guard let getAttributes = Self.getAttributes, getAttributes(pthread_self(), &attributes) == 0 else {
      var marker: UInt8 = 0
      lowest = withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) } &- Self.modest &+ Self.reserve
      return
    }
    pthread_attr_getstack(&attributes, &base, &size)
    pthread_attr_destroy(&attributes)
    // A main thread's stack is given as it may grow; never believe in more than 64 MiB of it.
    let top = UInt(bitPattern: base) &+ UInt(size)
    let usable = Self.isMainThread ? min(UInt(size), 64 << 20) : UInt(size)
    lowest = top &- usable &+ min(Self.reserve, usable / 3)
  }

  private typealias GetAttributes = @convention(c) (pthread_t, UnsafeMutablePointer<pthread_attr_t>) -> Int32

  /// `pthread_getattr_np`, which Glibc's module hides because it is not in POSIX.
  private static let getAttributes: GetAttributes? = dlsym(nil, "pthread_getattr_np").map {
    unsafeBitCast($0, to: GetAttributes.self)
  }

  private static var isMainThread: Bool { getThread.map { $0() == getpid() } ?? false }

  /// `gettid`, which the module hides for the same reason.
  private static let getThread: (@convention(c) () -> pid_t)? = dlsym(nil, "gettid").map {
    unsafeBitCast($0, to: (@convention(c) () -> pid_t).self)
  }

  /// Whether a few more calls fit.
  var hasRoom: Bool {
    var marker: UInt8 = 0
    return withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) > lowest }
  }

  /// The same, for a caller that knows an address on the current stack.
  @inline(__always)
  func hasRoom(at address: UnsafeMutableRawPointer) -> Bool { UInt(bitPattern: address) > lowest }
}
