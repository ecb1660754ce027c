package import Files
import Regexp
package import YAML

/// The schema of one value as a CustomResourceDefinition has it (`JSONSchemaProps` of apiextensions.k8s.io/v1), with the
/// places where all of it is written.
///
/// It reads whatever stands there; whether that is a structural schema, which the API server demands, is for
/// `StructuralRules` to say.
package final class StructuralSchema: Sendable {
  /// A field of an object.
  package struct Property: Sendable {
    package let name: ByteString
    package let schema: StructuralSchema
  }

  /// What the schema says of the fields of an object that it does not name.
  package enum AdditionalProperties: Sendable {
    case allowed(Bool)
    case schema(StructuralSchema)
  }

  /// A rule in the Common Expression Language. It is kept and compared, not evaluated.
  package struct ValidationRule: Sendable {
    package let rule: ByteString
    package let message: ByteString?
    package let position: Position
  }

  /// Where the schema stands: the key or the dash in front of it.
  package let position: Position
  /// All keys, as written.
  package let source: [MapItem]

  package let type: ByteString?
  package let format: ByteString?
  package let title: ByteString?
  package let description: ByteString?
  package let isNullable: Bool
  package let defaultValue: Node?

  package let enumeration: [SequenceItem]?
  package let minimum: Double?
  package let maximum: Double?
  package let hasExclusiveMinimum: Bool
  package let hasExclusiveMaximum: Bool
  package let multipleOf: Double?
  /// Of a string, in characters.
  package let minLength: Int?
  package let maxLength: Int?
  package let pattern: ByteString?
  /// The pattern, compiled; nothing if it cannot be.
  let regexp: Regexp?
  package let minItems: Int?
  package let maxItems: Int?
  package let hasUniqueItems: Bool
  package let minProperties: Int?
  package let maxProperties: Int?
  package let required: [ByteString]

  /// In the order of the file.
  package let properties: [Property]
  package let additionalProperties: AdditionalProperties?
  package let items: StructuralSchema?
  package let allOf: [StructuralSchema]
  package let anyOf: [StructuralSchema]
  package let oneOf: [StructuralSchema]
  package let not: StructuralSchema?

  /// `x-kubernetes-preserve-unknown-fields`; false is written by mistake only.
  package let preservesUnknownFields: Bool?
  package let isEmbeddedResource: Bool
  package let isIntOrString: Bool
  package let listType: ByteString?
  package let listMapKeys: [ByteString]
  package let mapType: ByteString?
  package let validations: [ValidationRule]

  /// Reads the schema whose keys are `items`.
  /// - Throws: a diagnostic for each key that has a value of the wrong type.
  package convenience init(_ items: [MapItem], path: String = "", at position: Position) throws(Diagnostics) {
    var reader = FieldReader(items, path: path, at: position)
    self.init(&reader)
    try reader.diagnostics.throwIfErrors()
  }

  /// Reads what `reader` stands at, and leaves with it what is wrong.
  init(_ reader: inout FieldReader) {
    position = reader.position
    source = reader.items
    type = reader.text("type")
    format = reader.text("format")
    title = reader.text("title")
    description = reader.text("description")
    isNullable = reader.flag("nullable") ?? false
    defaultValue = reader.value("default")
    enumeration = reader.list("enum")
    minimum = reader.number("minimum")
    maximum = reader.number("maximum")
    hasExclusiveMinimum = reader.flag("exclusiveMinimum") ?? false
    hasExclusiveMaximum = reader.flag("exclusiveMaximum") ?? false
    multipleOf = reader.number("multipleOf")
    minLength = reader.count("minLength")
    maxLength = reader.count("maxLength")
    let pattern = reader.text("pattern")
    self.pattern = pattern
    regexp = pattern.flatMap { try? Regexp($0) }
    minItems = reader.count("minItems")
    maxItems = reader.count("maxItems")
    hasUniqueItems = reader.flag("uniqueItems") ?? false
    minProperties = reader.count("minProperties")
    maxProperties = reader.count("maxProperties")
    required = reader.texts("required")
    properties = reader.properties()
    additionalProperties = reader.additionalProperties()
    items = reader.schema("items")
    allOf = reader.schemas("allOf")
    anyOf = reader.schemas("anyOf")
    oneOf = reader.schemas("oneOf")
    not = reader.schema("not")
    preservesUnknownFields = reader.flag("x-kubernetes-preserve-unknown-fields")
    isEmbeddedResource = reader.flag("x-kubernetes-embedded-resource") ?? false
    isIntOrString = reader.flag("x-kubernetes-int-or-string") ?? false
    listType = reader.text("x-kubernetes-list-type")
    listMapKeys = reader.texts("x-kubernetes-list-map-keys")
    mapType = reader.text("x-kubernetes-map-type")
    validations = reader.validations()
  }

  /// The schema of a field; nothing where the schema does not name it.
  package func property(_ name: ByteString) -> StructuralSchema? {
    properties.first { $0.name == name }?.schema
  }

  /// Where a key of the schema stands; where the schema does if it has none.
  package func position(of key: ByteString) -> Position { source.item(key)?.position ?? position }
}

extension FieldReader {
  fileprivate mutating func schema(_ key: ByteString) -> StructuralSchema? {
    guard let items = map(key) else { return nil }
    return schema(items, path: path(to: key), at: position(of: key))
  }

  private mutating func schema(_ items: [MapItem], path: String, at position: Position) -> StructuralSchema {
    var reader = FieldReader(items, path: path, at: position)
    let schema = StructuralSchema(&reader)
    append(reader.diagnostics)
    return schema
  }

  fileprivate mutating func schemas(_ key: ByteString) -> [StructuralSchema] {
    maps(key).enumerated().map { schema($1.items, path: "\(path(to: key))[\($0)]", at: $1.position) }
  }

  fileprivate mutating func properties() -> [StructuralSchema.Property] {
    var found: [StructuralSchema.Property] = []
    for item in map("properties") ?? [] {
      guard let name = item.key.stringValue, case .map(let items) = item.value else {
        append(Diagnostic("'\(path(to: "properties"))' must hold a schema for each name", at: item.position))
        continue
      }
      let inner = schema(items, path: "\(path(to: "properties")).\(name)", at: item.position)
      found.append(StructuralSchema.Property(name: name, schema: inner))
    }
    return found
  }

  fileprivate mutating func additionalProperties() -> StructuralSchema.AdditionalProperties? {
    switch value("additionalProperties") {
    case nil: nil
    case .bool(let isAllowed): .allowed(isAllowed)
    default: schema("additionalProperties").map { .schema($0) }
    }
  }

  fileprivate mutating func validations() -> [StructuralSchema.ValidationRule] {
    maps("x-kubernetes-validations").map { rule in
      var reader = FieldReader(rule.items, path: path(to: "x-kubernetes-validations"), at: rule.position)
      let found = StructuralSchema.ValidationRule(
        rule: reader.requiredText("rule"), message: reader.text("message"), position: rule.position)
      append(reader.diagnostics)
      return found
    }
  }
}
