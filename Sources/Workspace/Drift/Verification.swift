package import Files
import Kubernetes
import YAML

/// Compares a rendered tree that somebody keeps with what its inputs give now. Writes nothing.
package struct Verification {
  private let tree: any InputTree

  /// - Parameter tree: where the rendered trees are looked for: the workspace on disk, or in a revision.
  package init(_ tree: any InputTree) { self.tree = tree }

  /// The most bytes that a rendered file may have to be shown field by field.
  private static let largestFile = 64 << 20

  /// All that differs between what the tree holds for an environment and `rendered`.
  /// - Throws: a diagnostic if the tree cannot be read.
  package func drift(_ rendered: RenderedEnvironment) throws(Diagnostic) -> EnvironmentDrift {
    let found = try files(rendered.name.rendered)
    var changed: [FileSet.File] = []
    for file in rendered.tree.files where try !holds(file, found[file.path], in: rendered) { changed.append(file) }
    if changed.isEmpty && found.count == rendered.tree.files.count {
      return EnvironmentDrift(name: rendered.name, items: [])
    }
    let reasons = DriftReasons(lock: try lock(rendered.name), rendered: rendered.lock)
    var items: [Drift] = []
    for file in changed { items.append(try compare(file, found[file.path], in: rendered, reasons)) }
    for path in found.keys.sorted() where rendered.tree[path] == nil {
      items.append(try extra(path, found[path] ?? .other, in: rendered, reasons))
    }
    return EnvironmentDrift(name: rendered.name, items: items.sorted { $0.path < $1.path })
  }

  /// What is left of an environment that is no more: all of it is drift.
  package func leftovers(_ name: EnvironmentName) throws(Diagnostic) -> EnvironmentDrift {
    var items: [Drift] = []
    let found = try files(name.rendered)
    for path in found.keys.sorted() {
      let (identity, committed) = try held(path, found[path] ?? .other, of: name)
      items.append(
        Drift(
          path: path, identity: identity, kind: .extra, fields: [], causes: [.environmentGone], committed: committed,
          rendered: nil))
    }
    return EnvironmentDrift(name: name, items: items)
  }

  /// The files below a directory of the tree, by their paths in it. Links are not followed: one is drift.
  private func files(_ directory: ByteString) throws(Diagnostic) -> [ByteString: FileKind] {
    var files: [ByteString: FileKind] = [:]
    guard try tree.kind(directory) == .directory else { return [:] }
    var open: [ByteString] = [.empty]
    while let path = open.popLast() {
      for entry in try tree.entries(path.isEmpty ? directory : directory.appendingPath(path)) {
        let inner = path.appendingPath(entry.name)
        if entry.kind == .directory { open.append(inner) } else { files[inner] = entry.kind }
      }
    }
    return files
  }

  private func lock(_ name: EnvironmentName) throws(Diagnostic) -> Lock? {
    guard try tree.kind(name.lock) == .file else { return nil }
    let contents = try tree.contents(name.lock, limit: Self.largestFile)
    return Lock(parsing: SourceFile.register(path: tree.shown(name.lock), contents: contents))
  }

  /// Whether the tree has the file as it is rendered.
  private func holds(
    _ file: FileSet.File, _ kind: FileKind?, in rendered: RenderedEnvironment
  ) throws(Diagnostic) -> Bool {
    guard kind == .file else { return false }
    return try tree.holds(file.contents, at: rendered.name.rendered.appendingPath(file.path))
  }

  /// How a file that the tree does not have so differs.
  private func compare(
    _ file: FileSet.File, _ kind: FileKind?, in rendered: RenderedEnvironment, _ reasons: DriftReasons
  ) throws(Diagnostic) -> Drift {
    let path = rendered.name.rendered.appendingPath(file.path)
    let object = rendered.object(at: file.path)
    func drift(_ kind: Drift.Kind, _ committed: ByteString?, _ fields: [FieldDifference] = []) -> Drift {
      Drift(
        path: file.path, identity: object?.identity, kind: kind, fields: fields,
        causes: reasons.causes(path: file.path, committed: committed), committed: committed, rendered: file.contents)
    }
    switch kind {
    case nil: return drift(.missing, nil)
    case .link?: return drift(.replaced(by: "a symbolic link"), nil)
    case .directory?, .other?: return drift(.replaced(by: "no file"), nil)
    case .file?: break
    case .executable?:
      if try tree.holds(file.contents, at: path) { return drift(.executable, file.contents) }
    }
    let committed = try tree.contents(path, limit: Self.largestFile)
    guard let object else { return drift(.changed, committed) }
    guard let old = Self.object(in: SourceFile.register(path: tree.shown(path), contents: committed)) else {
      return drift(.unreadable, committed)
    }
    let fields = FieldDifference.differences(from: old, to: object.content)
    return drift(fields.isEmpty ? .formatting : .changed, committed, fields)
  }

  private func extra(
    _ path: ByteString, _ kind: FileKind, in rendered: RenderedEnvironment, _ reasons: DriftReasons
  ) throws(Diagnostic) -> Drift {
    let (identity, committed) = try held(path, kind, of: rendered.name)
    return Drift(
      path: path, identity: identity, kind: .extra, fields: [],
      causes: reasons.causes(ofExtra: path, committed: committed), committed: committed, rendered: nil)
  }

  /// What the tree has at a path where nothing is rendered: the bytes of a file, and which object they are.
  private func held(
    _ path: ByteString, _ kind: FileKind, of name: EnvironmentName
  ) throws(Diagnostic) -> (ObjectIdentity?, ByteString?) {
    guard kind == .file || kind == .executable else { return (nil, nil) }
    let full = name.rendered.appendingPath(path)
    let contents = try tree.contents(full, limit: Self.largestFile)
    guard path != Layout.kustomization,
      let node = Self.object(in: SourceFile.register(path: tree.shown(full), contents: contents))
    else { return (nil, contents) }
    return ((try? KubernetesObject(node))?.identity, contents)
  }

  /// The one document of a file; nothing if there is none, or it cannot be read.
  private static func object(in source: SourceFile) -> Node? {
    guard let documents = try? ParsedFile.parse(source, options: ParseOptions(duplicateKeys: .error)).documents,
      documents.count == 1
    else { return nil }
    return documents[0].value
  }
}
