import Files

/// Finds the module, workspace or `GOPATH` that a directory belongs to, and reads its files once.
final class ScopeFinder {
  private let environment: GoEnvironment
  private var scopes: [String: ImportScope] = [:]

  private let root: GoRoot

  init(_ environment: GoEnvironment) {
    self.environment = environment
    root = GoRoot(environment)
  }

  /// The scope of the packages in `directory`, an absolute path.
  func scope(of directory: String) throws(Diagnostic) -> ImportScope {
    if environment.isModuleModeOff { return legacyScope() }
    guard let module = Self.nearest("go.mod", above: directory) else {
      if environment.searchPaths.contains(where: { directory.hasPrefix("\($0)/src/") }) { return legacyScope() }
      throw .noModule(directory)
    }
    if let work = workFile(above: directory), let scope = try workspace(work, containing: module) { return scope }
    if let known = scopes[module] { return known }
    let file = try ModuleFile.read(Disk.path("go.mod", below: module))
    let scope = ImportScope(
      [MainModule(directory: module, file: file)], replacements: file.replacements.map { ($0, base: module) },
      vendor: vendor(of: module, goMinorVersion: file.goMinorVersion), environment: environment, root: root)
    scopes[module] = scope
    return scope
  }

  /// What there is without modules.
  func legacyScope() -> ImportScope {
    if let known = scopes[""] { return known }
    let scope = ImportScope([], replacements: [], vendor: nil, environment: environment, root: root)
    scopes[""] = scope
    return scope
  }

  // MARK: Workspaces

  private func workFile(above directory: String) -> String? {
    switch environment.workFile {
    case "off": nil
    case let file?: file
    case nil: Self.nearest("go.work", above: directory).map { Disk.path("go.work", below: $0) }
    }
  }

  /// The workspace that `path` describes, if the module is one of its own.
  private func workspace(_ path: String, containing module: String) throws(Diagnostic) -> ImportScope? {
    let base = Disk.path("..", below: path)
    let file = try ModuleFile.read(path)
    let directories = file.uses.map { Disk.path($0.text, below: base) }
    guard directories.contains(module) else { return nil }
    if let known = scopes[path] { return known }
    var mains: [MainModule] = []
    var replacements = file.replacements.map { ($0, base: base) }
    for directory in directories {
      let main = try ModuleFile.read(Disk.path("go.mod", below: directory))
      replacements += main.replacements.map { ($0, base: directory) }
      mains.append(MainModule(directory: directory, file: main))
    }
    let scope = ImportScope(
      mains, replacements: replacements, vendor: vendor(of: base, goMinorVersion: file.goMinorVersion),
      environment: environment, root: root)
    scopes[path] = scope
    return scope
  }

  /// The vendor folder that Go uses without being told to, from Go 1.14 on, or because it was told to.
  private func vendor(of directory: String, goMinorVersion: Int) -> String? {
    let path = Disk.path("vendor", below: directory)
    switch environment.modFlag {
    case "vendor": return path
    case "mod", "readonly": return nil
    default: return goMinorVersion >= 14 && Disk.isDirectory(path) ? path : nil
    }
  }

  /// The closest directory, from `directory` upwards, that holds a file of that name.
  static func nearest(_ name: String, above directory: String) -> String? {
    var above = directory
    while true {
      if Disk.isFile(Disk.path(name, below: above)) { return above }
      if above == "/" || above.isEmpty { return nil }
      above = Disk.path("..", below: above)
    }
  }
}

extension Diagnostic {
  fileprivate static func noModule(_ directory: String) -> Diagnostic {
    Diagnostic(
      "\(directory) belongs to no Go module: there is no go.mod in it or above it",
      hint: "run it inside a module, or make one with 'go mod init'")
  }
}
