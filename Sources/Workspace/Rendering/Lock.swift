package import Files
import Kubernetes
package import OCI
import YAML

/// What a rendered tree was made of, kept beside it as `sailplan.lock`, so that a verification can say why it differs.
///
/// It is no proof: what counts is what rendering gives now. A lock that is missing or cannot be read only makes the
/// reasons unknown.
package struct Lock: Sendable, Hashable {
  /// A file and the digest of its bytes.
  package struct Entry: Sendable, Hashable {
    package var path: ByteString
    package var digest: ContentDigest

    package init(path: ByteString, digest: ContentDigest) {
      self.path = path
      self.digest = digest
    }
  }

  /// The version of sailplan that rendered.
  package var tool: ByteString
  /// Where the bundle came from: `embedded`, or its directory in the workspace.
  package var bundleSource: ByteString
  package var bundleDigest: ContentDigest
  /// The release of Velero that was rendered; empty where the objects name none.
  package var release: ByteString
  /// Values and overlays, by their paths in the workspace, sorted.
  package var inputs: [Entry]
  /// The digest of the rendered tree.
  package var outputDigest: ContentDigest
  /// Its files, by their paths in the tree, sorted.
  package var files: [Entry]

  /// - Parameter digest: gives the digest of a file's bytes, for those who know it already.
  package init(
    inputs: EnvironmentInputs, bundle: Bundle, release: ByteString, output: FileSet,
    digest: (ByteString) -> ContentDigest = { ContentDigest($0) }
  ) {
    tool = ToolVersion.text
    bundleSource = bundle.sourceName
    bundleDigest = bundle.digest
    self.release = release
    self.inputs = inputs.all.map { Entry(path: $0.path, digest: $0.digest) }
    files = output.files.map { Entry(path: $0.path, digest: digest($0.contents)) }
    outputDigest = Self.digest(of: files)
  }

  /// The digest of a list of files: of a line `digest path` for each.
  private static func digest(of files: [Entry]) -> ContentDigest {
    var out = ByteBuffer()
    for file in files {
      out.append(file.digest.text)
      out.append(" ")
      out.append(file.path)
      out.append("\n")
    }
    return ContentDigest(out.finish())
  }

  /// Whether the digest of the tree is that of the files listed.
  var hasRightDigest: Bool { outputDigest == Self.digest(of: files) }

  /// What the lock says of a file of the rendered tree.
  package func digest(ofFile path: ByteString) -> ContentDigest? { files.first { $0.path == path }?.digest }
}

extension Lock {
  private static let header = """
    # What the files in rendered/ were made of. Written by 'sailplan render', which writes it anew each time;
    # 'sailplan verify' reads it to say why something differs.

    """

  /// The text of the file.
  package var text: ByteString {
    func list(_ entries: [Entry]) -> Node {
      .sequence(
        entries.map { SequenceItem(.configuration([("path", .string($0.path)), ("digest", .string($0.digest.text))])) })
    }
    let output: [(ByteString, Node)] = [("digest", .string(outputDigest.text)), ("files", list(files))]
    let node = Node.configuration([
      ("apiVersion", .string(WorkspaceConfiguration.apiVersion)),
      ("kind", .string("Lock")),
      ("tool", .string(tool)),
      ("release", .string(release)),
      ("bundle", .configuration([("source", .string(bundleSource)), ("digest", .string(bundleDigest.text))])),
      ("inputs", list(inputs)),
      ("output", .configuration(output)),
    ])
    var out = ByteBuffer()
    print(node, into: &out)
    return ByteString(Self.header).appending(out.finish())
  }

  /// Reads the text of a lock; nothing if it is none, or one of a version to come.
  package init?(parsing source: SourceFile) {
    guard let documents = try? ParsedFile.parse(source).documents, let root = documents.first?.value,
      root.value(at: "apiVersion")?.stringValue == WorkspaceConfiguration.apiVersion,
      root.value(at: "kind")?.stringValue == "Lock",
      let tool = root.value(at: "tool")?.stringValue,
      let bundleSource = root.value(at: "bundle", "source")?.stringValue,
      let bundleDigest = root.digest(at: "bundle", "digest"),
      let inputs = Self.entries(root.value(at: "inputs")),
      let outputDigest = root.digest(at: "output", "digest"),
      let files = Self.entries(root.value(at: "output", "files"))
    else { return nil }
    self.tool = tool
    self.bundleSource = bundleSource
    self.bundleDigest = bundleDigest
    release = root.value(at: "release")?.stringValue ?? .empty
    self.inputs = inputs
    self.outputDigest = outputDigest
    self.files = files
  }

  /// What a lock says first: who rendered, and from which bundle.
  struct Origin {
    let tool: ByteString
    let bundleSource: ByteString
    let bundleDigest: ContentDigest

    /// Reads the text of a lock up to its lists of files, which are most of it; nothing if it is none.
    init?(beginning text: ByteString, shown: String) {
      let end = text.bytes.firstRange(of: "\ninputs:".utf8)?.lowerBound ?? text.count
      let source = SourceFile.register(path: shown, contents: text[0..<end])
      guard let root = try? ParsedFile.parse(source).documents.first?.value,
        root.value(at: "apiVersion")?.stringValue == WorkspaceConfiguration.apiVersion,
        let tool = root.value(at: "tool")?.stringValue,
        let bundleSource = root.value(at: "bundle", "source")?.stringValue,
        let bundleDigest = root.digest(at: "bundle", "digest")
      else { return nil }
      self.tool = tool
      self.bundleSource = bundleSource
      self.bundleDigest = bundleDigest
    }
  }

  private static func entries(_ node: Node?) -> [Entry]? {
    guard case .sequence(let items)? = node else { return nil }
    var entries: [Entry] = []
    for item in items {
      guard let path = item.value.value(at: "path")?.stringValue, let digest = item.value.digest(at: "digest") else {
        return nil
      }
      entries.append(Entry(path: path, digest: digest))
    }
    return entries
  }
}

extension Node {
  /// A map of the keys and values given.
  static func configuration(_ items: [(ByteString, Node)]) -> Node {
    .map(items.map { MapItem(key: .string($0.0), value: $0.1) })
  }

  fileprivate func digest(at path: ByteString...) -> ContentDigest? {
    var node: Node? = self
    for key in path { node = node?.value(at: key) }
    return node?.stringValue.flatMap { ContentDigest(written: $0) }
  }
}
