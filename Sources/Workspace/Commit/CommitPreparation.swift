package import Files
import Git

/// Makes of what was rendered what a commit needs, for any number of threads.
package struct CommitPreparation: Sendable {
  let before: [EnvironmentName: CommittedEnvironment]
  let branches: [EnvironmentName: String]
  let keepsLocks: Bool
  let batch: ObjectBatch
  /// Where the files are brought up to date; nothing where there are none.
  let disk: DiskTree?

  /// Names an environment's objects, and looks at what is on disk; writes nothing.
  /// - Throws: what cannot be committed, or is in the way on disk.
  package func prepare(_ rendered: RenderedEnvironment) throws(Diagnostics) -> PreparedEnvironment {
    let name = rendered.name
    let branch = branches[name]
    var prepared: PreparedEnvironment
    do throws(Diagnostic) {
      prepared = PreparedEnvironment(
        commit: try EnvironmentCommit(
          name, tree: rendered.tree, lock: branch == nil || keepsLocks ? rendered.lockText : nil,
          release: rendered.lock.release, on: before[name] ?? .none,
          branch: branch, batch))
    } catch {
      throw Diagnostics(error)
    }
    guard let disk else { return prepared }
    if branch == nil {
      // Before the tree is looked at: whatever is written from now on shows.
      let isRendered = (try? disk.kind(name.rendered)) == .directory
      prepared.stamp = isRendered ? try? DiskStamp(of: disk.path(name.directory)) : nil
      prepared.update = try TreeUpdate(rendered, place: disk.path(name.rendered), lockPlace: disk.path(name.lock))
    } else if keepsLocks {
      prepared.lock = FileSet.File(path: name.lock, contents: rendered.lockText)
    }
    return prepared
  }
}

/// An environment that is ready to be committed.
package struct PreparedEnvironment: Sendable {
  package var name: EnvironmentName { commit.name }
  /// The stamp of its directory on disk, if that is as it will be committed; nothing where that is not known.
  package var currentStamp: DiskStamp? { update?.isCurrent == true ? stamp : nil }
  let commit: EnvironmentCommit
  /// What has to be written to disk so that it holds what is committed; nothing where there is none.
  var update: TreeUpdate?
  /// The stamp of its directory, from before it was looked at; nothing where it was not.
  var stamp: DiskStamp?
  /// The lock where it alone is to be written.
  var lock: FileSet.File?
}
