package import Files
package import Kubernetes
import Templating
package import Velero
package import YAML

extension Bundle {
  /// The CustomResourceDefinitions that belong to a release, as every environment of that release is given them. Their
  /// places are lines of what `sailplan crd export` prints for the release.
  package func definitions(of release: ReleaseVersion) throws(Diagnostics) -> DefinitionSet {
    let source = SourceFile.register(path: release.description, contents: print(try definitionDocuments(of: release)))
    return try DefinitionSet(documents: ParsedFile.parse(source).documents)
  }

  /// The manifests of these definitions, in order of their names.
  package func definitionDocuments(of release: ReleaseVersion) throws(Diagnostics) -> [Document] {
    let velero: [MapItem] = [
      MapItem(key: .string("version"), value: .string(ByteString(release.description))),
      MapItem(key: .string("crdsOnly"), value: .bool(true)),
    ]
    var values = DataValueArguments()
    values.made = [Document(.map([MapItem(key: .string("velero"), value: .map(velero))]))]
    let templates = files.files.map { InputFile(path: $0.path, contents: $0.contents) }
    return try Rendering.render(RenderInput(files: templates, dataValues: values)).documents
  }

  /// Reads the definitions of a release. Which file is whose, `crds/changes.tsv` says, as for the templates.
  func readDefinitions(of release: ReleaseVersion) -> [ByteString: Node]? {
    guard let changes = files["crds/changes.tsv"] else { return nil }
    var paths: [ByteString: ByteString] = [:]
    for line in changes.text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: "\t").map(String.init)
      guard let version = words.first.flatMap({ ReleaseVersion($0) }) else { return nil }
      if version > release { break }
      for word in words.dropFirst() {
        if word.hasPrefix("-") {
          paths[ByteString(String(word.dropFirst()))] = nil
        } else {
          paths[ByteString(word)] = ByteString("crds/\(word)/\(version).crd")
        }
      }
    }
    var definitions: [ByteString: Node] = [:]
    for (name, path) in paths {
      guard let contents = files[path],
        let document = try? ParsedFile.parse(SourceFile.register(path: path.text, contents: contents)).documents.first
      else { return nil }
      definitions[name] = document.value
    }
    return definitions
  }
}
