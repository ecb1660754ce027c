import Synchronization

/// Makes something on another thread, while the one that wants it does something else.
package struct BackgroundWork<Output: ~Copyable & Sendable, Failure: Error>: ~Copyable {
  private final class Made: Sendable {
    private let result = Mutex<Result<Output, Failure>?>(nil)

    func make(_ make: () throws(Failure) -> Output) {
      result.withLock { $0 = Result(catching: make) }
    }

    func take() -> Result<Output, Failure>? { result.withLock { $0.take() } }
  }

  private let made = Made()
  private let make: @Sendable () throws(Failure) -> Output
  private var thread: WorkerThread?

  /// Begins at once.
  package init(_ make: @escaping @Sendable () throws(Failure) -> Output) {
    self.make = make
    thread = WorkerThread { [made] in made.make(make) }
  }

  /// Waits for the end of it.
  deinit { thread?.join() }

  /// What was made, once it is; made here where there was no thread for it, or a second time where it was taken already.
  package mutating func output() throws(Failure) -> Output {
    thread?.join()
    thread = nil
    guard let result = made.take() else { return try make() }
    return try result.get()
  }
}
