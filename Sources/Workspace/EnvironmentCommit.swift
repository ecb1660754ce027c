package import Files
package import Git

/// What a commit is to hold of one environment: git's names of its rendered tree and its lock.
package struct EnvironmentCommit: Sendable {
  package let name: EnvironmentName
  let tree: NamedTree
  let lock: ObjectID
  let summary: CommitSummary.Entry

  /// Names everything, and has `batch` keep what the repository lacks. For any thread.
  /// - Parameter before: the environment in the commit before.
  package init(
    _ rendered: RenderedEnvironment, on before: CommittedEnvironment, _ batch: ObjectBatch
  ) throws(Diagnostic) {
    name = rendered.name
    var summary = CommitSummary.Entry(name: rendered.name, release: rendered.lock.release)
    do throws(GitError) {
      let text = rendered.lock.text
      lock = batch.name(blob: text)
      if lock != before.lock { _ = try batch.add(blob: text) }
      let found = try before.files(batch)
      var changes = rendered.tree.files.map { Snapshot.Change.file($0.path, $0.contents) }
      // Others may keep files there; ours that are rendered no longer go.
      let others = found.keys.filter { rendered.tree[$0] == nil }
      if !others.isEmpty {
        let owned = try before.owned(found, batch)
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
