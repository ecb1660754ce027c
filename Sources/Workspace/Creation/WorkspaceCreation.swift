package import Files

/// Creates workspaces and environments: files that the user is to edit.
package enum WorkspaceCreation {
  /// The providers that there are sample values for.
  package static let providers = ["aws", "azure", "gcp", "kind", "vsphere"]

  /// Makes a directory a workspace, with a first environment where one is asked for.
  /// - Returns: the paths of the files that were written.
  /// - Throws: a diagnostic if it is one already; nothing is written then.
  package static func createWorkspace(
    at root: String, environment: (name: EnvironmentName, provider: String)?
  ) throws(Diagnostic) -> [String] {
    let tree = DiskTree(root: root)
    let file = tree.path(WorkspaceConfiguration.file)
    guard try Disk.kind(file) == nil else { throw .isWorkspace(file) }
    var written: [String] = []
    if let environment {
      written = try createEnvironment(environment.name, provider: environment.provider, in: tree)
    }
    // Last, for it is what makes the directory a workspace.
    try Disk.createDirectory(root)
    try Disk.create(file, workspaceText)
    return [file] + written
  }

  /// Adds an environment with the sample values of a provider.
  /// - Returns: the paths of the files that were written.
  /// - Throws: a diagnostic if there is one already, or something else is in the way.
  package static func createEnvironment(
    _ name: EnvironmentName, provider: String, in tree: DiskTree
  ) throws(Diagnostic) -> [String] {
    guard let sample = Asset.file(ByteString("environments/\(provider)/values.yaml")) else {
      throw .unknownProvider(provider)
    }
    let path = name.directory.appendingPath(WorkspaceReader.valuesFile)
    try checkPlace(of: name, in: tree)
    try Disk.createDirectory(tree.path(name.directory))
    try Disk.create(tree.path(path), values(sample, for: name))
    return [tree.path(path)]
  }

  /// Checks that an environment can be added.
  /// - Throws: a diagnostic if there is one already, or something else is in the way.
  static func checkPlace(of name: EnvironmentName, in tree: DiskTree, isReplaced: Bool = false) throws(Diagnostic) {
    let resolver = PathResolver(tree: tree)
    let path = name.directory.appendingPath(WorkspaceReader.valuesFile)
    let exists = try tree.kind(path) != nil
    if exists, !isReplaced { throw .exists(name, tree.shown(path)) }
    // Whatever is in the way, or leads out of the workspace, shows before anything is written.
    var directory = name.directory
    while !directory.isEmpty {
      if let found = try resolver.resolve(directory), found.kind != .directory || found.path != directory {
        throw .inTheWay(tree.shown(directory))
      }
      let parent = directory.splitAtLastSlash.directory
      if directory != name.directory, parent != .empty, try isEnvironment(directory, in: tree) {
        throw .environmentInEnvironment(name, tree.shown(directory))
      }
      directory = parent
    }
  }

  /// Whether a directory holds a rendered tree: then it is an environment, and no group.
  private static func isEnvironment(_ directory: ByteString, in tree: DiskTree) throws(Diagnostic) -> Bool {
    try tree.kind(directory.appendingPath("sailplan.lock")) != nil
  }

  /// The sample with a prefix of its own: two clusters must not write to one place in a bucket.
  private static func values(_ sample: ByteString, for name: EnvironmentName) -> ByteString {
    let prefix = "  prefix: "
    let lines = sample.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix(prefix) ? prefix + name.path.text.replacing("/", with: "-") : String(line)
    }
    return ByteString(lines.joined(separator: "\n"))
  }

  private static let workspaceText: ByteString = """
    # The top of a sailplan workspace. Environments are directories below environments/ that have a values.yaml;
    # what they share may stand in values.yaml and overlays/ of the directories above them.
    apiVersion: sailplan.dev/v1alpha1
    kind: Workspace

    # A bundle of your own in this repository, in place of the one that sailplan carries:
    # bundle: overlays/velero

    """
}

extension Diagnostic {
  fileprivate static func isWorkspace(_ file: String) -> Diagnostic {
    Diagnostic("\(file) exists: this is a workspace already", hint: "add environments with 'sailplan environment add'")
  }

  fileprivate static func unknownProvider(_ provider: String) -> Diagnostic {
    let known = WorkspaceCreation.providers
    let nearest = Spelling.nearest(to: ByteString(provider), among: known.map { ByteString($0) })
    return Diagnostic(
      "there are no sample values for the provider '\(provider)' (expected one of: \(known.joined(separator: ", ")))",
      hint: nearest.map { "did you mean '\($0)'?" })
  }

  fileprivate static func exists(_ name: EnvironmentName, _ path: String) -> Diagnostic {
    Diagnostic("there is an environment '\(name)' already: \(path) exists", hint: "edit it, or choose another name")
  }

  fileprivate static func inTheWay(_ path: String) -> Diagnostic {
    Diagnostic("\(path) is in the way: it is no directory of its own", hint: "move it away, or choose another name")
  }

  fileprivate static func environmentInEnvironment(_ name: EnvironmentName, _ path: String) -> Diagnostic {
    Diagnostic(
      "'\(name)' would lie inside of an environment: \(path)",
      hint: "a directory is either an environment or a group of them: choose another name")
  }
}
