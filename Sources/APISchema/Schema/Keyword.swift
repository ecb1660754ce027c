package import Files

/// The keywords of OpenAPI schemas that CRDs know, in the order in which manifests print them.
package enum Keyword: UInt8, Sendable, Comparable, CaseIterable {
  case reference
  case additionalProperties, allOf, anyOf
  case `default`, description
  case `enum`, example, exclusiveMaximum, exclusiveMinimum, externalDocs
  case format
  case items
  case maxItems, maxLength, maxProperties, maximum, minItems, minLength, minProperties, minimum, multipleOf
  case not, nullable
  case oneOf
  case pattern, properties
  case required
  case title, type
  case uniqueItems
  case embeddedResource, intOrString, listMapKeys, listType, mapType, preserveUnknownFields, validations

  package static func < (left: Keyword, right: Keyword) -> Bool { left.rawValue < right.rawValue }

  /// As it is spelled in JSON.
  package var name: ByteString { Self.names[Int(rawValue)] }

  private static let names: [ByteString] = allCases.map { ByteString($0.spelling) }

  private var spelling: String {
    switch self {
    case .reference: "$ref"
    case .embeddedResource: "x-kubernetes-embedded-resource"
    case .intOrString: "x-kubernetes-int-or-string"
    case .listMapKeys: "x-kubernetes-list-map-keys"
    case .listType: "x-kubernetes-list-type"
    case .mapType: "x-kubernetes-map-type"
    case .preserveUnknownFields: "x-kubernetes-preserve-unknown-fields"
    case .validations: "x-kubernetes-validations"
    default: "\(self)"
    }
  }

  /// Whether two schemas may agree on a value of it. All others conflict even where they are the same.
  var mayAgree: Bool {
    switch self {
    case .type, .format, .pattern, .exclusiveMaximum, .exclusiveMinimum, .uniqueItems, .nullable, .embeddedResource,
      .intOrString:
      true
    default: false
    }
  }

  /// Whether it is documentation, which is taken from the outermost place that has any.
  var isDocumentation: Bool {
    switch self {
    case .title, .description, .example, .externalDocs: true
    default: false
    }
  }
}
