#if SwiftAPI
import APISchema
import Files

/// A package of Kubernetes with the types that `+schemaType` can name: the generator knows what their schemas are,
/// whatever the source says. And what makes a structure a kind.
final class KubernetesPackage: APIPackage {
  let path: ByteString
  let typeNames: [ByteString]
  let position = Position.none
  let looseComments: [CommentGroup] = []

  /// The package of that path; nothing if the generator knows none of its types.
  init?(_ path: ByteString) {
    guard let names = Self.known[path] else { return nil }
    self.path = path
    typeNames = names
  }

  private static let known: [ByteString: [ByteString]] = [
    "k8s.io/apimachinery/pkg/apis/meta/v1": ["TypeMeta", "ObjectMeta", "Time", "MicroTime", "Duration", "Fields"],
    "k8s.io/apimachinery/pkg/api/resource": ["Quantity"],
    "k8s.io/apimachinery/pkg/runtime": ["RawExtension"],
    "k8s.io/apimachinery/pkg/apis/meta/v1/unstructured": ["Unstructured"],
    "k8s.io/apimachinery/pkg/util/intstr": ["IntOrString"],
    "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1": ["JSON"],
  ]

  var name: ByteString { path.hasSuffix("/v1") ? "v1" : path }

  func type(named name: ByteString) throws(Diagnostics) -> APIType? {
    guard typeNames.contains(name) else { return nil }
    let fields = name == "TypeMeta" ? Self.typeMeta : []
    return APIType(name: name, position: .none, definition: TypeExpression(.structure(fields), at: .none))
  }

  func stringConstants(of type: ByteString) throws(Diagnostics) -> [ByteString] { [] }

  private static let typeMeta = [
    field("kind", "What the object is: the name of the kind, such as Pod. It never changes."),
    field("apiVersion", "The API that the object is written for: its group and version, such as apps/v1."),
  ]

  private static func field(_ name: ByteString, _ documentation: String) -> APIField {
    APIField(
      name: name, position: .none, type: TypeExpression(.named("string"), at: .none),
      tag: JSONTag(name: name, options: ["omitempty"]),
      documentation: CommentGroup([CommentGroup.Comment(ByteString("// \(documentation)"), at: .none)]))
  }
}
#endif
