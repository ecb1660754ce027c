import Files

/// Tells which environments are made of something else now than in an earlier revision.
///
/// What an environment is made of: `sailplan.yaml`, the bundle, and in its directory and those above it `values.yaml`,
/// `overlays/`, `images.lock.yaml`, `environment.yaml` and the files that this names; links are followed. Of revisions only trees are read,
/// and of files only those that name others.
package struct ChangedInputs {
  private let now: WorkspaceReader
  private let base: RevisionTree
  /// The workspace as the revision had it; nothing where it had none that can be read.
  private let before: WorkspaceReader?
  /// Whether everything has changed: what all environments share.
  private let isAllChanged: Bool
  private var directories: [ByteString: Bool] = [:]

  /// - Parameters:
  ///   - now: the workspace that is looked at.
  ///   - base: the workspace in the earlier revision.
  package init(_ now: WorkspaceReader, since base: RevisionTree) {
    self.now = now
    self.base = base
    before = try? WorkspaceReader(base)
    isAllChanged = before.map { Self.isSharedChanged(now, $0, base) } ?? true
  }

  private static func isSharedChanged(_ now: WorkspaceReader, _ before: WorkspaceReader, _ base: RevisionTree) -> Bool {
    do throws(Diagnostic) {
      guard let file = try now.resolver.resolve(WorkspaceConfiguration.file),
        let old = try before.resolver.resolve(WorkspaceConfiguration.file),
        try now.tree.isSame(file.path, as: old.path, in: base)
      else { return true }
      guard let bundle = now.configuration.bundle?.appendingPath("config") else { return false }
      return try !isSame(paths(now, below: bundle), now.tree, paths(before, below: bundle), base)
    } catch {
      // Whoever renders hears of it.
      return true
    }
  }

  /// Whether an environment is made of something else now; also where it is new, where nothing was rendered for it in
  /// the revision, or another sailplan or bundle rendered it there.
  /// - Parameter rendered: whether a change of what was rendered counts as well.
  package mutating func contains(_ name: EnvironmentName, rendered: Bool) -> Bool {
    if areOthers(for: name) { return true }
    do throws(Diagnostic) {
      if rendered, try !now.tree.isSame(name.rendered, as: name.rendered, in: base) { return true }
      return try !isRenderedByThis(name)
    } catch {
      return true
    }
  }

  /// Whether the files that an environment is made of are not those of the revision.
  mutating func areOthers(for name: EnvironmentName) -> Bool {
    if isAllChanged { return true }
    for directory in WorkspaceReader.directories(of: name) where isChanged(directory) { return true }
    return false
  }

  /// Whether what a directory has for the environments in and below it is something else now.
  private mutating func isChanged(_ directory: ByteString) -> Bool {
    if let known = directories[directory] { return known }
    var isChanged = true
    if let before, let new = try? Self.inputs(now, in: directory), let old = try? Self.inputs(before, in: directory) {
      isChanged = (try? !Self.isSame(new, now.tree, old, base)) ?? true
    }
    directories[directory] = isChanged
    return isChanged
  }

  /// The files that a directory has for environments: as they are named, and where they are.
  private static func inputs(
    _ reader: WorkspaceReader, in directory: ByteString
  ) throws(Diagnostics) -> [ByteString: ByteString] {
    let named = try reader.configuration(in: directory)?.1.valuesFrom.map(\.file) ?? []
    var paths = [WorkspaceReader.valuesFile, EnvironmentConfiguration.file, ImageSettings.file]
      .map { directory.appendingPath($0) }
    paths += named.compactMap { directory.appendingPath($0).withoutSteps }
    do throws(Diagnostic) {
      var inputs = try Self.paths(reader, below: directory.appendingPath("overlays"))
      for path in paths { if let found = try reader.resolver.resolve(path) { inputs[path] = found.path } }
      return inputs
    } catch {
      throw Diagnostics(error)
    }
  }

  private static func paths(
    _ reader: WorkspaceReader, below directory: ByteString
  ) throws(Diagnostic) -> [ByteString: ByteString] {
    var paths: [ByteString: ByteString] = [:]
    for path in try reader.paths(below: directory) { paths[path] = try reader.resolver.resolve(path)?.path }
    return paths
  }

  private static func isSame(
    _ new: [ByteString: ByteString], _ tree: any InputTree, _ old: [ByteString: ByteString], _ base: RevisionTree
  ) throws(Diagnostic) -> Bool {
    guard new.count == old.count else { return false }
    for (name, path) in new {
      guard let before = old[name], try tree.isSame(path, as: before, in: base) else { return false }
    }
    return true
  }

  /// Whether the lock in the revision names this sailplan and the bundle that it would render from.
  private func isRenderedByThis(_ name: EnvironmentName) throws(Diagnostic) -> Bool {
    guard try base.kind(name.lock) == .file else { return false }
    let text = try base.contents(name.lock, limit: WorkspaceReader.largestInput)
    guard let origin = Lock.Origin(beginning: text, shown: base.shown(name.lock)) else { return false }
    guard origin.tool == ToolVersion.text else { return false }
    if let directory = now.configuration.bundle { return origin.bundleSource == directory }
    let bundle = RenderPlan.embedded.bundle
    return origin.bundleSource == bundle.sourceName && origin.bundleDigest == bundle.digest
  }
}
