import Files

/// Finds the environments in and below a directory of a workspace: the directories that have a `values.yaml` and none
/// below them that does. One with environments below it is a group.
struct EnvironmentSearch {
  private let tree: any InputTree
  private let resolver: PathResolver
  /// Those found, in no order.
  private(set) var names: [EnvironmentName] = []
  /// Directories that have a lock but no values: what was rendered for an environment that is no more.
  private(set) var abandoned: Set<EnvironmentName> = []
  /// Directories in which no `environment.yaml` is.
  private(set) var unconfigured: [ByteString] = []

  /// How deep groups may nest.
  private static let deepest = 32
  private static let lockFile: ByteString = "sailplan.lock"

  init(tree: any InputTree, resolver: PathResolver) {
    self.tree = tree
    self.resolver = resolver
  }

  /// Looks through all of `environments/`, if there is such a directory.
  mutating func visitAll() throws(Diagnostic) {
    guard try resolver.resolve(EnvironmentName.root) != nil else { return }
    try visit(EnvironmentName.root, name: .empty, depth: 0)
  }

  /// Looks for the environment of this name, or those in the group of this name.
  mutating func visit(_ name: EnvironmentName) throws(Diagnostic) {
    // Without following links: only what looking through all finds is an environment.
    guard try resolver.resolve(name.directory)?.path == name.directory else { return }
    guard try tree.kind(name.directory) == .directory else { return }
    try visit(name.directory, name: name.path, depth: name.path.pathComponents.count)
  }

  private mutating func visit(_ directory: ByteString, name: ByteString, depth: Int) throws(Diagnostic) {
    guard depth < Self.deepest else { throw .tooDeep(tree.shown(directory), Self.deepest) }
    let before = names.count
    var hasValues = false
    var hasLock = false
    var isConfigured = false
    for entry in try tree.entries(directory) {
      let path = directory.appendingPath(entry.name)
      if entry.name == WorkspaceReader.valuesFile {
        hasValues = true
      } else if entry.name == Self.lockFile {
        hasLock = true
      } else if entry.name == EnvironmentConfiguration.file {
        isConfigured = true
      } else if entry.name.hasPrefix(".") || EnvironmentName.reserved.contains(entry.name) {
        continue
      } else if entry.kind == .directory {
        try visit(path, name: name.appendingPath(entry.name), depth: depth + 1)
      } else if entry.kind == .link {
        try refuseLinkedEnvironment(path)
      }
    }
    if !isConfigured { unconfigured.append(directory) }
    if names.count == before, hasValues, !name.isEmpty { names.append(try EnvironmentName(name)) }
    if hasLock, !hasValues, !name.isEmpty { abandoned.insert(try EnvironmentName(name)) }
  }

  /// A link to a directory would be a second name for what is rendered there.
  private func refuseLinkedEnvironment(_ path: ByteString) throws(Diagnostic) {
    guard let found = try resolver.resolve(path), found.kind == .directory,
      try resolver.resolve(path.appendingPath(WorkspaceReader.valuesFile)) != nil
    else { return }
    throw .linkedEnvironment(tree.shown(path))
  }
}

extension Diagnostic {
  fileprivate static func tooDeep(_ path: String, _ limit: Int) -> Diagnostic {
    Diagnostic("\(path) lies more than \(limit) directories deep")
  }

  fileprivate static func linkedEnvironment(_ path: String) -> Diagnostic {
    Diagnostic(
      "\(path) is a symbolic link to an environment, so two environments would be rendered to one place",
      hint: "make it a directory, and let both inherit what they share from the directory above")
  }
}
