import Glibc
import Synchronization

/// Makes something for each of many things on several threads, each of which takes the next few that nobody has taken.
package final class ParallelWork<Output: Sendable>: Sendable {
  private let count: Int
  private let neighbours: Int
  /// The number of the first that nobody has taken.
  private let next = Atomic(0)
  private let made: Mutex<[Output?]>

  /// - Parameter neighbours: how many a thread takes at a time.
  package init(count: Int, neighbours: Int) {
    self.count = count
    self.neighbours = neighbours
    made = Mutex(Array(repeating: nil, count: count))
  }

  /// What was made, in order.
  /// - Parameters:
  ///   - jobs: how many threads may work; nothing for as many as there are processors.
  ///   - elsewhere: what each thread does but the one that calls: it calls `share`.
  ///   - here: what that one does; it must call `share`.
  package func outputs(jobs: Int?, elsewhere: @escaping @Sendable () -> Void, here: () -> Void) -> [Output] {
    let jobs = jobs ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let others = min(jobs, (count + neighbours - 1) / neighbours) - 1
    // A thread that cannot be made is missed by nobody: what it would have done others do.
    let threads = (0..<max(0, others)).compactMap { _ in WorkerThread(elsewhere) }
    here()
    for thread in threads { thread.join() }
    return made.withLock { $0.compactMap(\.self) }
  }

  /// Makes one after the other on the current thread, until all are taken.
  /// - Parameter progress: called from time to time with how many are taken.
  package func share(progress: (Int) -> Void = { _ in }, _ make: (Int) -> Output) {
    while true {
      let first = next.wrappingAdd(neighbours, ordering: .relaxed).oldValue
      guard first < count else { return }
      progress(first)
      for index in first..<min(count, first + neighbours) {
        let output = make(index)
        made.withLock { $0[index] = output }
      }
    }
  }

  /// Makes all of them.
  package static func map(_ count: Int, neighbours: Int = 16, _ make: @escaping @Sendable (Int) -> Output) -> [Output] {
    let work = ParallelWork(count: count, neighbours: neighbours)
    return work.outputs(jobs: nil, elsewhere: { work.share(make) }, here: { work.share(make) })
  }
}
