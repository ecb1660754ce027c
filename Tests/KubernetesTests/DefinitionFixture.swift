import Files
import Kubernetes
import TestSupport
import Testing
import YAML

/// A case of `fixtures/kubernetes`: a file of YAML whose first document says what is to be found.
///
/// Definitions are short there. With `spec` they give the keys of a definition's spec that matter; otherwise they are the
/// keys of a schema, or stand below `schema`. All the rest is that of a kind Widget of example.com.
struct DefinitionFixture: Sendable, CustomTestStringConvertible {
  let name: String
  let source: SourceFile
  let documents: [Document]
  let comments: [YAML.Comment]

  var testDescription: String { name }

  /// The cases of a folder; a folder without any fails the test that asks for it.
  static func all(in folder: String) -> [DefinitionFixture] {
    let root = Repository.fixtures("kubernetes/\(folder)")
    return ((try? Disk.entries(root)) ?? []).compactMap { entry in
      guard entry.name.hasSuffix(".yaml"), let text = try? Disk.read("\(root)/\(entry.name)", limit: 1 << 20) else {
        return nil
      }
      let source = SourceFile.register(path: "\(folder)/\(entry.name)", contents: text)
      guard let file = try? ParsedFile.parse(source) else { return nil }
      return DefinitionFixture(
        name: entry.name.text, source: source, documents: file.documents, comments: file.comments)
    }
  }

  var head: Node { documents.first?.value ?? .null }

  /// The texts of a list of the first document.
  func list(_ key: ByteString) throws -> [String] {
    guard case .sequence(let items)? = head.value(at: key) else { throw NoList(key: key) }
    return items.compactMap { $0.value.stringValue?.text }
  }

  struct NoList: Error { let key: ByteString }

  /// The definition that `short` stands for.
  static func definition(_ short: Node) throws -> CustomResourceDefinition {
    let schema = short.value(at: "schema") ?? (short.value(at: "spec") == nil ? short : .map([]))
    var spec = try parse(
      """
      group: example.com
      scope: Namespaced
      names: {plural: widgets, kind: Widget}
      versions:
      - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {}}}
      """)
    for item in try items(short.value(at: "spec") ?? .map([])) { spec = try spec.setting(item) }
    var full = try items(schema)
    if full.item("type") == nil { full.append(MapItem(key: .string("type"), value: .string("object"))) }
    if short.value(at: "spec", "versions") == nil {
      let version = try parse("{name: v1, served: true, storage: true}")
      let holder = Node.map([MapItem(key: .string("openAPIV3Schema"), value: .map(full))])
      let versions = Node.sequence([
        SequenceItem(try version.setting(MapItem(key: .string("schema"), value: holder)))
      ])
      spec = try spec.setting(MapItem(key: .string("versions"), value: versions))
    }
    let plural = try #require(spec.value(at: "names", "plural")?.stringValue)
    let group = try #require(spec.value(at: "group")?.stringValue)
    var content = try parse(
      "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: \(plural).\(group)}}")
    content = try content.setting(MapItem(key: .string("spec"), value: spec))
    if let status = short.value(at: "status") {
      content = try content.setting(MapItem(key: .string("status"), value: status))
    }
    return try CustomResourceDefinition(content, at: .none)
  }

  private static func items(_ node: Node) throws -> [MapItem] {
    guard case .map(let items) = node else { throw NoList(key: "map") }
    return items
  }

  private static func parse(_ text: String) throws -> Node {
    let source = SourceFile.register(path: "fixture", contents: ByteString(text))
    return try ParsedFile.parse(source).documents[0].value
  }
}

extension Node {
  /// The map with an item added or replaced.
  fileprivate func setting(_ item: MapItem) throws -> Node {
    guard case .map(var items) = self, let key = item.key.stringValue else {
      throw DefinitionFixture.NoList(key: "map")
    }
    items.removeAll { $0.key.stringValue == key }
    return .map(items + [item])
  }
}

/// The definitions of a folder of the reference data.
func goldenDefinitions(_ folder: String) throws -> DefinitionSet {
  let root = "\(try #require(Repository.goldens))/crds/\(folder)"
  var documents: [Document] = []
  for entry in try Disk.entries(root) where entry.name.hasSuffix(".yaml") {
    let path = "\(root)/\(entry.name)"
    documents += try ParsedFile.parse(.register(path: path, contents: Disk.read(path, limit: 1 << 20))).documents
  }
  return try DefinitionSet(documents: documents)
}

/// The releases of the reference data in their order, each with its folder.
func goldenReleases() throws -> [(release: String, folder: String)] {
  let text = try Disk.read("\(try #require(Repository.goldens))/crds/index.tsv", limit: 1 << 20).text
  return text.split(separator: "\n").dropFirst().map { line in
    let fields = line.split(separator: "\t").map(String.init)
    return (fields[0], fields[1])
  }
}
