import Files
import Git

/// What a commit is to hold of one environment: git's names of its rendered tree and its lock.
struct EnvironmentCommit: Sendable {
  let name: EnvironmentName
  /// The branch that is to hold the tree and nothing else; nothing where it lies beside the values.
  let branch: String?
  let tree: NamedTree
  /// Nothing where none is kept.
  let lock: ObjectID?
  let summary: CommitSummary.Entry

  /// Names everything, and has `batch` keep what the repository lacks. For any thread.
  /// - Parameters:
  ///   - files: the rendered tree.
  ///   - lock: its text; nothing where none is kept.
  ///   - release: the release of Velero.
  ///   - before: the environment in the commit before.
  init(
    _ name: EnvironmentName, tree files: FileSet, lock text: ByteString?, release: ByteString,
    on before: CommittedEnvironment, branch: String?, _ batch: ObjectBatch
  ) throws(Diagnostic) {
    self.name = name
    self.branch = branch
    var summary = CommitSummary.Entry(name: name, release: release)
    do throws(GitError) {
      let lock = text.map { batch.name(blob: $0) }
      if let text, lock != before.lock { _ = try batch.add(blob: text) }
      self.lock = lock
      let found = try before.files(batch)
      var changes = files.files.map { Snapshot.Change.file($0.path, $0.contents) }
      // Others may keep files beside the values, but not on the branch; ours that are rendered no longer go.
      let others = found.keys.filter { files[$0] == nil }
      if !others.isEmpty {
        let owned = branch == nil ? try before.owned(found, batch) : Set(others)
        summary.removed = others.filter { owned.contains($0) }.sorted()
        changes += summary.removed.map { .file($0, nil) }
      }
      tree = try batch.tree(changes, on: before.tree)
      for file in tree.files {
        switch found[file.path] {
        case nil: summary.added.append(file.path)
        case let old?: if old.id != file.id || old.mode != file.mode { summary.changed.append(file.path) }
        }
      }
    } catch {
      throw error.diagnostic
    }
    self.summary = summary
  }
}
