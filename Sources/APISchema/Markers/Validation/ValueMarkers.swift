import Files
import YAML

extension Markers {
  /// What a missing value is taken for.
  struct Default: Marker {
    static let definitions = [
      MarkerDefinition("kubebuilder:default", on: .field, taking: [.unnamed(.any)], "what a missing value is taken for")
    ]
    let value: JSONValue
    init(_ arguments: MarkerArguments) { value = JSONValue(arguments.value() ?? .null) }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      if context.dialect.readsEmptyMapsInMarkers, schema.type == "array", case .map(let items) = value.node,
        items.isEmpty
      {
        schema[.default] = .json(JSONValue(.sequence([])))
      } else {
        schema[.default] = .json(value)
      }
    }
  }

  /// What a missing value is taken for, as Kubernetes' own types say it.
  struct KubernetesDefault: Marker {
    static let definitions = [
      MarkerDefinition(
        "default", on: .field, since: .v0(16), taking: [.unnamed(.json)], "what a missing value is taken for, in JSON")
    ]
    static let priority = MarkerPriority.first
    /// Nothing for `ref(…)`, which stands for a constant.
    let value: JSONValue?
    init(_ arguments: MarkerArguments) { value = arguments.value().map { JSONValue($0) } }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      guard let value, !value.isNull else { return }
      schema[.default] = .json(value)
    }

    static func arguments(_ text: ByteString) throws(MarkerMistake) -> MarkerArguments {
      var arguments = MarkerArguments()
      if text.trimmingWhiteSpace().hasPrefix("ref(") { return arguments }
      arguments.set(.empty, try JSONReader.read(text))
      return arguments
    }
  }

  /// A value as documentation.
  struct Example: Marker {
    static let definitions = [
      MarkerDefinition(
        "kubebuilder:example", on: .field, since: .v0(11, 3), taking: [.unnamed(.any)], "a value as an example")
    ]
    let value: JSONValue
    init(_ arguments: MarkerArguments) { value = JSONValue(arguments.value() ?? .null) }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      schema[.example] = .json(value)
    }
  }

  /// A title.
  struct Title: Marker {
    static let definitions = [
      MarkerDefinition("kubebuilder:title", on: .field, since: .v0(18), taking: [.unnamed(.any)], "a title"),
      MarkerDefinition("kubebuilder:title", on: .type, since: .v0(20), taking: [.unnamed(.any)], "a title"),
    ]
    let value: Node
    init(_ arguments: MarkerArguments) { value = arguments.value() ?? .null }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      switch value {
      case .null: return
      case .string(let text): schema[.title] = text.isEmpty ? nil : .text(text)
      default: throw MarkerMistake("a title is text", hint: "put it in quotes")
      }
    }
  }

  /// Where more is to be read.
  struct ExternalDocs: Marker {
    static let definitions = [
      MarkerDefinition(
        "kubebuilder:externalDocs", on: [.type, .field], since: .v0(21),
        taking: [MarkerArgument("url", .string), MarkerArgument("description", .string, isOptional: true)],
        "where more is to be read")
    ]
    let documentation: ExternalDocumentation
    init(_ arguments: MarkerArguments) {
      documentation = ExternalDocumentation(
        url: arguments.string("url"), description: arguments.string("description"))
    }
    func apply(to schema: inout Schema, in context: MarkerContext) throws(MarkerMistake) {
      guard documentation.url.isRequestAddress else {
        throw MarkerMistake(
          "\"\(documentation.url)\" is no URL", hint: "write it with its scheme, such as https://example.com/")
      }
      schema[.externalDocs] = .documentation(documentation)
    }
  }
}

extension ByteString {
  /// Whether it is an absolute URL or an absolute path, without blanks and control characters.
  fileprivate var isRequestAddress: Bool {
    guard let first = bytes.first, !bytes.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { return false }
    if first == UInt8(ascii: "/") { return true }
    guard let colon = firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return false }
    let isLetter = { (byte: UInt8) in (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z") }
    return isLetter(first)
      && self[0..<colon].bytes.allSatisfy {
        isLetter($0) || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || "+-.".utf8.contains($0)
      }
  }
}
