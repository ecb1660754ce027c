import Files
import Glibc
import Synchronization

/// Renders several environments at a time, each thread with what its environments have in common.
final class ParallelRendering {
  private let plan: RenderPlan
  /// One a thread. The first belongs to the thread that asks.
  private var work: [Worker] = []

  /// The most environments to render at once.
  static let most = 64
  /// A thread takes so many neighbours at a time: they are likely to have more in common than others.
  private static let taken = 4
  /// The stack of a thread, as large as that of a process usually is: calls of templates need it.
  private static let stackBytes = 8 << 20

  init(_ plan: RenderPlan) { self.plan = plan }

  /// The results in the order of the inputs; inputs that could not be read have failed already.
  func render(
    _ inputs: [Result<EnvironmentInputs, Diagnostics>], progress: (Int) -> Void
  ) -> [Result<RenderedEnvironment, Diagnostics>] {
    let task = Task(plan: plan, inputs: inputs)
    let count = max(1, min(Self.processors, (inputs.count + Self.taken - 1) / Self.taken))
    while work.count < count { work.append(Worker()) }
    var threads: [pthread_t] = []
    for worker in work[1..<count] {
      worker.task = task
      if let thread = worker.start(stackBytes: Self.stackBytes) { threads.append(thread) }
    }
    // Whatever no thread could be made for is done here.
    task.run(work[0].common, progress: progress)
    for thread in threads { pthread_join(thread, nil) }
    return task.results
  }

  private static let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// Environments of which each is rendered by the thread that comes first.
  private final class Task: Sendable {
    private let plan: RenderPlan
    private let inputs: [Result<EnvironmentInputs, Diagnostics>]
    private let next = Atomic(0)
    private let made: Mutex<[Result<RenderedEnvironment, Diagnostics>?]>

    init(plan: RenderPlan, inputs: [Result<EnvironmentInputs, Diagnostics>]) {
      self.plan = plan
      self.inputs = inputs
      made = Mutex(Array(repeating: nil, count: inputs.count))
    }

    func run(_ common: CommonWork, progress: (Int) -> Void = { _ in }) {
      while true {
        let first = next.wrappingAdd(ParallelRendering.taken, ordering: .relaxed).oldValue
        guard first < inputs.count else { return }
        progress(first)
        for index in first..<min(inputs.count, first + ParallelRendering.taken) {
          let result = inputs[index].flatMap { inputs in
            Result { () throws(Diagnostics) in try plan.render(inputs, common) }
          }
          made.withLock { $0[index] = result }
        }
      }
    }

    var results: [Result<RenderedEnvironment, Diagnostics>] { made.withLock { $0.compactMap(\.self) } }
  }

  /// A thread's own things, handed to it by whoever waits for its end.
  private final class Worker {
    let common = CommonWork()
    var task: Task?

    func start(stackBytes: Int) -> pthread_t? {
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      defer { pthread_attr_destroy(&attributes) }
      pthread_attr_setstacksize(&attributes, stackBytes)
      var thread = pthread_t()
      let argument = Unmanaged.passUnretained(self).toOpaque()
      let status = pthread_create(
        &thread, &attributes,
        { argument in
          guard let argument else { return nil }
          let worker = Unmanaged<Worker>.fromOpaque(argument).takeUnretainedValue()
          worker.task?.run(worker.common)
          worker.task = nil
          return nil
        }, argument)
      return status == 0 ? thread : nil
    }
  }
}
