import Files
import Glibc
import Synchronization

/// Renders environments on several threads, and does with each what it is rendered for as soon as it is there, so that
/// few are in memory at a time. Each thread takes the next few that nobody has taken.
final class ParallelRendering<Output: Sendable>: Sendable {
  private let plan: RenderPlan
  private let names: [EnvironmentName]
  private let prepare: WorkspaceReader.Preparation<Output>
  /// The number of the first environment that nobody has taken.
  private let next = Atomic(0)
  private let made: Mutex<[Result<Output, Diagnostics>?]>
  /// What was read by other readers than that of the caller.
  private let read = Mutex<[ByteString: ByteString]>([:])

  /// How many neighbours a thread takes at a time: they are likely to have more in common than others.
  private static var taken: Int { 4 }

  init(_ plan: RenderPlan, _ names: [EnvironmentName], _ prepare: @escaping WorkspaceReader.Preparation<Output>) {
    self.plan = plan
    self.names = names
    self.prepare = prepare
    made = Mutex(Array(repeating: nil, count: names.count))
  }

  /// The results in the order of the names. What other readers than `reader` read is noted as read by it.
  /// - Parameter jobs: how many threads may render; nothing for as many as there are processors.
  func results(
    _ reader: WorkspaceReader, jobs: Int?, progress: (Int) -> Void
  ) -> [Result<Output, Diagnostics>] {
    let jobs = jobs ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let helpers = min(jobs, (names.count + Self.taken - 1) / Self.taken) - 1
    let open = reader.tree.opener
    // A thread that cannot be made, or cannot read, is missed by nobody: what it would have done others do.
    let threads = (0..<max(0, helpers)).compactMap { _ in
      WorkerThread { [self] in
        guard let tree = try? open(), let other = try? WorkspaceReader(tree) else { return }
        run(other) { _ in }
        read.withLock { $0.merge(other.contentsRead) { first, _ in first } }
      }
    }
    run(reader, progress: progress)
    for thread in threads { thread.join() }
    reader.note(read.withLock { $0 })
    return made.withLock { $0.compactMap(\.self) }
  }

  private func run(_ reader: WorkspaceReader, progress: (Int) -> Void) {
    let common = CommonWork()
    let finish = Result { () throws(Diagnostics) in try prepare(reader) }
    while true {
      let first = next.wrappingAdd(Self.taken, ordering: .relaxed).oldValue
      guard first < names.count else { return }
      progress(first)
      for index in first..<min(names.count, first + Self.taken) {
        let result = Result { () throws(Diagnostics) in
          try finish.get()(try plan.render(try reader.inputs(for: names[index]), common))
        }
        made.withLock { $0[index] = result }
      }
    }
  }
}
