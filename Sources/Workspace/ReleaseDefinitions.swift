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
}
