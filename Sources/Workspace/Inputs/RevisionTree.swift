package import Files
package import Git

/// The workspace as a revision in git has it. Nothing is read from the work tree.
///
/// Directories are read when they are first asked for, and each once.
package final class RevisionTree: InputTree {
  package let repository: Repository
  /// The tree of the revision.
  package let revision: Revision
  /// What the user called it, for messages.
  package let name: String
  /// Where the workspace is in the repository; empty at its top.
  package let prefix: ByteString
  private var directories: [ByteString: Directory] = [:]
  /// The same by the names of the trees: those of many environments are one.
  private var trees: [ObjectID: Directory] = [:]
  private var blobNames = BlobNames()

  /// What a directory holds.
  private final class Directory {
    let entries: [TreeEntry]
    private let indexes: [ByteString: Int]

    init(_ entries: [TreeEntry]) {
      self.entries = entries
      indexes = Dictionary(entries.enumerated().map { ($0.element.path, $0.offset) }) { first, _ in first }
    }

    subscript(name: ByteString) -> TreeEntry? { indexes[name].map { entries[$0] } }
  }

  /// - Parameter prefix: where in the repository the workspace is.
  package init(
    _ repository: consuming Repository, revision: Revision, name: String, prefix: ByteString
  ) {
    self.repository = repository
    self.revision = revision
    self.name = name
    self.prefix = prefix
  }

  /// The entries of the directory at a path of the repository; nothing where none is.
  private func directory(_ path: ByteString) throws(Diagnostic) -> Directory? {
    if let known = directories[path] { return known }
    let id: ObjectID
    if path.isEmpty {
      id = revision.tree
    } else {
      guard let entry = try entry(path), entry.mode == .directory else { return nil }
      id = entry.id
    }
    if let known = trees[id] {
      directories[path] = known
      return known
    }
    do throws(GitError) {
      let directory = Directory(try repository.children(of: id))
      trees[id] = directory
      directories[path] = directory
      return directory
    } catch {
      throw error.diagnostic
    }
  }

  /// What stands at a path of the repository, the top aside.
  private func entry(_ path: ByteString) throws(Diagnostic) -> TreeEntry? {
    let (parent, name) = path.splitAtLastSlash
    return try directory(parent)?[name]
  }

  private func full(_ path: ByteString) -> ByteString {
    if prefix.isEmpty { return path }
    return path.isEmpty ? prefix : prefix.appendingPath(path)
  }

  /// The name that git gives to what is at `path`; nothing where nothing is.
  func id(_ path: ByteString) throws(Diagnostic) -> ObjectID? { try entry(full(path))?.id }

  private func file(_ path: ByteString) throws(Diagnostic) -> TreeEntry {
    guard let entry = try entry(full(path)), entry.mode != .directory, entry.mode != .submodule else {
      throw Diagnostic("cannot read \(shown(path)): there is no such file")
    }
    return entry
  }

  package func kind(_ path: ByteString) throws(Diagnostic) -> FileKind? {
    let path = full(path)
    if path.isEmpty { return .directory }
    return try entry(path).map { FileKind($0.mode) }
  }

  package func entries(_ path: ByteString) throws(Diagnostic) -> [DirectoryEntry] {
    guard let directory = try directory(full(path)) else {
      throw Diagnostic("cannot list \(shown(path)): there is no such directory")
    }
    return directory.entries.map { DirectoryEntry(name: $0.path, kind: FileKind($0.mode)) }.sorted { $0.name < $1.name }
  }

  package func linkTarget(_ path: ByteString) throws(Diagnostic) -> ByteString { try read(file(path)) }

  package func contents(_ path: ByteString, limit: Int) throws(Diagnostic) -> ByteString {
    let contents = try read(file(path))
    guard contents.count <= limit else {
      throw Diagnostic(
        "cannot read \(shown(path)): it is too large (\(contents.count) bytes, at most \(limit) are read)")
    }
    return contents
  }

  /// By the name that git gives to the bytes: no file is read for it.
  package func holds(_ contents: ByteString, at path: ByteString) throws(Diagnostic) -> Bool {
    try file(path).id == blobNames.name(of: contents)
  }

  /// By the names that git gives to files and directories: none is read for it.
  package func isSame(
    _ path: ByteString, as other: ByteString, in base: RevisionTree
  ) throws(Diagnostic) -> Bool {
    try entry(full(path))?.id == base.entry(base.full(other))?.id
  }

  private func read(_ entry: TreeEntry) throws(Diagnostic) -> ByteString {
    do throws(GitError) {
      return try repository.blob(entry.id)
    } catch {
      throw error.diagnostic
    }
  }

  package func shown(_ path: ByteString) -> String { "\(name):\(full(path))" }

  package var opener: @Sendable () throws(Diagnostic) -> any InputTree {
    let directory = repository.gitDirectory
    let (revision, name, prefix) = (revision, name, prefix)
    return { () throws(Diagnostic) in
      do throws(GitError) {
        return RevisionTree(
          try Repository.discover(at: directory), revision: revision, name: name, prefix: prefix)
      } catch {
        throw error.diagnostic
      }
    }
  }
}

extension FileKind {
  init(_ mode: FileMode) {
    self =
      switch mode {
      case .file: .file
      case .executable: .executable
      case .directory: .directory
      case .link: .link
      case .submodule, .other: .other
      }
  }
}

extension ByteString {
  /// The path of the directory, and the name in it.
  var splitAtLastSlash: (directory: ByteString, name: ByteString) {
    var slash = count - 1
    while slash >= 0, self[slash] != UInt8(ascii: "/") { slash -= 1 }
    return slash < 0 ? (.empty, self) : (self[0..<slash], self[slash + 1..<count])
  }
}
