import Glibc

/// A thread with as little stack as threads have on some systems, to show that recursion ends in an error there.
/// Without optimisation functions need many times as much.
package enum SmallStack {
  #if DEBUG
  private static let size = 8 << 20
  #else
  private static let size = 256 << 10
  #endif

  /// Runs `body` on a thread of its own and gives its result; nothing if the thread cannot be made.
  package static func run(_ body: @escaping @Sendable () -> Bool) -> Bool? {
    let box = Box(body)
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, size)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument else { return nil }
        let box = Unmanaged<Box>.fromOpaque(argument).takeUnretainedValue()
        box.result = box.body()
        return nil
      }, Unmanaged.passUnretained(box).toOpaque())
    guard status == 0 else { return nil }
    pthread_join(thread, nil)
    return box.result
  }

  private final class Box: @unchecked Sendable {
    let body: @Sendable () -> Bool
    var result: Bool?

    init(_ body: @escaping @Sendable () -> Bool) { self.body = body }
  }
}
