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
  /// A directory of the repository.
  let start: String

  /// Whether there are files on disk to bring up to date.
  package var isOnDisk: Bool { disk != nil }

  /// Finds the repository and the workspace that a directory lies in.
  package init(start: String) throws(Diagnostic) {
    self.start = start
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
      head = try Self.head(of: repository, at: disk.root)
      prefix = repository.prefix
      self.repository = repository
      self.disk = disk
      tree = disk
    }
  }

  /// Finds another repository, for what is rendered from a workspace elsewhere: its HEAD gets the rendered trees, as
  /// does its work tree where it has one.
  /// - Parameter directory: its top, or the directory in it that is to hold `environments/`.
  package init(other directory: String) throws(Diagnostic) {
    start = directory
    let repository = try Self.open(directory)
    let disk = repository.isBare ? nil : DiskTree(root: directory)
    head = try Self.head(of: repository, at: directory)
    prefix = repository.prefix
    self.repository = repository
    self.disk = disk
    tree = DiskTree(root: directory)
  }

  private static func open(_ path: String) throws(Diagnostic) -> Repository {
    do throws(GitError) {
      return try Repository.discover(at: path)
    } catch {
      throw error.diagnostic
    }
  }

  private static func head(of repository: borrowing Repository, at path: String) throws(Diagnostic) -> RevisionTree? {
    do throws(GitError) {
      guard try repository.head().commit != nil else { return nil }
      return RevisionTree(
        try Repository.discover(at: path), revision: try repository.revision("HEAD"), name: "HEAD",
        prefix: repository.prefix)
    } catch {
      throw error.diagnostic
    }
  }

  /// A batch for the objects of a commit.
  package func batch() throws(Diagnostics) -> ObjectBatch {
    do throws(GitError) {
      return try ObjectBatch(for: repository)
    } catch {
      throw Diagnostics(error.diagnostic)
    }
  }

  /// Prepares environments for a commit here.
  /// - Parameters:
  ///   - branches: those of the environments that have one.
  ///   - keepsLocks: whether the lock of an environment with a branch is kept beside its values.
  /// - Throws: for branches that cannot be written.
  package func preparation(
    of names: [EnvironmentName], branches: [EnvironmentName: String] = [:], keepsLocks: Bool = true,
    _ batch: ObjectBatch
  ) throws(Diagnostics) -> CommitPreparation {
    var before: [EnvironmentName: CommittedEnvironment] = [:]
    var diagnostics = Diagnostics()
    do throws(Diagnostic) {
      before = try CommittedEnvironment.find(names, in: head?.revision.tree, prefix: prefix, batch)
    } catch {
      diagnostics.append(error)
    }
    for name in names {
      guard let branch = branches[name] else { continue }
      do throws(Diagnostic) {
        before[name] = try .onBranch(branch, of: repository, lock: before[name]?.lock)
      } catch {
        diagnostics.append(error)
      }
    }
    try diagnostics.throwIfErrors()
    return CommitPreparation(before: before, branches: branches, keepsLocks: keepsLocks, batch: batch, disk: disk)
  }

  /// The commit that everything was read from, for what is written elsewhere and must be traced.
  /// - Parameter inputs: the files that were rendered from.
  /// - Throws: for each of them that the commit has otherwise.
  package func source(of inputs: [FileSet.File]) throws(Diagnostics) -> ObjectID {
    guard let head, let commit = head.revision.commit else {
      throw Diagnostics(Diagnostic("nothing is committed yet in this repository", hint: "commit the workspace first"))
    }
    var diagnostics = Diagnostics()
    if isOnDisk {
      for file in inputs {
        do throws(Diagnostic) {
          if try tree.isSame(file.path, as: file.path, in: head) { continue }
          diagnostics.append(
            Diagnostic(
              "\(tree.shown(file.path)) has changes that are not committed",
              hint: "commit them first, so that what is written elsewhere can be traced to a commit"))
        } catch {
          diagnostics.append(error)
        }
      }
    }
    try diagnostics.throwIfErrors()
    return commit
  }

  /// What is known of the environments on disk; nothing where there is no disk.
  package func record(_ reader: WorkspaceReader) -> RenderRecord? {
    disk.flatMap { RenderRecord(of: $0, reader) }
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
}
