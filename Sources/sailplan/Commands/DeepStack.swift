import Files
import Glibc
import Starlark

/// Room for more calls inside each other than fit on the stack that the process starts with.
enum DeepStack {
  /// What one call of a template's function takes at most, about.
  private static let bytesPerCall = 16 << 10

  /// Runs `body`: on a thread with room for `callDepth` calls if that is more than usual. Waits for its end.
  static func run(callDepth: Int, _ body: () throws -> Void) throws {
    guard callDepth > Limits().callDepth else { return try body() }
    var failure: (any Error)?
    try withoutActuallyEscaping(body) { body in
      let work = Work { do { try body() } catch { failure = error } }
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      defer { pthread_attr_destroy(&attributes) }
      let (bytes, isTooMuch) = callDepth.multipliedReportingOverflow(by: bytesPerCall)
      var thread = pthread_t()
      guard !isTooMuch, pthread_attr_setstacksize(&attributes, bytes) == 0,
        pthread_create(&thread, &attributes, work.start, Unmanaged.passUnretained(work).toOpaque()) == 0
      else {
        throw Diagnostic("there is no memory for \(callDepth) calls inside each other", hint: "lower --max-call-depth")
      }
      pthread_join(thread, nil)
    }
    if let failure { throw failure }
  }

  private final class Work {
    let body: () -> Void

    init(_ body: @escaping () -> Void) { self.body = body }

    let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
      if let argument { Unmanaged<Work>.fromOpaque(argument).takeUnretainedValue().body() }
      return nil
    }
  }
}
