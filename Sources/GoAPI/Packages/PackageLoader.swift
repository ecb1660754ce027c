package import APISchema
package import Files

/// Loads the packages that patterns name, and those that they need, when they are needed.
package final class PackageLoader: APIPackageSource {
  /// The packages that match and can be read, in order of their paths.
  package private(set) var roots: [any APIPackage] = []
  /// The syntax errors of those that can't; whoever asks for such a package gets them, too.
  package private(set) var diagnostics = Diagnostics()
  private var broken: [ByteString: Diagnostics] = [:]
  private var rootPackages: [ByteString: GoPackage] = [:]
  /// By which pattern each root was found first.
  private var patternOfRoot: [ByteString: Int] = [:]
  /// The packages that files belong to, by the files' numbers.
  private var packageOfFile: [UInt32: GoPackage] = [:]
  let dialect: Dialect
  private let environment: GoEnvironment
  private let scopes: ScopeFinder
  private let workingDirectory: String

  /// Finds the packages that match and reads the top level of their files.
  ///
  /// - Parameters:
  ///   - patterns: directories (`./api/...`) or import paths, as Go takes them.
  ///   - workingDirectory: an absolute path.
  ///   - dialect: the release that is followed; few load packages otherwise than the others.
  /// - Throws: what keeps a pattern from meaning anything. Syntax errors go to `diagnostics`.
  package init(
    _ patterns: [String], workingDirectory: String, environment: GoEnvironment,
    dialect: Dialect = Dialect(.standard)
  ) throws(Diagnostics) {
    self.dialect = dialect
    self.environment = environment
    self.workingDirectory = workingDirectory
    scopes = ScopeFinder(environment)
    var diagnostics = Diagnostics()
    for (index, pattern) in patterns.enumerated() {
      do throws(Diagnostic) {
        try load(PackagePattern(pattern), PackageWalk(entersModules: dialect.entersModules))
        for path in rootPackages.keys where patternOfRoot[path] == nil { patternOfRoot[path] = index }
      } catch {
        diagnostics.append(error)
      }
    }
    try diagnostics.throwIfErrors()
    readRoots()
  }

  private func readRoots() {
    for path in rootPackages.keys.sorted() {
      guard let package = rootPackages[path] else { continue }
      do throws(Diagnostics) {
        try package.indexAll()
        roots.append(package)
      } catch {
        broken[path] = error
        diagnostics.append(contentsOf: error)
      }
    }
  }

  package func origin(of root: any APIPackage) -> Int { patternOfRoot[root.path] ?? 0 }

  /// A package of one file in memory, whose imports lead nowhere but to the best known of the standard library.
  package init(file contents: ByteString, path: String) {
    environment = GoEnvironment(variables: ["GOENV": "off", "GO111MODULE": "off", "GOROOT": "/dev/null"])
    dialect = Dialect(.standard)
    workingDirectory = "/dev/null"
    scopes = ScopeFinder(environment)
    let file = GoFile(ByteString(path), path: path, contents: contents)
    let name = file.header.packageName ?? ByteString(path)
    rootPackages[name] = GoPackage(
      path: name, name: name, directory: workingDirectory, files: [file], scope: scopes.legacyScope(), loader: self)
    readRoots()
  }

  func remember(_ package: GoPackage, file: UInt32) { packageOfFile[file] = package }

  // MARK: Roots

  private func load(_ pattern: PackagePattern, _ walk: PackageWalk) throws(Diagnostic) {
    if pattern.isLocal {
      let base = Disk.path(pattern.base.text, below: workingDirectory)
      guard Disk.isDirectory(base) else { throw .noDirectory(pattern.text, base) }
      guard pattern.hasWildcard else { return try addRoot(base, isAskedFor: true) }
      let absolute = PackagePattern(Disk.path(pattern.text.text, below: workingDirectory))
      for directory in try walk.directories(below: base) where absolute.matches(ByteString(directory)) {
        try addRoot(directory, isAskedFor: false)
      }
      return
    }
    let scope = try scopes.scope(of: workingDirectory)
    guard pattern.hasWildcard else {
      switch scope.locate(pattern.text, from: workingDirectory) {
      case .directory(let directory): try addRoot(directory, path: pattern.text, scope: scope, isAskedFor: true)
      case .missing(let places): throw .notFound(pattern.text, neededAt: nil, places)
      }
      return
    }
    for (path, root) in scope.moduleRoots(matching: pattern.base) {
      for directory in try PackageWalk(entersModules: false).directories(below: root) {
        let rest = ByteString(String(directory.dropFirst(root.count)))
        let whole = path.isEmpty ? rest.isEmpty ? rest : rest[1..<rest.count] : path.appending(rest)
        if pattern.matches(whole) { try addRoot(directory, path: whole, scope: scope, isAskedFor: false) }
      }
    }
  }

  private func addRoot(_ directory: String, isAskedFor: Bool) throws(Diagnostic) {
    // Most directories hold no Go files; their module is of no interest then.
    guard SourceDirectory.fileNames(directory, environment.build) != nil else {
      if isAskedFor { throw .noGoFiles(directory) }
      return
    }
    let scope = try scopes.scope(of: directory)
    if !isAskedFor, scope.isIgnored(directory) { return }
    guard let path = scope.importPath(of: directory) else { throw .outside(directory) }
    try addRoot(directory, path: path, scope: scope, isAskedFor: isAskedFor)
  }

  private func addRoot(
    _ directory: String, path: ByteString, scope: ImportScope, isAskedFor: Bool
  ) throws(Diagnostic) {
    guard rootPackages[path] == nil else { return }
    guard let package = try package(path, in: directory, scope: scope) else {
      if isAskedFor { throw .noGoFiles(directory) }
      return
    }
    scope.packages[path] = package
    rootPackages[path] = package
  }

  // MARK: Packages

  package func package(_ path: ByteString, neededAt position: Position) throws(Diagnostics) -> any APIPackage {
    if let errors = broken[path] { throw errors }
    if let root = rootPackages[path] { return root }
    do throws(Diagnostic) {
      let importer = packageOfFile[position.file]
      let scope: ImportScope
      if let importer { scope = importer.scope } else { scope = try scopes.scope(of: workingDirectory) }
      if let known = scope.packages[path] { return known }
      let directory = importer?.directory ?? workingDirectory
      var places: [String] = []
      switch scope.locate(path, from: directory) {
      case .directory(let directory):
        if let package = try self.package(path, in: directory, scope: scope) {
          scope.packages[path] = package
          return package
        }
        places = [directory]
      case .missing(let missing): places = missing
      }
      if let package = StandardLibrary.package(path, scope: scope, loader: self) {
        scope.packages[path] = package
        return package
      }
      throw Diagnostic.notFound(path, neededAt: position, places)
    } catch {
      throw Diagnostics(error)
    }
  }

  /// The name of the package of that path; nothing if it cannot be found.
  func packageName(_ path: ByteString, scope: ImportScope, from directory: String) -> ByteString? {
    if let known = scope.packages[path] ?? rootPackages[path] { return known.name }
    if let known = scope.names[path] { return known }
    var name: ByteString?
    if case .directory(let directory) = scope.locate(path, from: directory) {
      name = (try? package(path, in: directory, scope: scope))?.name
    }
    scope.names[path] = .some(name)
    return name
  }

  /// The package whose files are in `directory`; nothing if none of them belongs to this platform.
  private func package(
    _ path: ByteString, in directory: String, scope: ImportScope
  ) throws(Diagnostic) -> GoPackage? {
    let names = SourceDirectory.fileNames(directory, environment.build) ?? []
    var files: [GoFile] = []
    for name in names {
      let file = try GoFile(name, in: directory, shown: shown(directory))
      if let constraint = file.header.constraint, !constraint.isMet(environment.build.isSet) { continue }
      if file.header.packageName == "documentation" || !environment.build.usesCgo && file.usesCgo { continue }
      files.append(file)
    }
    guard let first = files.first else { return nil }
    let named = files.first { $0.header.packageName != nil } ?? first
    let name = named.header.packageName ?? path
    if let other = files.first(where: { $0.header.packageName != nil && $0.header.packageName != name }) {
      throw .twoPackages(directory, named, other)
    }
    return GoPackage(path: path, name: name, directory: directory, files: files, scope: scope, loader: self)
  }

  /// How a directory is called in messages: from the working directory on, if it is below it.
  private func shown(_ directory: String) -> String {
    if directory == workingDirectory { return "" }
    return directory.hasPrefix("\(workingDirectory)/")
      ? String(directory.dropFirst(workingDirectory.count + 1)) : directory
  }
}

extension Diagnostic {
  fileprivate static func noDirectory(_ pattern: ByteString, _ directory: String) -> Diagnostic {
    Diagnostic(
      "'\(pattern)' is no directory: there is none at \(directory)",
      hint: "name a directory such as ./api/..., or the import path of a package")
  }

  fileprivate static func noGoFiles(_ directory: String) -> Diagnostic {
    Diagnostic(
      "\(directory) holds no Go files that are built",
      hint: "name a directory with Go files, or add /... for those below it")
  }

  fileprivate static func outside(_ directory: String) -> Diagnostic {
    Diagnostic("\(directory) lies outside the module and outside GOPATH", hint: "name a directory of the module")
  }

  fileprivate static func twoPackages(_ directory: String, _ one: GoFile, _ other: GoFile) -> Diagnostic {
    let names = [one, other].map { "\($0.header.packageName ?? .empty) (\($0.name))" }
    return Diagnostic(
      "\(directory) holds two packages, \(names.joined(separator: " and "))",
      hint: "move one to a directory of its own, or give both files the same package clause")
  }

  fileprivate static func notFound(_ path: ByteString, neededAt position: Position?, _ places: [String]) -> Diagnostic {
    let hint =
      path.isStandard
      ? "install Go, or set GOROOT to where it is"
      : "run 'go mod download' (or 'go mod vendor'), and check that go.mod requires the module"
    return Diagnostic(
      "the package \(path) is not found", at: position.map { SourceRange($0) },
      notes: places.map { Note("looked for it in \($0)") }
        + (places.isEmpty ? [Note("no module that is required has a path that it begins with")] : []),
      hint: hint)
  }
}
