import Files

/// A module whose source is at hand: the one that is worked on, or one of those of a workspace.
struct MainModule: Sendable {
  var directory: String
  var file: ModuleFile

  var path: ByteString { file.path }
}

/// Which version of which module is used: the highest that any module asks for (minimal version selection), and what
/// replaces it.
final class ModuleRequirements {
  private let cache: ModuleCache
  /// Replacements with the directory that their paths start from.
  private let replacements: [(ModuleFile.Replacement, base: String)]
  private let mains: [MainModule]
  private var selected: [ByteString: ModuleVersion] = [:]
  private var isComplete: Bool

  /// The most modules whose `go.mod` is read.
  private static let most = 20_000

  init(mains: [MainModule], replacements: [(ModuleFile.Replacement, base: String)], cache: ModuleCache) {
    self.mains = mains
    self.replacements = replacements
    self.cache = cache
    // From Go 1.17 on a go.mod names all modules that packages come from.
    isComplete = mains.allSatisfy { $0.file.goMinorVersion >= 17 }
    for main in mains {
      for requirement in main.file.requirements { select(requirement) }
    }
  }

  private func select(_ requirement: ModuleFile.Requirement) {
    if let other = selected[requirement.path], other >= requirement.version { return }
    selected[requirement.path] = requirement.version
  }

  /// Where the module of that path lies; nothing if no module asks for it.
  ///
  /// What the main module does not name itself is looked up in what its dependencies ask for, which is read only then.
  func directory(of path: ByteString, includingIndirect: Bool) -> String? {
    if includingIndirect { complete() }
    guard let version = selected[path] else { return nil }
    return directory(of: path, version)
  }

  var isSearchedIndirectly: Bool { !isComplete }

  private func directory(of path: ByteString, _ version: ModuleVersion) -> String {
    guard let replacement = replacement(of: path, version) else { return cache.directory(of: path, version) }
    let (target, base) = replacement
    if let targetVersion = target.targetVersion { return cache.directory(of: target.target, targetVersion) }
    return Disk.path(target.target.text, below: base)
  }

  private func replacement(of path: ByteString, _ version: ModuleVersion) -> (ModuleFile.Replacement, base: String)? {
    let fitting = replacements.filter { $0.0.path == path }
    return fitting.first { $0.0.version == version } ?? fitting.first { $0.0.version == nil }
  }

  /// Follows the requirements of the modules that are required. Those whose go.mod is not there ask for nothing.
  private func complete() {
    if isComplete { return }
    isComplete = true
    let excluded = Set(mains.flatMap { $0.file.exclusions.map { $0.path.appending("@").appending($0.version.text) } })
    var open = mains.flatMap(\.file.requirements)
    var seen: Set<ByteString> = []
    while let requirement = open.popLast(), seen.count < Self.most {
      let key = requirement.path.appending("@").appending(requirement.version.text)
      guard !excluded.contains(key), seen.insert(key).inserted else { continue }
      select(requirement)
      guard let file = moduleFile(of: requirement) else { continue }
      open += file.requirements
    }
  }

  private func moduleFile(of requirement: ModuleFile.Requirement) -> ModuleFile? {
    var places = cache.moduleFiles(of: requirement.path, requirement.version)
    if replacement(of: requirement.path, requirement.version) != nil {
      places = ["\(directory(of: requirement.path, requirement.version))/go.mod"]
    }
    for place in places {
      if let file = try? ModuleFile.read(place) { return file }
    }
    return nil
  }

  /// The paths of all modules that are required, for patterns of import paths.
  var modulePaths: [ByteString] { selected.keys.sorted() }
}
