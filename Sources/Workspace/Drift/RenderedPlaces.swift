import Files
import Git

/// Where rendered trees are kept that do not lie beside their values: on branches of their own, in another repository.
package struct RenderedPlaces: Sendable {
  private let branches: [EnvironmentName: String]
  /// A directory of the repository that has the branches.
  private let repository: String
  /// Whether that is another repository, which holds all other trees on its HEAD.
  private let isElsewhere: Bool

  /// - Parameters:
  ///   - start: a directory of the workspace.
  ///   - other: a directory of the repository that holds all rendered trees; nothing for that of the workspace.
  package init(branches: [EnvironmentName: String], start: String, other: String?) {
    self.branches = branches
    repository = other ?? start
    isElsewhere = other != nil
  }

  /// The tree that `base` is with all rendered trees where they would lie beside their values. For one thread.
  package func tree(over base: any InputTree) -> any InputTree {
    branches.isEmpty && !isElsewhere ? base : PlacedTree(base, self)
  }

  fileprivate func branch(of name: EnvironmentName) -> String? { branches[name] }

  /// What a branch, or HEAD, of the repository holds; nothing where there is no such branch, or no commit.
  fileprivate func revision(_ branch: String?) throws(Diagnostic) -> RevisionTree? {
    do throws(GitError) {
      let repository = try Repository.discover(at: repository)
      let revision: Revision?
      if let branch {
        revision = try repository.branch(branch)
      } else {
        revision = try repository.head().commit == nil ? nil : try repository.revision("HEAD")
      }
      guard let revision else { return nil }
      let prefix = branch == nil ? repository.prefix : .empty
      return RevisionTree(repository, revision: revision, name: branch ?? "\(self.repository):HEAD", prefix: prefix)
    } catch {
      throw error.diagnostic
    }
  }

  fileprivate var keepsLocksElsewhere: Bool { isElsewhere }
}

/// A workspace with its rendered trees in their places.
private final class PlacedTree: InputTree {
  private let base: any InputTree
  private let places: RenderedPlaces
  /// By branch; that of HEAD under no name.
  private var trees: [String?: RevisionTree?] = [:]

  init(_ base: any InputTree, _ places: RenderedPlaces) {
    self.base = base
    self.places = places
  }

  /// What a path leads to: a tree and the path in it; no tree where the branch is missing.
  private func place(_ path: ByteString) throws(Diagnostic) -> (tree: (any InputTree)?, path: ByteString) {
    let parts = path.pathComponents
    guard parts.first == EnvironmentName.root,
      let end = parts.dropFirst().firstIndex(where: { $0 == "rendered" || $0 == "sailplan.lock" }),
      let name = try? EnvironmentName(ByteString(pathComponents: Array(parts[1..<end])))
    else { return (base, path) }
    if parts[end] == "rendered", let branch = places.branch(of: name) {
      return (try revision(branch), ByteString(pathComponents: Array(parts[(end + 1)...])))
    }
    return places.keepsLocksElsewhere ? (try revision(nil), path) : (base, path)
  }

  private func revision(_ branch: String?) throws(Diagnostic) -> RevisionTree? {
    if let known = trees[branch] { return known }
    let tree = try places.revision(branch)
    trees.updateValue(tree, forKey: branch)
    return tree
  }

  func kind(_ path: ByteString) throws(Diagnostic) -> FileKind? {
    let (tree, inner) = try place(path)
    return try tree?.kind(inner)
  }

  func entries(_ path: ByteString) throws(Diagnostic) -> [DirectoryEntry] {
    let (tree, inner) = try place(path)
    return try tree?.entries(inner) ?? []
  }

  func linkTarget(_ path: ByteString) throws(Diagnostic) -> ByteString {
    let (tree, inner) = try found(path)
    return try tree.linkTarget(inner)
  }

  func contents(_ path: ByteString, limit: Int) throws(Diagnostic) -> ByteString {
    let (tree, inner) = try found(path)
    return try tree.contents(inner, limit: limit)
  }

  func holds(_ contents: ByteString, at path: ByteString) throws(Diagnostic) -> Bool {
    let (tree, inner) = try found(path)
    return try tree.holds(contents, at: inner)
  }

  private func found(_ path: ByteString) throws(Diagnostic) -> (any InputTree, ByteString) {
    let (tree, inner) = try place(path)
    guard let tree else { throw Diagnostic("cannot read \(shown(path)): there is no such file") }
    return (tree, inner)
  }

  func shown(_ path: ByteString) -> String {
    guard let (tree, inner) = try? place(path), let tree else { return base.shown(path) }
    return tree.shown(inner)
  }

  var opener: @Sendable () throws(Diagnostic) -> any InputTree {
    let (open, places) = (base.opener, places)
    return { () throws(Diagnostic) in PlacedTree(try open(), places) }
  }
}
