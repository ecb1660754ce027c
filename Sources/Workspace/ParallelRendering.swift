import Files
import Glibc
import Synchronization

/// Renders environments on as many threads as there are processors. Each takes the next few that nobody has taken.
final class ParallelRendering: Sendable {
  private let plan: RenderPlan
  private let inputs: [Result<EnvironmentInputs, Diagnostics>]
  /// The number of the first environment that nobody has taken.
  private let next = Atomic(0)
  private let made: Mutex<[Result<RenderedEnvironment, Diagnostics>?]>

  /// How many neighbours a thread takes at a time: they are likely to have more in common than others.
  private static let taken = 4
  /// The stack of a thread, as large as that of a process usually is: calls of templates need it.
  private static let stackBytes = 8 << 20

  /// - Parameter inputs: those that could not be read have failed already.
  init(_ plan: RenderPlan, _ inputs: [Result<EnvironmentInputs, Diagnostics>]) {
    self.plan = plan
    self.inputs = inputs
    made = Mutex(Array(repeating: nil, count: inputs.count))
  }

  /// The results in the order of the inputs.
  func results(progress: (Int) -> Void) -> [Result<RenderedEnvironment, Diagnostics>] {
    let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let helpers = min(processors, (inputs.count + Self.taken - 1) / Self.taken) - 1
    // A thread that cannot be made is missed by nobody: what it would have done others do.
    let threads = (0..<max(0, helpers)).compactMap { _ in start() }
    run(progress: progress)
    for thread in threads { pthread_join(thread, nil) }
    return made.withLock { $0.compactMap(\.self) }
  }

  private func start() -> pthread_t? {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, Self.stackBytes)
    var thread = pthread_t()
    // Whoever starts a thread waits for its end, and is there as long.
    let argument = Unmanaged.passUnretained(self).toOpaque()
    let status = pthread_create(
      &thread, &attributes,
      { argument in
        if let argument { Unmanaged<ParallelRendering>.fromOpaque(argument).takeUnretainedValue().run() }
        return nil
      }, argument)
    return status == 0 ? thread : nil
  }

  private func run(progress: (Int) -> Void = { _ in }) {
    let common = CommonWork()
    while true {
      let first = next.wrappingAdd(Self.taken, ordering: .relaxed).oldValue
      guard first < inputs.count else { return }
      progress(first)
      for index in first..<min(inputs.count, first + Self.taken) {
        let result = inputs[index].flatMap { inputs in
          Result { () throws(Diagnostics) in try plan.render(inputs, common) }
        }
        made.withLock { $0[index] = result }
      }
    }
  }
}
