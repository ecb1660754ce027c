package import Files

extension WorkspaceReader {
  /// Makes, for one of several threads, what is done with each environment that it renders; the reader is that thread's.
  package typealias Preparation<Output> =
    @Sendable (WorkspaceReader) throws(Diagnostics) -> (RenderedEnvironment) throws(Diagnostics) -> Output

  /// Renders environments in memory, and does something with each on the thread that rendered it; what that gives is
  /// kept, the environment is not.
  /// - Parameters:
  ///   - jobs: how many threads may render; nothing for as many as there are processors.
  ///   - progress: called from time to time with how many are done.
  ///   - prepare: called once on each thread.
  /// - Returns: what came of them, in the order of the names.
  /// - Throws: everything that is wrong with any of them.
  package func render<Output: Sendable>(
    _ names: [EnvironmentName], jobs: Int? = nil, progress: (Int) -> Void = { _ in },
    preparing prepare: @escaping Preparation<Output>
  ) throws(Diagnostics) -> [Output] {
    let plan = configuration.bundle == nil ? RenderPlan.embedded : RenderPlan(bundle: try bundle())
    var outputs: [Output] = []
    var diagnostics = Diagnostics()
    var told: Set<Diagnostic> = []
    for result in ParallelRendering(plan: plan, names: names, prepare: prepare).results(
      self, jobs: jobs, progress: progress)
    {
      do throws(Diagnostics) {
        outputs.append(try result.get())
      } catch {
        // What is wrong with the bundle, or with what several inherit, is said once.
        for diagnostic in error.inTextOrder where told.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
      }
    }
    try diagnostics.throwIfErrors()
    return outputs
  }

  /// Renders environments in memory.
  /// - Throws: everything that is wrong with any of them; then none counts as rendered.
  package func render(
    _ names: [EnvironmentName], jobs: Int? = nil, progress: (Int) -> Void = { _ in }
  ) throws(Diagnostics) -> [RenderedEnvironment] {
    try render(names, jobs: jobs, progress: progress) { _ in { rendered in rendered } }
  }
}

extension Diagnostics {
  /// Those about one file in the order of its text; else in the order in which they were found.
  fileprivate var inTextOrder: [Diagnostic] {
    var firstOfFile: [UInt32: Int] = [:]
    let ranked = list.enumerated().map { index, diagnostic -> (rank: Int, offset: UInt32, index: Int) in
      guard let start = diagnostic.range?.start else { return (index, 0, index) }
      let rank = firstOfFile[start.file] ?? index
      firstOfFile[start.file] = rank
      return (rank, start.offset, index)
    }
    return ranked.sorted { $0 < $1 }.map { list[$0.index] }
  }
}
