package import Files
import Templating
package import YAML

/// Values that are still being chosen, rendered where an environment would be.
package struct Candidate: Sendable {
  private let templates: [InputFile]
  private let inherited: EnvironmentInputs?

  /// - Parameters:
  ///   - bundle: what it is rendered from. Its resource definitions are left out: they follow from the release alone.
  ///   - inherited: what an environment at that place inherits.
  package init(bundle: Bundle, inherited: EnvironmentInputs? = nil) {
    templates = bundle.files.files.filter { $0.path != "base/definitions.yaml" }.map {
      InputFile(path: $0.path, contents: $0.contents)
    }
    self.inherited = inherited
  }

  /// Renders values, and an overlay that comes last.
  /// - Throws: all that is wrong with the values, or what is wrong with templates or overlays.
  package func render(_ values: Document, _ overlay: ByteString?) throws(Diagnostics) -> [Document] {
    var arguments = DataValueArguments()
    arguments.valuesFiles =
      (inherited?.values ?? []).map { file in
        DataValueArguments.ValuesFile(argument: file.path, files: [(name: file.path.text, contents: file.contents)])
      } + [
        DataValueArguments.ValuesFile(
          argument: "values.yaml", files: [(name: "values.yaml", contents: print([values]))])
      ]
    var files = templates + (inherited?.overlays ?? []).map(\.input)
    if let overlay { files.append(InputFile(path: "overlays/adopted.yaml", contents: overlay)) }
    var input = RenderInput(files: files, dataValues: arguments)
    input.reportsEachCause = true
    return try Rendering.render(input).documents
  }
}
