package import Files
package import Git

/// Where a commit is made: a repository, and the workspace in it. Of a bare repository, the workspace is what HEAD has.
package struct CommitPlace: ~Copyable {
  package let repository: Repository
  /// Where inputs are read from.
  package let tree: any InputTree
  /// The workspace as HEAD has it; nothing before the first commit.
  package let head: RevisionTree?
  /// Where the workspace is in the repository.
  package let prefix: ByteString
  private let disk: DiskTree?

  /// Whether there are files on disk to bring up to date.
  package var isOnDisk: Bool { disk != nil }

  /// Finds the repository and the workspace that a directory lies in.
  package init(start: String) throws(Diagnostic) {
    let found = try Self.open(start)
    if found.isBare {
      let head = try WorkspaceLocation.inRevision("HEAD", from: start)
      repository = found
      tree = head
      self.head = head
      prefix = head.prefix
      disk = nil
    } else {
      let disk = try WorkspaceLocation.onDisk(from: start)
      // From the workspace's own place: `start` may lie deeper.
      let repository = try Self.open(disk.root)
      head = try Self.head(of: repository, disk)
      prefix = repository.prefix
      self.repository = repository
      self.disk = disk
      tree = disk
    }
  }

  private static func open(_ path: String) throws(Diagnostic) -> Repository {
    do throws(GitError) {
      return try Repository.discover(at: path)
    } catch {
      throw error.diagnostic
    }
  }

  private static func head(of repository: borrowing Repository, _ disk: DiskTree) throws(Diagnostic) -> RevisionTree? {
    do throws(GitError) {
      guard try repository.head().commit != nil else { return nil }
      return RevisionTree(
        try Repository.discover(at: disk.root), revision: try repository.revision("HEAD"), name: "HEAD",
        prefix: repository.prefix)
    } catch {
      throw error.diagnostic
    }
  }

  /// A batch for the objects of a commit.
  package func batch() throws(Diagnostic) -> ObjectBatch {
    do throws(GitError) {
      return try ObjectBatch(for: repository)
    } catch {
      throw error.diagnostic
    }
  }

  /// What a commit is to hold of environments.
  package func commits(
    of rendered: [RenderedEnvironment], _ batch: ObjectBatch
  ) throws(Diagnostic) -> [EnvironmentCommit] {
    let before = try CommittedEnvironment.find(
      rendered.map(\.name), in: head?.revision.tree, prefix: prefix, batch)
    return try rendered.map { environment throws(Diagnostic) in
      try EnvironmentCommit(environment, on: before[environment.name] ?? .none, batch)
    }
  }

  /// What is known of the environments on disk; nothing where there is no disk.
  package func record(_ reader: WorkspaceReader) -> RenderRecord? {
    disk.flatMap { RenderRecord(of: $0, reader) }
  }

  /// The stamp of an environment's directory; nothing where there is no disk.
  package func stamp(of name: EnvironmentName) -> DiskStamp? {
    disk.flatMap { try? DiskStamp(of: $0.path(name.directory)) }
  }

  /// The workspace as a commit has it; nothing where there is no disk.
  package func tree(of commit: ObjectID) throws(Diagnostic) -> RevisionTree? {
    guard let disk else { return nil }
    do throws(GitError) {
      return RevisionTree(
        try Repository.discover(at: disk.root), revision: try repository.revision(commit.hex),
        name: commit.abbreviated, prefix: prefix)
    } catch {
      throw error.diagnostic
    }
  }

  /// Writes files of the workspace, by their paths without links, where there is a disk to write to.
  package func write(_ files: FileSet) throws(Diagnostic) {
    guard let disk else { return }
    for file in files.files { try Disk.replace(disk.path(file.path), with: file.contents) }
  }

  /// What has to be written to disk so that it holds what is committed.
  package func updates(_ rendered: [RenderedEnvironment]) throws(Diagnostics) -> [TreeUpdate] {
    guard let disk else { return [] }
    var updates: [TreeUpdate] = []
    var diagnostics = Diagnostics()
    for environment in rendered {
      do throws(Diagnostics) {
        updates.append(
          try TreeUpdate(
            environment, place: disk.path(environment.name.rendered), lockPlace: disk.path(environment.name.lock)))
      } catch {
        diagnostics.append(contentsOf: error)
      }
    }
    try diagnostics.throwIfErrors()
    return updates
  }
}
