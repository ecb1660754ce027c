import Files
import Synchronization

/// Does things that wait for a network on several threads.
enum CopyWork {
  /// What `body` makes of each number below `count`, in order.
  /// - Parameters:
  ///   - jobs: how many threads work.
  ///   - progress: called on the calling thread from time to time, with how many are begun.
  /// - Throws: the first failure; what is not begun by then is not begun.
  static func map<Output: Sendable>(
    _ count: Int, jobs: Int, progress: (Int) -> Void = { _ in },
    _ body: @escaping @Sendable (Int) throws(Diagnostics) -> Output
  ) throws(Diagnostics) -> [Output] {
    let work = ParallelWork<Output?>(count: count, neighbours: 1)
    let failure = Mutex<Diagnostics?>(nil)
    return try withoutActuallyEscaping(progress) { progress throws(Diagnostics) in
      let attempt: @Sendable (Int) -> Output? = { index in
        guard failure.withLock({ $0 == nil }) else { return nil }
        do throws(Diagnostics) {
          return try body(index)
        } catch {
          failure.withLock { $0 = $0 ?? error }
          return nil
        }
      }
      let outputs = work.outputs(
        jobs: jobs, elsewhere: { work.share(attempt) }, here: { work.share(progress: progress, attempt) })
      if let failure = failure.withLock({ $0 }) { throw failure }
      return outputs.compactMap(\.self)
    }
  }
}
