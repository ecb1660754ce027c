package import Files
import Kubernetes
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

  private let rendered: RenderedEnvironment
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
  package var objects: Int { rendered.objects.objects.count }

  /// Looks at what is on disk; writes nothing.
  /// - Parameters:
  ///   - place: the directory of the tree.
  ///   - lockPlace: the file of the lock; nothing writes none.
  /// - Throws: a diagnostic for everything in the way that was not written by sailplan.
  package init(_ rendered: RenderedEnvironment, place: String, lockPlace: String?) throws(Diagnostics) {
    self.rendered = rendered
    self.place = place
    self.lockPlace = lockPlace
    let tree = DiskTree(root: place)
    do throws(Diagnostic) {
      let found = try Disk.kind(place) == .directory ? try Disk.walk(place) : [:]
      let lock = try lockPlace.flatMap { path throws(Diagnostic) in try Self.text(path) }
      var owned = Set(lock.flatMap { Lock(parsing: $0) }?.files.map(\.path) ?? [])
      if let list = try Self.text(tree.path(Layout.kustomization)) {
        owned.formUnion(RenderedTree.files(listedIn: list))
      }
      self.owned = owned.filter { found[$0] != nil }
      lockIsCurrent = lock?.contents == rendered.lock.text || lockPlace == nil

      var changes: [Change] = []
      for file in rendered.tree.files {
        switch found[file.path] {
        case nil: changes.append(Change(path: file.path, kind: .added))
        case .file? where try tree.holds(file.contents, at: file.path): break
        default: changes.append(Change(path: file.path, kind: .changed))
        }
      }
      for path in self.owned where rendered.tree[path] == nil { changes.append(Change(path: path, kind: .removed)) }
      self.changes = changes.sorted { $0.path < $1.path }
    } catch {
      throw Diagnostics(error)
    }
    var diagnostics = Diagnostics()
    for change in changes where change.kind == .changed && !owned.contains(change.path) {
      diagnostics.append(.notOurs(tree.path(change.path)))
    }
    try diagnostics.throwIfErrors()
  }

  private static func text(_ path: String) throws(Diagnostic) -> SourceFile? {
    guard try Disk.kind(path) == .file else { return nil }
    return SourceFile.register(path: path, contents: try Disk.read(path, limit: WorkspaceReader.largestInput))
  }

  /// Brings the disk up to date. Where nothing changes nothing is written; what a killed process left behind goes.
  /// - Throws: a diagnostic if that fails; what was there before is there then.
  package func write() throws(Diagnostic) {
    let lockName = lockPlace.map { ByteString($0).splitAtLastSlash.name.text }
    guard !changes.isEmpty || !lockIsCurrent else { return try DiskReplacement.clear(path: place, file: lockName) }
    var replacement = try DiskReplacement(path: place)
    if !changes.isEmpty { try replacement.stage(rendered.tree, owned: owned) }
    if let lockName, !lockIsCurrent { try replacement.stage(rendered.lock.text, name: lockName) }
    try replacement.publish()
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
