package import Files
package import Git
package import OCI

/// A commit of everything that rendering made, and of what it was made from, for all environments at once; and a commit
/// on each branch that holds one environment.
///
/// The inputs (sailplan.yaml, values, overlays, a bundle in the workspace) go along, so that whoever renders the commit
/// again gets what it holds. Nothing else is committed.
package struct WorkspaceCommit {
  private let environments: [PreparedEnvironment]
  private let inputs: [FileSet.File]
  private let message: ByteString?
  private let source: ObjectID?
  private let bundle: ContentDigest?

  /// - Parameters:
  ///   - inputs: the files that were rendered from, by their paths in the workspace.
  ///   - bundle: the digest of the bundle; nothing where there are no environments.
  ///   - message: nothing for a summary.
  ///   - source: the commit that the inputs were read from, where it is one of another repository.
  package init(
    _ environments: [PreparedEnvironment], inputs: [FileSet.File], bundle: ContentDigest?, message: ByteString? = nil,
    source: ObjectID? = nil
  ) {
    self.bundle = bundle
    self.environments = environments
    self.inputs = inputs
    self.message = message
    self.source = source
  }

  /// What came of a commit.
  package struct Outcome {
    /// What has moved; nothing where what is committed is what is rendered.
    package var moves: [Move] = []
    /// What HEAD names now; nothing before the first commit.
    package var head: ObjectID?
  }

  /// What a branch, or HEAD, was moved to.
  package struct Move {
    /// Nothing for HEAD.
    package let branch: String?
    package let commit: ObjectID
    /// The first line of the message.
    package let subject: String
  }

  /// Writes the rendered trees to disk, where there is one, and commits: first on top of HEAD, then on the branches.
  /// - Parameter progress: called from time to time with how many objects of how many are written, where they are many.
  package func write(
    at place: borrowing CommitPlace, _ batch: ObjectBatch, progress: (Int, Int) -> Void = { _, _ in }
  ) throws(Diagnostic) -> Outcome {
    let inputs = try changedInputs(since: place.head)
    let written = try TreeUpdate.write(environments.map(\.update))
    let snapshot = snapshot(of: inputs, written, on: place.head, prefix: place.prefix)
    for environment in environments {
      if let lock = environment.lock { try place.write(FileSet([lock])) }
    }
    var outcome = Outcome(head: place.head?.revision.commit)
    do throws(GitError) {
      if let snapshot {
        let made = try place.repository.commit(snapshot, batch: batch, progress: progress)
        outcome.head = made.commit
        if case .committed(let id) = made {
          outcome.moves.append(Move(branch: nil, commit: id, subject: snapshot.message.firstLine))
        }
      }
      let commits = branchCommits(source: source ?? outcome.head)
      for (made, commit) in zip(try place.repository.commit(commits, batch: batch, progress: progress), commits) {
        guard case .committed(let id) = made else { continue }
        outcome.moves.append(Move(branch: commit.branch, commit: id, subject: commit.message.firstLine))
      }
    } catch {
      throw error.diagnostic
    }
    return outcome
  }

  /// The inputs that HEAD lacks or has otherwise, as git is to keep them.
  private func changedInputs(since head: RevisionTree?) throws(Diagnostic) -> [FileSet.File] {
    var changed: [FileSet.File] = []
    for file in FileSet(inputs).files {
      guard let contents = try Self.asKept(file, in: head) else { continue }
      changed.append(FileSet.File(path: file.path, contents: contents))
    }
    return changed
  }

  /// What the commit on top of HEAD is to hold; nothing where all of it goes to branches.
  /// - Parameters:
  ///   - inputs: those that changed.
  ///   - written: the files of each environment that were just written.
  ///   - head: the workspace as HEAD has it; nothing before the first commit, or where HEAD has no workspace.
  ///   - prefix: where the workspace is in the repository.
  private func snapshot(
    of inputs: [FileSet.File], _ written: [[ByteString: FileStatus]], on head: RevisionTree?, prefix: ByteString
  ) -> Snapshot? {
    func full(_ path: ByteString) -> ByteString { prefix.isEmpty ? path : prefix.appendingPath(path) }
    var changes = inputs.map { Snapshot.Change.file(full($0.path), $0.contents) }
    // Where the commit brings inputs along, it is where they come from itself.
    let here = changes.isEmpty ? head?.revision.commit : nil
    for (environment, written) in zip(environments.map(\.commit), written) {
      if environment.branch == nil {
        changes.append(.tree(full(environment.name.rendered), environment.tree, written: written))
      }
      if let lock = environment.lock { changes.append(.blob(full(environment.name.lock), lock)) }
    }
    if changes.isEmpty { return nil }
    let own = environments.map(\.commit).filter { $0.branch == nil }
    return Snapshot(changes, message: text(of: own, source: source ?? here))
  }

  private func branchCommits(source: ObjectID?) -> [BranchCommit] {
    environments.map(\.commit).compactMap { environment in
      environment.branch.map {
        BranchCommit(
          branch: $0, tree: environment.tree.id, message: text(of: [environment], source: source))
      }
    }
  }

  private func text(of environments: [EnvironmentCommit], source: ObjectID?) -> ByteString {
    let trailers = CommitTrailers(
      source: source.map { ByteString($0.hex) }, bundle: bundle)
    return trailers.appended(to: message ?? CommitSummary(entries: environments.map(\.summary)).text)
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

extension ByteString {
  fileprivate var firstLine: String { self[0..<(firstIndex(of: UInt8(ascii: "\n")) ?? count)].text }
}
