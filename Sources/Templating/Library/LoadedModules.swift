import Files
import Starlark

/// What files gave that were loaded, so that none is run twice without need.
///
/// Ytt runs a file for each `load` of it. The values that it gives are frozen, so a second run gives equal ones: nobody
/// sees the difference but who compares functions of one file that was loaded twice, or prints while loading. Files that
/// print are run each time.
final class LoadedModules {
  private struct Module {
    /// Kept alive: its address is the key.
    let unit: SourceUnit
    let exports: Exports
    /// What is to be ended with it; nothing where the rendering does that.
    let programs: Modules?
  }

  private var modules: [ObjectIdentifier: Module] = [:]

  deinit { end() }

  func exports(of unit: SourceUnit) -> Exports? { modules[ObjectIdentifier(unit)]?.exports }

  func keep(_ exports: Exports, of unit: SourceUnit, _ programs: Modules? = nil) {
    modules[ObjectIdentifier(unit)] = Module(unit: unit, exports: exports, programs: programs)
  }

  /// Forgets all of them; their functions cannot be called any more.
  func end() {
    for module in modules.values { module.programs?.end() }
    modules = [:]
  }
}

extension RenderingRun {
  /// What else than the files that can be loaded the outcome of loading one depends on.
  struct LoadDependencies: OptionSet {
    let rawValue: Int
    /// The data values, or what can be read.
    static let data = LoadDependencies(rawValue: 1)
    /// This run, which it printed to, or whose nodes or libraries it has to do with.
    static let run = LoadDependencies(rawValue: 2)
  }

  /// What a file gave when it was loaded before; nothing if it has to be run.
  func loaded(_ file: Directory.File, _ root: Directory, by loader: TemplateLoader) -> Exports? {
    guard root === self.root else { return nil }
    if let exports = (shared?.modules ?? ownModules).exports(of: file.input.unit) { return exports }
    guard let exports = loader.modules.exports(of: file.input.unit) else { return nil }
    dependencies.insert(.data)
    return exports
  }

  /// Runs a file that is loaded, and keeps what it gives as long as that stays true: for other renderings, for this one,
  /// or not at all.
  func loading(
    _ file: Directory.File, _ root: Directory, by loader: TemplateLoader, _ run: () throws(Failure) -> Exports
  ) throws(Failure) -> Exports {
    let outer = dependencies
    let count = thread.moduleCount
    dependencies = []
    defer { dependencies.formUnion(outer) }
    let exports = try thread.loading(file.input.path, run)
    guard root === self.root else { return exports }
    if dependencies.isEmpty {
      (shared?.modules ?? ownModules).keep(exports, of: file.input.unit, thread.takeModules(since: count))
    } else if dependencies == .data, reads == nil {
      // While reads are noted the file is run again, so that they are noted each time.
      loader.modules.keep(exports, of: file.input.unit)
    }
    return exports
  }
}
