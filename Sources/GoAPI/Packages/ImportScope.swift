import Files

/// Where imports lead from a set of packages: from those of one main module, of a workspace, or of a `GOPATH`.
final class ImportScope {
  /// A package that was found, or where it was not.
  enum Location {
    case directory(String)
    case missing(places: [String])
  }

  private let environment: GoEnvironment
  private let root: GoRoot
  /// Empty where there are no modules.
  let mains: [MainModule]
  private let requirements: ModuleRequirements
  /// The folder that holds all dependencies, if it is what counts.
  private let vendor: String?
  /// Packages that have been loaded from here, by import path.
  var packages: [ByteString: GoPackage] = [:]
  /// The names of packages that were looked at for nothing else; nothing for those that cannot be found.
  var names: [ByteString: ByteString?] = [:]

  init(
    _ mains: [MainModule], replacements: [(ModuleFile.Replacement, base: String)], vendor: String?,
    environment: GoEnvironment, root: GoRoot
  ) {
    self.root = root
    self.mains = mains
    self.vendor = vendor
    self.environment = environment
    requirements = ModuleRequirements(
      mains: mains, replacements: replacements, cache: ModuleCache(directory: environment.moduleCache))
  }

  /// Finds the package of an import path.
  /// - Parameter directory: where the importing package is; folders named `vendor` above it count without modules.
  func locate(_ path: ByteString, from directory: String) -> Location {
    var places: [String] = []
    func found(_ directory: String) -> Bool {
      if SourceDirectory.fileNames(directory, environment.build) != nil { return true }
      places.append(directory)
      return false
    }
    for (prefix, rest) in path.modulePrefixes {
      for main in mains where main.path == prefix {
        let directory = main.directory + rest
        if found(directory) { return .directory(directory) }
      }
    }
    if path.isStandard {
      if let root = root.directory, found("\(root)/src/\(path)") { return .directory("\(root)/src/\(path)") }
      if root.directory == nil { places += root.places.map { "\($0)/src/\(path)" } }
    }
    if mains.isEmpty {
      for candidate in legacyCandidates(path, from: directory) where found(candidate) { return .directory(candidate) }
      return .missing(places: places)
    }
    if let vendor {
      return found("\(vendor)/\(path)") ? .directory("\(vendor)/\(path)") : .missing(places: places)
    }
    for includesIndirect in [false, true] {
      for (prefix, rest) in path.modulePrefixes {
        guard let module = requirements.directory(of: prefix, includingIndirect: includesIndirect) else { continue }
        if found(module + rest) { return .directory(module + rest) }
      }
      if !requirements.isSearchedIndirectly { break }
    }
    return .missing(places: places.unique)
  }

  /// The folders of the time before modules: `vendor` of all folders above, then `GOPATH`.
  private func legacyCandidates(_ path: ByteString, from directory: String) -> [String] {
    var candidates: [String] = []
    var above = directory
    while let slash = above.lastIndex(of: "/"), !above.isEmpty {
      candidates.append("\(above)/vendor/\(path)")
      above = String(above[..<slash])
    }
    return candidates + environment.searchPaths.map { "\($0)/src/\(path)" }
  }

  /// Whether no main module has the package.
  func isForeign(_ path: ByteString) -> Bool {
    !path.modulePrefixes.contains { prefix, _ in mains.contains { $0.path == prefix } }
  }

  /// Whether the `go.mod` that a directory belongs to says that patterns pass it over: `ignore ./a` means one directory
  /// of the module, `ignore a` all of that name.
  func isIgnored(_ directory: String) -> Bool {
    mains.contains { main in
      guard directory.hasPrefix("\(main.directory)/") else { return false }
      let path = directory.dropFirst(main.directory.count) + "/"
      return main.file.ignores.contains { ignored in
        ignored.hasPrefix("./") ? path.hasPrefix("/\(ignored.text.dropFirst(2))/") : path.contains("/\(ignored)/")
      }
    }
  }

  /// The module roots below which packages that match a pattern of import paths may lie, with their paths.
  func moduleRoots(matching prefix: ByteString) -> [(path: ByteString, directory: String)] {
    var roots = mains.map { ($0.path, $0.directory) }
    if let vendor { return roots + [(.empty, vendor)] }
    for path in requirements.modulePaths where path.hasPrefix(prefix) || prefix.hasPrefix(path) {
      guard let directory = requirements.directory(of: path, includingIndirect: false) else { continue }
      roots.append((path, directory))
    }
    return roots
  }

  /// The import path of a directory of one of the main modules, or below `GOPATH`.
  func importPath(of directory: String) -> ByteString? {
    let roots =
      mains.isEmpty
      ? environment.searchPaths.map { (ByteString.empty, "\($0)/src") } : mains.map { ($0.path, $0.directory) }
    let fitting = roots.filter { directory == $0.1 || directory.hasPrefix($0.1 == "/" ? "/" : "\($0.1)/") }
    guard let (path, root) = fitting.max(by: { $0.1.utf8.count < $1.1.utf8.count }) else { return nil }
    let rest = directory.dropFirst(root.count).drop { $0 == "/" }
    if rest.isEmpty { return path }
    return path.isEmpty ? ByteString(String(rest)) : ByteString("\(path)/\(rest)")
  }
}

extension ByteString {
  /// Whether an import path can be one of the standard library: its first part has no dot.
  var isStandard: Bool {
    let first = self[0..<(firstIndex(of: UInt8(ascii: "/")) ?? count)]
    return first.firstIndex(of: UInt8(ascii: ".")) == nil
  }

  /// The module paths that a package may belong to, the longest first, with what follows them.
  var modulePrefixes: [(prefix: ByteString, rest: String)] {
    var prefixes: [(ByteString, String)] = [(self, "")]
    for end in (0..<count).reversed() where self[end] == UInt8(ascii: "/") {
      prefixes.append((self[0..<end], self[end..<count].text))
    }
    return prefixes
  }
}

extension Array where Element: Hashable {
  /// Without repetitions, in order.
  fileprivate var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
