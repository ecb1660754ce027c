package import Files

/// A tree that inputs are read from: the workspace on disk, or in a revision.
///
/// Paths are relative to the workspace's top, `/` between their parts. No method follows links; `PathResolver` does,
/// alike for all trees.
package protocol InputTree {
  /// What stands at `path`; nothing if there is nothing. The empty path is the top.
  func kind(_ path: ByteString) throws(Diagnostic) -> FileKind?
  /// What the directory at `path` holds, in the order of the names' bytes.
  func entries(_ path: ByteString) throws(Diagnostic) -> [DirectoryEntry]
  /// Where the link at `path` points, as it says so itself.
  func linkTarget(_ path: ByteString) throws(Diagnostic) -> ByteString
  /// The bytes of the file at `path`.
  func contents(_ path: ByteString, limit: Int) throws(Diagnostic) -> ByteString
  /// Whether the file at `path` holds exactly these bytes; perhaps known without reading it.
  func holds(_ contents: ByteString, at path: ByteString) throws(Diagnostic) -> Bool
  /// Whether what is at `path`, a directory with all that is in it, is what a revision has at another path; nothing at
  /// both is the same. Line ends that git would change are no difference, nor is whether a file may be executed.
  func isSame(_ path: ByteString, as other: ByteString, in base: RevisionTree) throws(Diagnostic) -> Bool
  /// How messages name what is at `path`.
  func shown(_ path: ByteString) -> String
  /// Opens the same tree once more: a tree is for one thread.
  var opener: @Sendable () throws(Diagnostic) -> any InputTree { get }
}

extension InputTree {
  package func isSame(
    _ path: ByteString, as other: ByteString, in base: RevisionTree
  ) throws(Diagnostic) -> Bool {
    let (kind, before) = (try kind(path), try base.kind(other))
    switch kind {
    case .file?, .executable?:
      guard before == .file || before == .executable else { return false }
      let contents = try contents(path, limit: WorkspaceReader.largestTemplate)
      if try base.holds(contents, at: other) { return true }
      let unix = contents.withUnixLineEnds
      if unix == contents { return false }
      return try base.holds(unix, at: other)
    case .directory?:
      guard before == .directory else { return false }
      let entries = try entries(path)
      guard try entries.map(\.name) == base.entries(other).map(\.name) else { return false }
      for entry in entries {
        let (inner, outer) = (path.appendingPath(entry.name), other.appendingPath(entry.name))
        guard try isSame(inner, as: outer, in: base) else { return false }
      }
      return true
    case .link?:
      guard before == .link else { return false }
      return try linkTarget(path) == base.linkTarget(other)
    case .other?, nil: return before == kind
    }
  }
}

/// The workspace on disk.
package struct DiskTree: InputTree {
  /// The workspace's directory, as messages name it: relative to the working directory where it lies below.
  package let root: String

  package init(root: String) { self.root = root }

  /// The operating system's path.
  package func path(_ path: ByteString) -> String {
    if root == "." { return path.isEmpty ? "." : path.text }
    return path.isEmpty ? root : "\(root)/\(path)"
  }

  package func kind(_ path: ByteString) throws(Diagnostic) -> FileKind? { try Disk.kind(self.path(path)) }

  package func entries(_ path: ByteString) throws(Diagnostic) -> [DirectoryEntry] { try Disk.entries(self.path(path)) }

  package func linkTarget(_ path: ByteString) throws(Diagnostic) -> ByteString { try Disk.linkTarget(self.path(path)) }

  package func contents(_ path: ByteString, limit: Int) throws(Diagnostic) -> ByteString {
    try Disk.read(self.path(path), limit: limit)
  }

  package func holds(_ contents: ByteString, at path: ByteString) throws(Diagnostic) -> Bool {
    guard try Disk.size(self.path(path)) == contents.count else { return false }
    return try Disk.read(self.path(path), limit: contents.count) == contents
  }

  package func shown(_ path: ByteString) -> String { self.path(path) }

  package var opener: @Sendable () throws(Diagnostic) -> any InputTree { { [self] in self } }
}
