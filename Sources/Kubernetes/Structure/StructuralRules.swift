import Files
import YAML

/// Checks definitions against the rules that the API server has for them.
package struct StructuralRules {
  /// Where in the structure a schema stands.
  enum Level {
    case root, item, field
  }

  /// What is known of a schema from what stands above it.
  struct Place {
    var path: String
    var level: Level
    /// Whether it is, or is below, the metadata of an object.
    var isInMetadata = false
    /// Why it may have no default; nothing where it may.
    var noDefault: String?

    func below(_ tail: String, _ level: Level) -> Place {
      Place(path: path + tail, level: level, isInMetadata: isInMetadata, noDefault: noDefault)
    }
  }

  private(set) var violations: [StructuralViolation] = []
  private var version: ByteString?

  /// All violations, in the order of the definition.
  package static func violations(of definition: CustomResourceDefinition) -> [StructuralViolation] {
    var rules = StructuralRules()
    rules.check(definition)
    return rules.violations
  }

  mutating func add(_ rule: StructuralRule, _ path: String, _ message: String, at position: Position) {
    violations.append(
      StructuralViolation(rule: rule, path: path, message: message, position: position, version: version))
  }

  private mutating func check(_ definition: CustomResourceDefinition) {
    let stored = definition.versions.filter(\.isStorage)
    if stored.count != 1 {
      add(
        .oneStorageVersion, "spec.versions", "exactly one version must have 'storage: true', not \(stored.count)",
        at: stored.last?.position ?? definition.position(of: "versions"))
    }
    for (index, version) in definition.versions.enumerated()
    where definition.versions[..<index].contains(where: { $0.name == version.name }) {
      add(.uniqueVersions, "spec.versions", "version '\(version.name)' stands there twice", at: version.position)
    }
    if definition.scope != "Namespaced", definition.scope != "Cluster" {
      add(
        .knownScope, "spec.scope", "must be 'Namespaced' or 'Cluster', not '\(definition.scope)'",
        at: definition.position(of: "scope"))
    }
    if definition.group.firstIndex(of: UInt8(ascii: ".")) == nil {
      add(
        .groupIsDomain, "spec.group", "must be a domain with a dot at least, not '\(definition.group)'",
        at: definition.position(of: "group"))
    }
    for version in definition.versions {
      guard let schema = version.schema else { continue }
      self.version = version.name
      let path = "spec.versions[\(version.name)].schema.openAPIV3Schema"
      var place = Place(path: path, level: .root)
      if definition.preservesUnknownFields { place.noDefault = "where spec.preserveUnknownFields is true" }
      // v1beta1 takes schemas that are not structural as long as nothing is pruned.
      if !(definition.apiVersion == "v1beta1" && definition.preservesUnknownFields) {
        check(schema, place)
        checkCompleteness(schema, path)
        if version.hasStatus { checkStatusRoot(schema, path) }
      }
      self.version = nil
    }
  }

  // MARK: One schema

  mutating func check(_ schema: StructuralSchema, _ place: Place) {
    checkKeys(schema, place.path)
    checkType(schema, place)
    checkMetadata(schema, place)
    checkExtensions(schema, place.path)
    checkLists(schema, place.path)
    checkConditions(of: schema, place.path)
    checkDefault(schema, place)
    checkBelow(schema, place)
  }

  private mutating func checkBelow(_ schema: StructuralSchema, _ place: Place) {
    for property in schema.properties {
      var inner = place.below(".properties[\(property.name)]", .field)
      if place.level == .root || schema.isEmbeddedResource,
        ["apiVersion", "kind", "metadata"].contains(property.name)
      {
        inner.isInMetadata = true
        if place.level == .root { inner.noDefault = "in \(property.name) of the object" }
      }
      check(property.schema, inner)
    }
    if case .schema(let values) = schema.additionalProperties {
      var inner = place.below(".additionalProperties", .field)
      if place.isInMetadata { inner.noDefault = "inside additionalProperties of metadata" }
      check(values, inner)
    }
    if let items = schema.items { check(items, place.below(".items", .item)) }
  }

  /// Keys that a schema may have (JSONSchemaProps).
  private static let known: Set<ByteString> = [
    "description", "type", "nullable", "format", "title", "default", "maximum", "exclusiveMaximum", "minimum",
    "exclusiveMinimum", "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "multipleOf",
    "enum", "maxProperties", "minProperties", "required", "items", "allOf", "oneOf", "anyOf", "not", "properties",
    "additionalProperties", "externalDocs", "example", "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-embedded-resource", "x-kubernetes-int-or-string", "x-kubernetes-list-map-keys",
    "x-kubernetes-list-type", "x-kubernetes-map-type", "x-kubernetes-validations",
  ]

  mutating func checkKeys(_ schema: StructuralSchema, _ path: String) {
    for item in schema.source {
      guard let key = item.key.stringValue, Self.known.contains(key) else {
        let name = item.key.stringValue?.text ?? "?"
        add(.forbiddenKey, "\(path).\(name)", "'\(name)' must not be used in a structural schema", at: item.position)
        continue
      }
    }
    if schema.hasUniqueItems {
      add(
        .uniqueItems, "\(path).uniqueItems", "must not be true; 'x-kubernetes-list-type: set' makes items unique",
        at: schema.position(of: "uniqueItems"))
    }
    if schema.preservesUnknownFields == false {
      let key: ByteString = "x-kubernetes-preserve-unknown-fields"
      add(.preserveIsTrue, "\(path).\(key)", "must be true or left out", at: schema.position(of: key))
    }
    if let pattern = schema.pattern { checkPattern(pattern, schema, path) }
  }

  private static let types: [ByteString] = ["array", "boolean", "integer", "number", "object", "string"]

  private mutating func checkType(_ schema: StructuralSchema, _ place: Place) {
    let position = schema.position(of: "type")
    if let type = schema.type, !type.isEmpty {
      if !Self.types.contains(type) {
        let hint = type == "null" ? "; write 'nullable: true' in its place" : ""
        add(
          .knownType, "\(place.path).type", "must be one of \(Self.types.listed), not '\(type)'\(hint)", at: position)
      } else if place.level == .root, type != "object" {
        add(.rootIsObject, "\(place.path).type", "must be 'object' at the root, not '\(type)'", at: position)
      }
    } else if !schema.isIntOrString, schema.preservesUnknownFields != true, !schema.isEmbeddedResource {
      add(.typeRequired, "\(place.path).type", "every field, item and value needs a type", at: position)
    }
    if schema.type == "array", schema.items == nil {
      add(.itemsRequired, "\(place.path).items", "an array needs a schema for its items", at: schema.position)
    }
    if place.level == .root, schema.isNullable {
      add(.rootIsObject, "\(place.path).nullable", "must not be true at the root", at: schema.position(of: "nullable"))
    }
    guard let additional = schema.additionalProperties else { return }
    let path = "\(place.path).additionalProperties"
    let additionalPosition = schema.position(of: "additionalProperties")
    if place.level == .root {
      add(.rootIsObject, path, "must not be used at the root", at: additionalPosition)
    }
    if !schema.properties.isEmpty {
      if case .allowed(true) = additional { return }
      add(
        .propertiesOrMap, path, "'properties' and 'additionalProperties' exclude each other", at: additionalPosition)
    }
  }

  /// With a status subresource the root may hold little but properties.
  private mutating func checkStatusRoot(_ schema: StructuralSchema, _ path: String) {
    let refused: [ByteString] = [
      "allOf", "anyOf", "oneOf", "not", "enum", "additionalProperties", "default", "minProperties", "maxProperties",
      "x-kubernetes-embedded-resource", "x-kubernetes-int-or-string", "x-kubernetes-list-type",
      "x-kubernetes-list-map-keys", "x-kubernetes-map-type",
    ]
    for key in refused where schema.source.item(key) != nil {
      add(
        .statusRoot, "\(path).\(key)", "must not be used at the root of a kind that has a status subresource",
        at: schema.position(of: key))
    }
  }

  // MARK: Metadata

  private mutating func checkMetadata(_ schema: StructuralSchema, _ place: Place) {
    guard place.level == .root || schema.isEmbeddedResource else { return }
    for (name, type): (ByteString, ByteString) in [
      ("apiVersion", "string"), ("kind", "string"), ("metadata", "object"),
    ] {
      guard let property = schema.property(name), property.type != type else { continue }
      add(
        .plainMetadata, "\(place.path).properties[\(name)].type", "must be '\(type)'", at: property.position(of: "type")
      )
    }
    guard place.level == .root, let metadata = schema.property("metadata") else { return }
    for item in metadata.source {
      let key = item.key.stringValue ?? .empty
      if key == "type" || key == "description" || key == "properties" || key == "default" { continue }
      add(
        .plainMetadata, "\(place.path).properties[metadata].\(key)", "metadata can only restrict name and generateName",
        at: item.position)
    }
    for property in metadata.properties where property.name != "name" && property.name != "generateName" {
      add(
        .plainMetadata, "\(place.path).properties[metadata].properties[\(property.name)]",
        "metadata can only restrict name and generateName", at: property.schema.position)
    }
  }
}
