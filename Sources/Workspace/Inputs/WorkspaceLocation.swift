package import Files
import Git

/// Finds the workspace that a directory belongs to.
package enum WorkspaceLocation {
  /// The workspace on disk: `start` or the nearest directory above it that has a `sailplan.yaml`.
  /// - Throws: a diagnostic if there is none.
  package static func onDisk(from start: String) throws(Diagnostic) -> DiskTree {
    guard let tree = try onDiskIfAny(from: start) else { throw .noWorkspace(start) }
    return tree
  }

  /// The same; nothing where there is none.
  package static func onDiskIfAny(from start: String) throws(Diagnostic) -> DiskTree? {
    let absolute = start.hasPrefix("/") ? start : "\(try Disk.workingDirectory())/\(start)"
    let depth = ByteString(absolute).pathComponents.count
    var directory = start
    for _ in 0...depth {
      if try Disk.kind("\(directory)/\(WorkspaceConfiguration.file)") != nil { return DiskTree(root: directory) }
      // Relative names read better in messages than absolute ones.
      directory = directory == "." ? ".." : "\(directory)/.."
    }
    return nil
  }

  /// The workspace in a revision of the repository that `start` lies in: the nearest directory, from where `start` lies
  /// upwards, that has a `sailplan.yaml` there. Of the work tree nothing is read.
  /// - Parameter text: whatever `git rev-parse` takes.
  package static func inRevision(_ text: String, from start: String) throws(Diagnostic) -> RevisionTree {
    guard let tree = try inRevisionIfAny(text, from: start) else { throw .noWorkspace(start, in: text) }
    return tree
  }

  /// The same; nothing where the revision has no workspace there.
  package static func inRevisionIfAny(_ text: String, from start: String) throws(Diagnostic) -> RevisionTree? {
    do throws(GitError) {
      let repository = try Repository.discover(at: start)
      let revision = try repository.revision(text)
      var prefix = repository.prefix
      while true {
        let file = prefix.appendingPath(WorkspaceConfiguration.file)
        if try repository.entry(at: file, in: revision.tree) != nil { break }
        if prefix.isEmpty { return nil }
        prefix = prefix.splitAtLastSlash.directory
      }
      return RevisionTree(repository, revision: revision, name: text, prefix: prefix)
    } catch {
      if error.code == .unknownRevision && text == "HEAD" { throw .nothingCommitted }
      throw error.diagnostic
    }
  }
}

extension Diagnostic {
  fileprivate static var nothingCommitted: Diagnostic {
    Diagnostic(
      "nothing is committed yet in this repository",
      hint: "run 'sailplan commit' first, or look at the files on disk with --worktree")
  }

  fileprivate static func noWorkspace(_ start: String) -> Diagnostic {
    Diagnostic(
      "there is no \(WorkspaceConfiguration.file) in \(start == "." ? "this directory" : start) or above it",
      hint: "run 'sailplan init' at the top of your repository, or name the workspace with -C")
  }

  fileprivate static func noWorkspace(_ start: String, in revision: String) -> Diagnostic {
    Diagnostic(
      "there is no \(WorkspaceConfiguration.file) in \(revision), neither where \(start == "." ? "this directory" : start) lies nor above",
      hint: "commit the workspace first, or verify the files on disk with --worktree")
  }
}
