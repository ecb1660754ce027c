package import Files
import Kubernetes
import Synchronization
import YAML

/// What writing a rendered tree to disk changes there.
package struct TreeUpdate: Sendable {
  /// One file.
  package struct Change: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
      case added, changed, removed
    }

    /// The path in the tree.
    package let path: ByteString
    package let kind: Kind
  }

  /// What the tree is to hold, and the text of the lock.
  private let tree: FileSet
  private let lock: ByteString
  private let place: String
  private let lockPlace: String?
  /// What is in the tree on disk and ours: written by an earlier rendering, or in the place of what is rendered.
  private let owned: Set<ByteString>
  /// In the order of the paths; empty where the tree is as it should be.
  package let changes: [Change]
  private let lockIsCurrent: Bool
  /// Whether the tree and its lock are as they should be.
  package var isCurrent: Bool { changes.isEmpty && lockIsCurrent }

  /// How many objects the tree has.
  package let objects: Int

  /// Looks at what is on disk; writes nothing.
  /// - Parameters:
  ///   - place: the directory of the tree.
  ///   - lockPlace: the file of the lock; nothing writes none.
  /// - Throws: a diagnostic for everything in the way that was not written by sailplan.
  package init(_ rendered: RenderedEnvironment, place: String, lockPlace: String?) throws(Diagnostics) {
    tree = rendered.tree
    lock = rendered.lockText
    objects = rendered.objects.objects.count
    self.place = place
    self.lockPlace = lockPlace
    let disk = DiskTree(root: place)
    do throws(Diagnostic) {
      let found = try Disk.kind(place) == .directory ? try Disk.walk(place) : [:]
      let oldLock = try lockPlace.flatMap { path throws(Diagnostic) in try Self.text(path) }
      var owned = Set(oldLock.flatMap { Lock(parsing: $0) }?.files.map(\.path) ?? [])
      if let list = try Self.text(disk.path(Layout.kustomization)) {
        owned.formUnion(RenderedTree.files(listedIn: list))
      }
      self.owned = owned.filter { found[$0] != nil }
      lockIsCurrent = oldLock?.contents == lock || lockPlace == nil

      var changes: [Change] = []
      for file in tree.files {
        switch found[file.path] {
        case nil: changes.append(Change(path: file.path, kind: .added))
        case .file? where try disk.holds(file.contents, at: file.path): break
        default: changes.append(Change(path: file.path, kind: .changed))
        }
      }
      for path in self.owned where tree[path] == nil { changes.append(Change(path: path, kind: .removed)) }
      self.changes = changes.sorted { $0.path < $1.path }
    } catch {
      throw Diagnostics(error)
    }
    var diagnostics = Diagnostics()
    for change in changes where change.kind == .changed && !owned.contains(change.path) {
      diagnostics.append(.notOurs(disk.path(change.path)))
    }
    try diagnostics.throwIfErrors()
  }

  private static func text(_ path: String) throws(Diagnostic) -> SourceFile? {
    guard try Disk.kind(path) == .file else { return nil }
    return SourceFile.register(path: path, contents: try Disk.read(path, limit: WorkspaceReader.largestInput))
  }

  /// Brings the disk up to date. Where nothing changes nothing is written; what a killed process left behind goes.
  /// - Returns: what the system says of the files of the tree that were written.
  /// - Throws: a diagnostic if that fails; what was there before is there then.
  @discardableResult
  package func write() throws(Diagnostic) -> [ByteString: FileStatus] {
    let lockName = lockPlace.map { ByteString($0).splitAtLastSlash.name.text }
    guard !changes.isEmpty || !lockIsCurrent else {
      try DiskReplacement.clear(path: place, file: lockName)
      return [:]
    }
    var replacement = try DiskReplacement(path: place)
    let written = changes.isEmpty ? [:] : try replacement.stage(tree, owned: owned)
    if let lockName, !lockIsCurrent { try replacement.stage(lock, name: lockName) }
    try replacement.publish()
    return written
  }

  /// Brings the disk up to date for many trees, several at a time.
  /// - Returns: what the system says of the files that were written, for each of the trees.
  /// - Throws: a diagnostic for the first that failed; those after it may not have been tried.
  @discardableResult
  package static func write(_ updates: [TreeUpdate?]) throws(Diagnostic) -> [[ByteString: FileStatus]] {
    let hasFailed = Atomic(false)
    typealias Written = Result<[ByteString: FileStatus], Diagnostic>
    let results = ParallelWork<Written>.map(updates.count, neighbours: 4) { index in
      guard let update = updates[index], !hasFailed.load(ordering: .relaxed) else { return .success([:]) }
      let result = Result { () throws(Diagnostic) in try update.write() }
      if case .failure = result { hasFailed.store(true, ordering: .relaxed) }
      return result
    }
    return try results.map { result throws(Diagnostic) in try result.get() }
  }
}

/// What a directory of ours tells about itself.
enum RenderedTree {
  /// The files that a `kustomization.yaml` of ours lists, itself included; none where somebody else wrote it.
  static func files(listedIn source: SourceFile) -> Set<ByteString> {
    guard source.contents.hasPrefix(Layout.header), let file = try? ParsedFile.parse(source),
      case .sequence(let items)? = file.documents.first?.value.value(at: "resources")
    else { return [] }
    return Set(items.compactMap(\.value.stringValue) + [Layout.kustomization])
  }
}

extension Diagnostic {
  fileprivate static func notOurs(_ path: String) -> Diagnostic {
    Diagnostic(
      "\(path) is in the way: it was not written by sailplan",
      hint: "move it away, or remove it if it can be rendered again")
  }
}
