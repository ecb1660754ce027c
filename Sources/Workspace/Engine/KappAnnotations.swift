import Files
import Kubernetes
import Templating
import YAML

/// What makes kapp apply Velero's objects in their order, and leave alone what backups need when it deletes the rest: a value
/// of the bundle.
enum KappAnnotations {
  /// Values that ask for it.
  static let values: ByteString = "kapp:\n  annotations: true\n"

  /// Whether a bundle knows the value.
  /// - Throws: what is wrong with its schema.
  static func areKnown(to templates: [InputFile]) throws(Diagnostics) -> Bool {
    let schema = try Rendering.schema(RenderInput(files: templates, dataValues: DataValueArguments())).openAPI.value
    let values = schema.value(at: "components", "schemas", "dataValues", "properties")
    return values?.value(at: "kapp", "properties", "annotations") != nil
  }
}
