package import Files

/// A change of a CustomResourceDefinition that a rule knows.
package struct CompatibilityFinding: Sendable {
  package let rule: CompatibilityRule
  /// The name of the definition, such as `backups.velero.io`.
  package let definition: ByteString
  /// What of the definition changed: `spec.scope`, `spec.versions[v1].schema.spec.hooks.resources[].name`; `[]` stands
  /// for every item of a list, `{}` for every value of a map.
  package let path: String
  /// The version of the API that it is about, and the field of its objects; nothing where it is about no field.
  package let version: ByteString?
  package let field: FieldPath?
  /// What changed, with the values of both sides.
  package let message: String
  /// Where the old and the new definition say it, or would.
  package let old: Position
  package let new: Position

  package var severity: CompatibilitySeverity { rule.severity }
}

/// Findings while they are made.
struct CompatibilityFindings {
  private(set) var list: [CompatibilityFinding] = []
  let definition: ByteString

  /// Something about the definition itself.
  mutating func add(
    _ rule: CompatibilityRule, _ path: String, _ message: String, old: Position, new: Position,
    version: ByteString? = nil
  ) {
    list.append(
      CompatibilityFinding(
        rule: rule, definition: definition, path: path, version: version, field: nil, message: message, old: old,
        new: new))
  }

  /// Something about the schema of a field.
  /// - Parameter key: the key of the schema that says it, to point at.
  mutating func add(_ rule: CompatibilityRule, _ pair: SchemaPair, key: ByteString, _ message: String) {
    add(
      rule, pair.path, in: pair.version, message, old: pair.old.position(of: key), new: pair.new.position(of: key))
  }

  /// Something about a field that only one of both schemas has.
  mutating func add(
    _ rule: CompatibilityRule, _ field: FieldPath, in version: ByteString, _ message: String, old: Position,
    new: Position
  ) {
    let tail = field.steps.isEmpty ? "" : field.description.hasPrefix("[") ? "\(field)" : ".\(field)"
    list.append(
      CompatibilityFinding(
        rule: rule, definition: definition, path: "spec.versions[\(version)].schema\(tail)", version: version,
        field: field, message: message, old: old, new: new))
  }
}
