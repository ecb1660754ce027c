package import Files

extension WorkspaceReader {
  /// Renders environments in memory, on as many threads as there are processors.
  /// - Parameter progress: called from time to time with how many are done.
  /// - Throws: everything that is wrong with any of them; then none counts as rendered.
  package func render(
    _ names: [EnvironmentName], progress: (Int) -> Void = { _ in }
  ) throws(Diagnostics) -> [RenderedEnvironment] {
    let plan = configuration.bundle == nil ? RenderPlan.embedded : RenderPlan(bundle: try bundle())
    let inputs = names.map { name in
      Result { () throws(Diagnostics) in try self.inputs(for: name) }
    }
    var rendered: [RenderedEnvironment] = []
    var diagnostics = Diagnostics()
    var told: Set<Diagnostic> = []
    for result in ParallelRendering(plan, inputs).results(progress: progress) {
      do throws(Diagnostics) {
        rendered.append(try result.get())
      } catch {
        // What is wrong with the bundle, or with what several inherit, is said once.
        for diagnostic in error.inTextOrder where told.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
      }
    }
    try diagnostics.throwIfErrors()
    return rendered
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
