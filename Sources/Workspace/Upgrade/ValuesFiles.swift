import Files
import Velero
import YAML

/// The files of values that environments take values from, each on its way to a release.
struct ValuesFiles {
  private struct Entry {
    let original: ByteString
    var rewrite: ValuesRewrite
  }

  /// By paths without links.
  private var entries: [ByteString: Entry] = [:]
  /// The files that an environment takes values from, the farthest first.
  private var files: [EnvironmentName: [ByteString]] = [:]
  private let resolver: PathResolver

  /// Reads the files, and changes what the releases ask for that the environments are to get.
  /// - Throws: what is in the way.
  init(of movers: [UpgradeWay.Mover], in tree: EditedTree, catalogue: ReleaseCatalogue) throws(Diagnostics) {
    resolver = PathResolver(tree: tree)
    let reader = try WorkspaceReader(tree)
    var texts: [ByteString: EditableText] = [:]
    var hops: [ByteString: Set<UpgradeHop>] = [:]
    for mover in movers {
      for file in try reader.inputs(for: mover.name).values where file.isWhole {
        let path = try place(of: file.path)
        files[mover.name, default: []].append(path)
        hops[path, default: []].insert(mover.hop)
        if texts[path] == nil { texts[path] = try EditableText(name: tree.shown(path), contents: file.contents) }
      }
    }
    for (path, text) in texts {
      let targets = Set((hops[path] ?? []).map(\.to))
      guard let target = targets.first, targets.count == 1 else { throw Diagnostics(.apart(text.name, targets)) }
      let rewrite = ValuesRewrite(text, from: Set((hops[path] ?? []).map(\.from)), to: target, in: catalogue)
      entries[path] = Entry(original: text.contents, rewrite: rewrite)
    }
    try moveReleases(movers)
    var diagnostics = Diagnostics()
    for path in entries.keys.sorted() {
      do throws(Diagnostic) {
        try entries[path]?.rewrite.applyRules()
      } catch {
        diagnostics.append(error)
      }
    }
    try diagnostics.throwIfErrors()
  }

  private func place(of path: ByteString) throws(Diagnostics) -> ByteString {
    do throws(Diagnostic) {
      return try resolver.resolve(path)?.path ?? path
    } catch {
      throw Diagnostics(error)
    }
  }

  /// Writes the release where it is said: in the nearest file that says it, or else in the environment's own.
  private mutating func moveReleases(_ movers: [UpgradeWay.Mover]) throws(Diagnostics) {
    var diagnostics = Diagnostics()
    for mover in movers {
      let own = files[mover.name] ?? []
      guard let path = own.last(where: { entries[$0]?.rewrite.namesRelease ?? false }) ?? own.last else { continue }
      do throws(Diagnostic) {
        try entries[path]?.rewrite.setRelease()
      } catch {
        diagnostics.append(error)
      }
    }
    try diagnostics.throwIfErrors()
  }

  /// Sets values aside that were refused.
  /// - Returns: whether there was one that could be.
  mutating func setAside(_ refused: [Diagnostic], reader: WorkspaceReader) throws(Diagnostics) -> Bool {
    var done: Set<[ByteString]> = []
    var diagnostics = Diagnostics()
    for diagnostic in refused {
      guard let field = diagnostic.field, let path = NodePath(ByteString(field)), let range = diagnostic.range,
        let source = range.start.source,
        let file = try reader.path(of: source, among: Set(files.values.joined()), resolver),
        let text = entries[file]?.rewrite.text, text.value.node(at: path) != nil,
        done.insert([file, ByteString(field)]).inserted
      else { continue }
      do throws(Diagnostic) {
        try entries[file]?.rewrite.setAside(path, why: diagnostic.reason(for: field))
      } catch {
        diagnostics.append(error)
      }
    }
    try diagnostics.throwIfErrors()
    return !done.isEmpty
  }

  // MARK: What came of it

  /// The files that hold something else now.
  var edits: FileSet {
    FileSet(
      entries.compactMap { path, entry in
        let contents = entry.rewrite.text.contents
        return contents == entry.original ? nil : FileSet.File(path: path, contents: contents)
      })
  }

  /// What changes in the values that an environment takes, the farthest file first.
  func changes(for name: EnvironmentName) -> [ValueChange] {
    (files[name] ?? []).flatMap { entries[$0]?.rewrite.changes ?? [] }
  }

  /// A file that holds something else now, and that an environment takes values from.
  func shared(with inputs: EnvironmentInputs) -> ByteString? {
    let edited = Set(edits.files.map(\.path))
    return inputs.values.filter(\.isWhole).map(\.path).last { path in
      edited.contains((try? resolver.resolve(path)?.path) ?? path)
    }
  }
}

extension WorkspaceReader {
  /// The file of values, by its path without links, that a source file was read from.
  fileprivate func path(
    of source: SourceFile, among paths: Set<ByteString>, _ resolver: PathResolver
  ) throws(Diagnostics) -> ByteString? {
    do throws(Diagnostic) {
      guard let path = try resolver.resolve(ByteString(source.path))?.path, paths.contains(path) else { return nil }
      return path
    } catch {
      throw Diagnostics(error)
    }
  }
}

extension Diagnostic {
  /// Why a value is refused, without its name.
  fileprivate func reason(for field: String) -> String {
    let name = "value '\(field)' "
    return message.hasPrefix(name) ? "it \(message.dropFirst(name.count))" : message
  }

  fileprivate static func apart(_ file: String, _ targets: Set<ReleaseVersion>) -> Diagnostic {
    let names = targets.sorted().map(\.description).joined(separator: " and ")
    return Diagnostic(
      "environments that share \(file) are on their way to \(names) at the same time",
      hint: "bring them to one release first, each with a velero.version of its own")
  }
}
