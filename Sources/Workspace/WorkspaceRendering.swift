package import Files

extension WorkspaceReader {
  /// Renders environments in memory.
  /// - Parameter progress: called before each environment with how many are done.
  /// - Throws: everything that is wrong with any of them; then none counts as rendered.
  package func render(
    _ names: [EnvironmentName], progress: (Int) -> Void = { _ in }
  ) throws(Diagnostics) -> [RenderedEnvironment] {
    let plan = RenderPlan(bundle: try bundle())
    var diagnostics = Diagnostics()
    var told: Set<Diagnostic> = []
    var rendered: [RenderedEnvironment] = []
    for (index, name) in names.enumerated() {
      progress(index)
      do throws(Diagnostics) {
        rendered.append(try plan.render(try inputs(for: name)))
      } catch {
        // What is wrong with the bundle, or with what several inherit, is said once.
        for diagnostic in error.list where told.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
      }
    }
    try diagnostics.throwIfErrors()
    return rendered
  }
}
