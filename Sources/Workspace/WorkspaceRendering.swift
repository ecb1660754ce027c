package import Files

extension WorkspaceReader {
  /// Renders environments in memory, on as many threads as there are processors.
  /// - Parameter progress: called from time to time with how many are done.
  /// - Throws: everything that is wrong with any of them; then none counts as rendered.
  package func render(
    _ names: [EnvironmentName], progress: (Int) -> Void = { _ in }
  ) throws(Diagnostics) -> [RenderedEnvironment] {
    var rendered: [RenderedEnvironment] = []
    try render(names, progress: progress) { rendered += $0 }
    return rendered
  }

  /// Renders environments and hands them on in groups, in their order, so that not all have to be in memory at once.
  /// Once something is wrong with one, no more are handed on.
  /// - Throws: everything that is wrong with any of them; or what `body` throws.
  package func render(
    _ names: [EnvironmentName], progress: (Int) -> Void = { _ in },
    _ body: ([RenderedEnvironment]) throws(Diagnostics) -> Void
  ) throws(Diagnostics) {
    let plan = configuration.bundle == nil ? RenderPlan.embedded : RenderPlan(bundle: try bundle())
    let group = ParallelRendering(plan)
    var diagnostics = Diagnostics()
    var told: Set<Diagnostic> = []
    var done = 0
    while done < names.count {
      let part = names[done..<min(names.count, done + ParallelRendering.most)]
      let inputs = part.map { name in
        Result { () throws(Diagnostics) in try self.inputs(for: name) }
      }
      var rendered: [RenderedEnvironment] = []
      for result in group.render(inputs, progress: { progress(done + $0) }) {
        do throws(Diagnostics) {
          rendered.append(try result.get())
        } catch {
          // What is wrong with the bundle, or with what several inherit, is said once.
          for diagnostic in error.inTextOrder where told.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
        }
      }
      if !diagnostics.hasErrors { try body(rendered) }
      done += part.count
    }
    try diagnostics.throwIfErrors()
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
