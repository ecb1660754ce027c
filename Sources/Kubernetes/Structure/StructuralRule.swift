package import Files

/// What the API server demands of a CustomResourceDefinition and of the schemas in it, beyond their types.
/// (apiextensions.k8s.io/v1: structural schemas, and the validation of CustomResourceDefinitions.)
package enum StructuralRule: String, Sendable, Hashable, CaseIterable {
  // The definition.
  case oneStorageVersion = "one-storage-version"
  case uniqueVersions = "unique-versions"
  case knownScope = "known-scope"
  case groupIsDomain = "group-is-domain"
  // What a schema may not hold at all.
  case forbiddenKey = "forbidden-key"
  case uniqueItems = "unique-items"
  case preserveIsTrue = "preserve-is-true"
  // Types.
  case typeRequired = "type-required"
  case knownType = "known-type"
  case rootIsObject = "root-is-object"
  case itemsRequired = "items-required"
  case propertiesOrMap = "properties-or-map"
  case statusRoot = "status-root"
  // Metadata.
  case plainMetadata = "plain-metadata"
  // Extensions.
  case intOrString = "int-or-string"
  case embeddedResource = "embedded-resource"
  case listType = "list-type"
  case listMapKeys = "list-map-keys"
  case mapType = "map-type"
  case validationRule = "validation-rule"
  // Conditions.
  case nestedForbidden = "nested-forbidden"
  case nestedComplete = "nested-complete"
  case pattern = "pattern"
  // Defaults.
  case defaultPlace = "default-place"
  case defaultPruned = "default-pruned"
  case defaultValid = "default-valid"
}

/// A place where a rule is broken.
package struct StructuralViolation: Sendable {
  package let rule: StructuralRule
  /// Such as `spec.versions[v1].schema.openAPIV3Schema.properties[spec].items.type`.
  package let path: String
  package let message: String
  package let position: Position
  /// The version of the API that the schema belongs to; nothing where it is about the whole definition.
  package let version: ByteString?
}
