package import Files
package import Git

/// A commit of everything that rendering made, and of what it was made from, for all environments at once.
///
/// The inputs (sailplan.yaml, values, overlays, a bundle in the workspace) go along, so that whoever renders the commit
/// again gets what it holds. Nothing else is committed.
package struct WorkspaceCommit {
  private let rendered: [RenderedEnvironment]
  private let inputs: [FileSet.File]

  /// - Parameter inputs: the files that were rendered from, by their paths in the workspace.
  package init(_ rendered: [RenderedEnvironment], inputs: [FileSet.File]) {
    self.rendered = rendered
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
    var summaries: [CommitSummary.Entry] = []
    for file in FileSet(inputs).files {
      let contents = try Self.asKept(file, in: head)
      if let contents { changes.append(.file(full(file.path), contents)) }
    }
    for environment in rendered {
      let before = try head.map { tree throws(Diagnostic) in try OwnedFiles(of: environment.name, in: tree) }
      var entry = CommitSummary.Entry(name: environment.name, release: environment.lock.release)
      for file in environment.tree.files {
        let path = environment.name.rendered.appendingPath(file.path)
        changes.append(.file(full(path), file.contents))
        switch before?.found[file.path] {
        case nil: entry.added.append(file.path)
        case .file?: if try head?.holds(file.contents, at: path) != true { entry.changed.append(file.path) }
        default: entry.changed.append(file.path)
        }
      }
      for path in before?.owned.sorted() ?? [] where environment.tree[path] == nil {
        changes.append(.file(full(environment.name.rendered.appendingPath(path)), nil))
        entry.removed.append(path)
      }
      changes.append(.file(full(environment.name.lock), environment.lock.text))
      summaries.append(entry)
    }
    return Snapshot(changes, message: message ?? CommitSummary(entries: summaries).text)
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

/// The files of a rendered tree that a revision has, and which of them are ours.
private struct OwnedFiles {
  var found: [ByteString: FileKind] = [:]
  var owned: Set<ByteString> = []

  init(of name: EnvironmentName, in tree: RevisionTree) throws(Diagnostic) {
    guard try tree.kind(name.rendered) == .directory else { return }
    var open: [ByteString] = [.empty]
    while let path = open.popLast() {
      for entry in try tree.entries(path.isEmpty ? name.rendered : name.rendered.appendingPath(path)) {
        let inner = path.appendingPath(entry.name)
        if entry.kind == .directory { open.append(inner) } else { found[inner] = entry.kind }
      }
    }
    let kustomization = name.rendered.appendingPath("kustomization.yaml")
    if try tree.kind(name.lock) == .file {
      let text = try tree.contents(name.lock, limit: WorkspaceReader.largestInput)
      let lock = Lock(parsing: SourceFile.register(path: tree.shown(name.lock), contents: text))
      owned.formUnion(lock?.files.map(\.path) ?? [])
    }
    if try tree.kind(kustomization) == .file {
      let text = try tree.contents(kustomization, limit: WorkspaceReader.largestInput)
      owned.formUnion(
        RenderedTree.files(listedIn: SourceFile.register(path: tree.shown(kustomization), contents: text)))
    }
    let there = found
    owned = owned.filter { there[$0] != nil }
  }
}

/// The message of a commit that nobody gave one.
struct CommitSummary {
  struct Entry {
    let name: EnvironmentName
    let release: ByteString
    var added: [ByteString] = []
    var changed: [ByteString] = []
    var removed: [ByteString] = []

    var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }
  }

  let entries: [Entry]

  /// How many files of one environment, and how many environments, are named.
  private static let mostNamed = 40

  var text: ByteString {
    let touched = entries.filter { !$0.isEmpty }
    var text = Self.subject(touched) + "\n"
    for entry in touched.prefix(Self.mostNamed) {
      let release = entry.release.isEmpty ? "" : " (Velero \(entry.release))"
      text += "\n\(entry.name)\(release): \(Self.counts(entry))\n"
      let lines = entry.added.map { "+ \($0)" } + entry.changed.map { "~ \($0)" } + entry.removed.map { "- \($0)" }
      for line in lines.prefix(Self.mostNamed) { text += "  \(line)\n" }
      if lines.count > Self.mostNamed { text += "  and \(lines.count - Self.mostNamed) more\n" }
    }
    if touched.count > Self.mostNamed { text += "\nand \(touched.count - Self.mostNamed) more environments\n" }
    return ByteString(text)
  }

  private static func subject(_ entries: [Entry]) -> String {
    if entries.isEmpty { return "Record what the environments are rendered from" }
    let names = entries.map(\.name.path.text)
    let list = names.joined(separator: ", ")
    if list.utf8.count <= 60 { return "Render \(list)" }
    return "Render \(names.count) environments"
  }

  private static func counts(_ entry: Entry) -> String {
    let parts = [(entry.added.count, "added"), (entry.changed.count, "changed"), (entry.removed.count, "removed")]
    return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }
}
