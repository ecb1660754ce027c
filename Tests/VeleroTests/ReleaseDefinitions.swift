import Files
import Kubernetes
import TestSupport
import Velero
import YAML

/// The resource definitions of the bundle as they lie there, release by release.
struct ReleaseDefinitions {
  /// One file: since which release the definition is so, and until which.
  struct File {
    let name: String
    let first: ReleaseVersion
    var last: ReleaseVersion
    let definition: Node
  }

  /// In the order of names and releases.
  let files: [File]

  /// Of the bundle of this repository.
  static let ofBundle: ReleaseDefinitions = {
    (try? ReleaseDefinitions("\(Repository.root)/overlays/velero/config/crds")) ?? ReleaseDefinitions(files: [])
  }()

  /// All releases of the bundle's catalogue.
  static let releases = (try? RenderedBundle.catalogue)?.releases ?? []

  private init(files: [File]) { self.files = files }

  private init(_ folder: String) throws {
    let changes = try Disk.read("\(folder)/changes.tsv", limit: 1 << 20).text
    var open: [String: File] = [:]
    var files: [File] = []
    var releases = Self.releases.sorted()[...]
    for line in changes.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: "\t").map(String.init)
      guard let release = ReleaseVersion(words[0]) else { continue }
      while let next = releases.first, next < release {
        for name in open.keys { open[name]?.last = next }
        releases.removeFirst()
      }
      for word in words.dropFirst() {
        let name = word.hasPrefix("-") ? String(word.dropFirst()) : word
        if let ended = open.removeValue(forKey: name) { files.append(ended) }
        if word.hasPrefix("-") { continue }
        let source = SourceFile.register(
          path: "\(name) \(release)", contents: try Disk.read("\(folder)/\(name)/\(release).crd", limit: 1 << 20))
        guard let document = try ParsedFile.parse(source, options: ParseOptions()).documents.last else { continue }
        open[name] = File(name: name, first: release, last: release, definition: document.value)
      }
    }
    for var file in open.values {
      file.last = releases.last ?? file.first
      files.append(file)
    }
    self.files = files.sorted { ($0.name, $0.first) < ($1.name, $1.first) }
  }

  /// What a release has.
  func definitions(of release: ReleaseVersion) -> [File] {
    files.filter { $0.first <= release && release <= $0.last }
  }
}

extension Node {
  /// The schema of the only version of a definition.
  var schema: Node? {
    guard case .sequence(let versions)? = value(at: "spec", "versions"), versions.count == 1 else { return nil }
    return versions[0].value.value(at: "schema", "openAPIV3Schema")
  }

  /// The schema of a property, by its path: `spec.hooks.resources[].name`.
  func schema(at path: String) -> Node? {
    var node: Node? = schema
    for part in path.split(separator: ".") where !part.isEmpty {
      let name = part.hasSuffix("[]") ? part.dropLast(2) : part
      node = node?.value(at: "properties")?.value(at: ByteString(String(name)))
      if part.hasSuffix("[]") { node = node?.value(at: "items") }
    }
    return node
  }

  /// The texts of a list.
  var texts: [String] {
    guard case .sequence(let items) = self else { return [] }
    return items.compactMap { $0.value.stringValue?.text }
  }

  /// One line for each value, without descriptions, in an order of its own: what two definitions have in common if they
  /// mean the same.
  var structure: [String] {
    switch self {
    case .map(let items):
      items.flatMap { item -> [String] in
        let key = item.key.stringValue?.text ?? ""
        if key == "description", case .string = item.value { return [] }
        if key == "labels" || key == "annotations" { return ["\(key)"] }
        let inner = item.value.structure
        return inner.isEmpty ? ["\(key)/"] : inner.map { "\(key)/\($0)" }
      }.sorted()
    case .sequence(let items):
      items.enumerated().flatMap { index, item in item.value.structure.map { "\(index)/\($0)" } }
    default: ["= \(self)"]
    }
  }
}
