package import Files
package import Git
import Kubernetes

/// An environment as the commit before has it, by git's names.
package struct CommittedEnvironment: Sendable {
  /// Its rendered tree; nothing where there is none.
  let tree: ObjectID?
  /// Its lock.
  let lock: ObjectID?

  /// An environment that the commit before does not have.
  package static let none = CommittedEnvironment(tree: nil, lock: nil)

  /// What a commit has of environments, each directory on the way read once.
  /// - Parameters:
  ///   - tree: of the commit; nothing before the first one.
  ///   - prefix: where the workspace is in the repository.
  package static func find(
    _ names: [EnvironmentName], in tree: ObjectID?, prefix: ByteString, _ batch: ObjectBatch
  ) throws(Diagnostic) -> [EnvironmentName: CommittedEnvironment] {
    var found: [EnvironmentName: CommittedEnvironment] = [:]
    guard let tree else { return found }
    let places = names.map { (name: $0, rest: prefix.appendingPath($0.directory).pathComponents[...]) }
    do throws(GitError) {
      try find(places[...], in: tree, batch, &found)
    } catch {
      throw error.diagnostic
    }
    return found
  }

  /// What a branch that is to hold nothing but an environment's rendered tree holds now.
  /// - Throws: where the branch is checked out somewhere, or holds what sailplan did not write.
  static func onBranch(
    _ branch: String, of repository: borrowing Repository, lock: ObjectID?
  ) throws(Diagnostic) -> CommittedEnvironment {
    do throws(GitError) {
      try repository.checkNotCheckedOut(branch)
      guard let tip = try repository.branch(branch) else { return CommittedEnvironment(tree: nil, lock: lock) }
      let list = try repository.entry(at: Layout.kustomization, in: tip.tree)
      if let list, list.mode == .file, try repository.blob(list.id).hasPrefix(Layout.header) {
        return CommittedEnvironment(tree: tip.tree, lock: lock)
      }
      if try repository.children(of: tip.tree).isEmpty { return CommittedEnvironment(tree: nil, lock: lock) }
    } catch {
      throw error.diagnostic
    }
    throw Diagnostic(
      "the branch '\(branch)' holds files that sailplan did not write",
      hint: "choose another branch for rendered trees, or remove this one: git branch -D \(branch)")
  }

  private static func find(
    _ places: ArraySlice<(name: EnvironmentName, rest: ArraySlice<ByteString>)>, in tree: ObjectID,
    _ batch: ObjectBatch, _ found: inout [EnvironmentName: CommittedEnvironment]
  ) throws(GitError) {
    var entries: [ByteString: TreeEntry] = [:]
    for entry in try batch.children(of: tree) { entries[entry.path] = entry }
    var inner: [ByteString: [(name: EnvironmentName, rest: ArraySlice<ByteString>)]] = [:]
    for place in places {
      if let next = place.rest.first {
        inner[next, default: []].append((place.name, place.rest.dropFirst()))
      } else {
        found[place.name] = CommittedEnvironment(
          tree: entries["rendered"].flatMap { $0.mode == .directory ? $0.id : nil },
          lock: entries["sailplan.lock"].flatMap { $0.mode == .file ? $0.id : nil })
      }
    }
    for (name, places) in inner {
      if let entry = entries[name], entry.mode == .directory { try find(places[...], in: entry.id, batch, &found) }
    }
  }

  /// All files of the rendered tree, ours and those of others.
  func files(_ batch: ObjectBatch) throws(GitError) -> [ByteString: TreeEntry] {
    var files: [ByteString: TreeEntry] = [:]
    guard let tree else { return [:] }
    var open: [(path: ByteString, tree: ObjectID)] = [(.empty, tree)]
    while let (path, tree) = open.popLast() {
      for entry in try batch.children(of: tree) {
        let inner = path.appendingPath(entry.path)
        if entry.mode == .directory { open.append((inner, entry.id)) } else { files[inner] = entry }
      }
    }
    return files
  }

  /// The paths that the lock and `kustomization.yaml` say are ours.
  func owned(_ files: [ByteString: TreeEntry], _ batch: ObjectBatch) throws(GitError) -> Set<ByteString> {
    func source(_ id: ObjectID, _ path: ByteString) throws(GitError) -> SourceFile {
      SourceFile.register(path: path.text, contents: try batch.blob(id))
    }
    var owned: Set<ByteString> = []
    if let lock, let read = Lock(parsing: try source(lock, "sailplan.lock")) { owned.formUnion(read.files.map(\.path)) }
    if let list = files[Layout.kustomization], list.mode == .file {
      owned.formUnion(RenderedTree.files(listedIn: try source(list.id, list.path)))
    }
    return owned
  }
}
