import Files
import YAML

/// Types of Kubernetes whose schema is not what their source says.
struct KnownTypes {
  private let schemas: [ByteString: [ByteString: Schema]]

  init(_ dialect: Dialect, generatesEmbeddedObjectMeta: Bool) {
    var intOrString = Schema()
    intOrString[.anyOf] = .schemas([Schema(type: "integer"), Schema(type: "string")])
    intOrString.set(.intOrString, true)

    var quantity = intOrString
    quantity[.pattern] = .text(Self.quantityPattern)

    var anyValue = Schema()
    anyValue[.preserveUnknownFields] = .flag(true)

    var rawExtension = Schema(type: "object")
    if dialect.preservesRawExtension { rawExtension[.preserveUnknownFields] = .flag(true) }

    var fields = Schema(type: "object")
    fields[.additionalProperties] = .anything

    var schemas: [ByteString: [ByteString: Schema]] = [
      "k8s.io/apimachinery/pkg/apis/meta/v1": [
        "ObjectMeta": generatesEmbeddedObjectMeta ? Self.objectMeta : Schema(type: "object"),
        "Time": Schema(type: "string", format: "date-time"),
        "MicroTime": Schema(type: "string", format: "date-time"),
        "Duration": Schema(type: "string"),
        "Fields": fields,
      ],
      "k8s.io/apimachinery/pkg/api/resource": ["Quantity": quantity],
      "k8s.io/apimachinery/pkg/runtime": ["RawExtension": rawExtension],
      "k8s.io/apimachinery/pkg/apis/meta/v1/unstructured": ["Unstructured": Schema(type: "object")],
      "k8s.io/apimachinery/pkg/util/intstr": ["IntOrString": intOrString],
      "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1": ["JSON": anyValue],
      "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1": ["JSON": anyValue],
    ]
    if dialect.defaultsProtocol {
      var networkProtocol = Schema(type: "string")
      networkProtocol[.default] = .json(JSONValue(.string("TCP")))
      schemas["k8s.io/api/core/v1"] = ["Protocol": networkProtocol]
    }
    self.schemas = schemas
  }

  /// The schema of the type `name` of the package `path`, if it is known.
  func schema(_ path: ByteString, _ name: ByteString) -> Schema? { schemas[path]?[name] }

  /// What of the metadata of an embedded object may be set.
  private static var objectMeta: Schema {
    var texts = Schema(type: "object")
    texts[.additionalProperties] = .schema(Schema(type: "string"))
    var list = Schema(type: "array")
    list.items = Schema(type: "string")
    var schema = Schema(type: "object")
    schema.properties = [
      Schema.Property(name: "annotations", schema: texts), Schema.Property(name: "finalizers", schema: list),
      Schema.Property(name: "labels", schema: texts), Schema.Property(name: "name", schema: Schema(type: "string")),
      Schema.Property(name: "namespace", schema: Schema(type: "string")),
    ]
    return schema
  }

  /// Numbers with a fraction, and an SI, binary or decimal exponent.
  private static let quantityPattern: ByteString =
    #"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$"#
}
