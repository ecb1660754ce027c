package import Files
package import Git

/// A commit of everything that rendering made, and of what it was made from, for all environments at once.
///
/// The inputs (sailplan.yaml, values, overlays, a bundle in the workspace) go along, so that whoever renders the commit
/// again gets what it holds. Nothing else is committed.
package struct WorkspaceCommit {
  private let environments: [EnvironmentCommit]
  private let inputs: [FileSet.File]
  private let bundle: Digest?

  /// - Parameters:
  ///   - inputs: the files that were rendered from, by their paths in the workspace.
  ///   - bundle: the digest of the bundle; nothing where there are no environments.
  package init(_ environments: [EnvironmentCommit], inputs: [FileSet.File], bundle: Digest?) {
    self.bundle = bundle
    self.environments = environments
    self.inputs = inputs
  }

  /// What the commit is to hold.
  /// - Parameters:
  ///   - head: the workspace as HEAD has it; nothing before the first commit, or where HEAD has no workspace.
  ///   - prefix: where the workspace is in the repository.
  ///   - message: nothing for a summary.
  package func snapshot(
    on head: RevisionTree?, prefix: ByteString, message: ByteString?
  ) throws(Diagnostic) -> Snapshot {
    func full(_ path: ByteString) -> ByteString { prefix.isEmpty ? path : prefix.appendingPath(path) }
    var changes: [Snapshot.Change] = []
    for file in FileSet(inputs).files {
      let contents = try Self.asKept(file, in: head)
      if let contents { changes.append(.file(full(file.path), contents)) }
    }
    // Where the commit brings inputs along, it is where they come from itself.
    let trailers = CommitTrailers(
      source: changes.isEmpty ? head?.revision.commit.map { ByteString($0.hex) } : nil,
      bundle: bundle)
    for environment in environments {
      changes.append(.tree(full(environment.name.rendered), environment.tree))
      changes.append(.blob(full(environment.name.lock), environment.lock))
    }
    let text = message ?? CommitSummary(entries: environments.map(\.summary)).text
    return Snapshot(changes, message: trailers.appended(to: text))
  }

  /// The bytes of an input as git is to keep them; nothing where HEAD has them. With `core.autocrlf` the file has other
  /// line ends than git: those of HEAD stay.
  private static func asKept(_ file: FileSet.File, in head: RevisionTree?) throws(Diagnostic) -> ByteString? {
    guard let head, let kind = try head.kind(file.path), kind == .file || kind == .executable else {
      return file.contents
    }
    if try head.holds(file.contents, at: file.path) { return nil }
    let unix = file.contents.withUnixLineEnds
    if unix == file.contents { return unix }
    let before = try head.contents(file.path, limit: WorkspaceReader.largestTemplate)
    if before == unix { return nil }
    return before.withUnixLineEnds == before ? unix : file.contents
  }
}
