package import Files
import Git
import Kubernetes
package import OCI
import YAML

/// What one process rendered of a fleet, in a directory: `environments/NAME/` with rendered tree and lock, as in a
/// workspace, and the manifest.
package struct ShardOutput: Sendable {
  package let directory: DiskTree
  package let manifest: ShardManifest

  /// Reads the manifest in `directory`.
  package init(in directory: String) throws(Diagnostics) {
    self.directory = DiskTree(root: directory)
    let path = self.directory.path(ByteString(ShardManifest.file))
    let contents: ByteString
    do throws(Diagnostic) {
      guard try Disk.kind(path) != nil else {
        throw Diagnostic(
          "\(directory) is no output of a shard: there is no \(ShardManifest.file) in it",
          hint: "write one with 'sailplan render --shard i/n --output \(directory)'")
      }
      contents = try Disk.read(path, limit: WorkspaceReader.largestTemplate)
    } catch {
      throw Diagnostics(error)
    }
    manifest = try ShardManifest(parsing: SourceFile.register(path: path, contents: contents))
  }

  /// Sees to it that outputs are all parts of one whole, each there once.
  /// - Parameter place: where they are to be committed.
  /// - Returns: the environments of all parts, and which part has each, in the order of the names.
  /// - Throws: everything that is missing, twice, or of another whole.
  package static func environments(
    of outputs: [ShardOutput], for place: borrowing CommitPlace
  ) throws(Diagnostics) -> [(entry: ShardManifest.Entry, output: ShardOutput)] {
    var diagnostics = Diagnostics()
    guard let first = outputs.first else { return [] }
    func same<Value: Equatable>(_ what: String, _ value: (ShardManifest) -> Value) {
      for output in outputs where value(output.manifest) != value(first.manifest) {
        diagnostics.append(
          Diagnostic(
            "\(output.directory.root) and \(first.directory.root) differ in \(what): \(value(output.manifest)) and \(value(first.manifest))",
            hint: "render all shards anew from one commit"))
      }
    }
    same("the number of shards") { $0.shard.count }
    same("the commit that they were rendered from") { $0.source }
    same("the version of sailplan") { $0.tool }
    same("the bundle") { $0.bundle }
    same("which environments there are") { $0.fleet }
    try diagnostics.throwIfErrors()

    let count = first.manifest.shard.count
    var places: [Int: String] = [:]
    for output in outputs {
      let (number, root) = (output.manifest.shard.number, output.directory.root)
      if let other = places.updateValue(root, forKey: number) {
        diagnostics.append(Diagnostic("shard \(number)/\(count) is given twice: \(other) and \(root)"))
      }
    }
    let missing = (1...count).filter { places[$0] == nil }
    if !missing.isEmpty {
      let shown = missing.prefix(10).map { "\($0)" }.joined(separator: ", ") + (missing.count > 10 ? ", …" : "")
      diagnostics.append(
        Diagnostic(
          "\(missing.count) of \(count) shards \(missing.count == 1 ? "is" : "are") missing: \(shown)",
          hint: "give the directories of all shards"))
    }
    let commit = place.head?.revision.commit
    if commit != first.manifest.source {
      diagnostics.append(
        Diagnostic(
          "the shards were rendered from \(first.manifest.source.abbreviated), but HEAD is \(commit?.abbreviated ?? "not there yet")",
          hint: "check out the commit that they were rendered from, or render them anew"))
    }
    if first.manifest.tool != ToolVersion.text {
      diagnostics.append(
        Diagnostic(
          "the shards were rendered by sailplan \(first.manifest.tool), and this is \(ToolVersion.text)",
          hint: "use one version for all"))
    }
    try diagnostics.throwIfErrors()

    let all = outputs.flatMap { output in output.manifest.environments.map { (entry: $0, output: output) } }
      .sorted { $0.entry.name < $1.entry.name }
    let names = all.map(\.entry.name)
    for output in outputs {
      let own = output.manifest.environments.map(\.name).sorted()
      if own != output.manifest.shard.choose(from: names) {
        diagnostics.append(
          Diagnostic(
            "\(output.directory.root) does not hold the environments of shard \(output.manifest.shard.number)/\(count)",
            hint: "render it anew"))
      }
    }
    if diagnostics.list.isEmpty, ShardManifest.digest(of: names) != first.manifest.fleet {
      diagnostics.append(Diagnostic("the shards do not hold all environments", hint: "render them anew"))
    }
    try diagnostics.throwIfErrors()
    return all
  }

  /// What was rendered of an environment, compared with its digests file by file. Of its objects only Secrets are read.
  /// - Parameter known: contents by their digests: those that environments share are kept once.
  package func rendered(
    _ entry: ShardManifest.Entry, _ known: inout [ContentDigest: ByteString]
  ) throws(Diagnostics) -> RenderedEnvironment {
    let name = entry.name
    do throws(Diagnostic) {
      let text = try directory.contents(name.lock, limit: WorkspaceReader.largestInput)
      let source = SourceFile.register(path: directory.shown(name.lock), contents: text)
      guard let lock = Lock(parsing: source), lock.text == text, lock.outputDigest == entry.digest,
        lock.bundleDigest == manifest.bundle, lock.tool == manifest.tool
      else { throw .notAsRendered(directory.shown(name.lock)) }
      var files: [FileSet.File] = []
      var secrets: [Document] = []
      for file in lock.files {
        let path = name.rendered.appendingPath(file.path)
        var contents = try directory.contents(path, limit: WorkspaceReader.largestTemplate)
        guard ContentDigest(contents) == file.digest else { throw .notAsRendered(directory.shown(path)) }
        if let shared = known[file.digest] { contents = shared } else { known[file.digest] = contents }
        files.append(FileSet.File(path: file.path, contents: contents))
        guard contents.text.contains("kind: Secret\n") else { continue }
        let shown = SourceFile.register(path: directory.shown(path), contents: contents)
        secrets += try Self.documents(shown)
      }
      guard lock.hasRightDigest else { throw .notAsRendered(directory.shown(name.lock)) }
      return try Self.environment(name, FileSet(files), lock, secrets)
    } catch {
      throw Diagnostics(error)
    }
  }

  private static func documents(_ source: SourceFile) throws(Diagnostic) -> [Document] {
    do throws(Diagnostics) {
      return try ParsedFile.parse(source).documents
    } catch {
      throw error.list.first ?? Diagnostic("\(source.path) cannot be read")
    }
  }

  private static func environment(
    _ name: EnvironmentName, _ tree: FileSet, _ lock: Lock, _ secrets: [Document]
  ) throws(Diagnostic) -> RenderedEnvironment {
    do throws(Diagnostics) {
      let objects = try ObjectSet(documents: secrets)
      return RenderedEnvironment(
        name: name, objects: objects, paths: try Layout(objects).paths, tree: tree, lock: lock, provider: .empty,
        kubernetes: .empty, inputs: nil)
    } catch {
      throw error.list.first ?? Diagnostic("what was rendered of \(name) cannot be read")
    }
  }
}

extension Diagnostic {
  fileprivate static func notAsRendered(_ path: String) -> Diagnostic {
    Diagnostic("\(path) is not as it was rendered", hint: "render this shard anew, and copy all of its files")
  }
}
