import Files
import Starlark

/// What files gave that were loaded, so that none is run twice without need.
///
/// Ytt runs a file for each `load` of it. The values that it gives are frozen, so a second run gives equal ones: nobody
/// sees the difference but who compares functions of one file that was loaded twice, or prints while loading. Files that
/// print are run each time.
final class LoadedModules {
  struct Module {
    /// Kept alive: its address is the key.
    let unit: SourceUnit
    let exports: Exports
    /// What it read of the data values, and goes on to read when its functions are called.
    let reads: ValueReads?
    /// What is to be ended with it; nothing where the rendering does that.
    let programs: Modules?
  }

  private var modules: [ObjectIdentifier: Module] = [:]

  deinit { end() }

  /// What a file gave when it was loaded before.
  subscript(unit: SourceUnit) -> Module? { modules[ObjectIdentifier(unit)] }

  func keep(_ module: Module) { modules[ObjectIdentifier(module.unit)] = module }

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

  /// What a file gives that is loaded: what it gave before, or what `run` makes of it. That is kept as long as it stays
  /// true: for other renderings, for this one, or not at all.
  func loading(
    _ file: Directory.File, _ root: Directory, by loader: TemplateLoader, _ run: () throws(Failure) -> Exports
  ) throws(Failure) -> Exports {
    guard root === self.root else { return try run() }
    let unit = file.input.unit
    let lasting = shared?.modules ?? ownModules
    if let known = lasting[unit] { return known.exports }
    if let known = loader.modules[unit] {
      dependencies.insert(.data)
      if let read = known.reads { reads?.include(read) }
      return known.exports
    }
    let outer = (dependencies: dependencies, reads: reads)
    let count = thread.moduleCount
    dependencies = []
    reads = outer.reads.map { _ in ValueReads(loader.values, by: loader) }
    defer {
      dependencies.formUnion(outer.dependencies)
      if let read = reads { outer.reads?.include(read) }
      reads = outer.reads
    }
    let exports = try run()
    if dependencies.isEmpty {
      let programs = thread.takeModules(since: count)
      lasting.keep(LoadedModules.Module(unit: unit, exports: exports, reads: nil, programs: programs))
    } else if dependencies == .data {
      loader.modules.keep(LoadedModules.Module(unit: unit, exports: exports, reads: reads, programs: nil))
    }
    return exports
  }
}
