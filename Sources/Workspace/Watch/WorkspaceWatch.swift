import Files

/// Tells which environments are made of what somebody saved.
package struct WorkspaceWatch {
  /// What changes are about.
  package enum Scope: Sendable, Hashable {
    /// All environments: the bundle, `sailplan.yaml`, or a file elsewhere that some are made of.
    case all
    /// The environment of this name, or those in the group of this name; all below `environments/` for none.
    case below(EnvironmentName?)
  }

  private let tree: DiskTree
  private let watch = DirectoryWatch()
  /// Paths, in the workspace, of files elsewhere that environments are made of.
  private var others: Set<ByteString> = []
  private var bundle: ByteString?

  package init(_ tree: DiskTree) { self.tree = tree }

  // MARK: Where to look

  /// Watches all that environments can be made of, also what is not there yet.
  package mutating func start(_ reader: WorkspaceReader) {
    watch.add(tree.path(.empty))
    addAll(below: EnvironmentName.root)
    bundle = reader.configuration.bundle
    if let bundle { addAll(below: bundle) }
  }

  /// Watches what was read from elsewhere, such as what links lead to.
  package mutating func follow(_ reader: WorkspaceReader) {
    for file in reader.filesRead.files where !isInPlace(file.path) && others.insert(file.path).inserted {
      watch.add(tree.path(file.path.splitAtLastSlash.directory))
    }
  }

  private func isInPlace(_ path: ByteString) -> Bool {
    path == WorkspaceConfiguration.file || path.hasPrefix(EnvironmentName.root.appending("/"))
      || (bundle.map { path.hasPrefix($0.appending("/")) } ?? false)
  }

  private func addAll(below directory: ByteString) {
    guard (try? tree.kind(directory)) == .directory else { return }
    // Before it is listed, so that nothing is missed between the two.
    watch.add(tree.path(directory))
    for entry in (try? tree.entries(directory)) ?? [] where entry.kind == .directory && Self.isOurs(entry.name) {
      addAll(below: directory.appendingPath(entry.name))
    }
  }

  /// What sailplan writes itself, and what no environment is made of.
  private static func isOurs(_ name: ByteString) -> Bool { name != "rendered" && !name.hasPrefix(".") }

  // MARK: What changed

  /// Waits until something was saved that environments are made of.
  /// - Parameter interruption: a descriptor that ends waiting once there is something to read from it.
  /// - Returns: what it is about; nothing where waiting was ended.
  package mutating func next(interruption: Int32) -> Set<Scope>? {
    while true {
      guard case .changes(let changes) = watch.wait(interruption: interruption) else { return nil }
      var scopes: Set<Scope> = []
      for change in changes {
        let directory = path(change.directory)
        // A new directory is watched, with all that is in it already.
        addAll(below: directory.isEmpty ? EnvironmentName.root : directory)
        if directory.isEmpty, let bundle { addAll(below: bundle) }
        if let scope = scope(directory, change.name) { scopes.insert(scope) }
      }
      if !scopes.isEmpty { return scopes }
    }
  }

  /// The path in the workspace of a directory that is watched.
  private func path(_ directory: String) -> ByteString {
    let top = tree.path(.empty)
    if directory == top { return .empty }
    return ByteString(top == "." ? directory : String(directory.dropFirst(top.count + 1)))
  }

  private func scope(_ directory: ByteString, _ name: ByteString?) -> Scope? {
    let path = name.map { directory.appendingPath($0) } ?? directory
    if others.contains(path) || (name == nil && others.contains { $0.hasPrefix(directory.appending("/")) }) {
      return .all
    }
    if path == WorkspaceConfiguration.file || path == EnvironmentName.root { return .all }
    if let bundle, path == bundle || path.hasPrefix(bundle.appending("/")) { return .all }
    guard path.hasPrefix(EnvironmentName.root.appending("/")) else { return nil }
    var parts = path.pathComponents.dropFirst()
    if let overlays = parts.firstIndex(of: "overlays") {
      parts = parts[..<overlays]
    } else if let name {
      if [WorkspaceReader.valuesFile, EnvironmentConfiguration.file, ImageSettings.file].contains(name) {
        parts.removeLast()
      } else if !Self.isOurs(name) || name == "sailplan.lock" || Disk.isFile(tree.path(path)) {
        return nil
      }
    }
    if parts.isEmpty { return .below(nil) }
    return (try? EnvironmentName(ByteString(pathComponents: Array(parts)))).map { .below($0) }
  }
}
