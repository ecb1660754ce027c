import Files

// Fields of objects come and go.

extension CompatibilityRule {
  static let fieldRules = [fieldRemoved, fieldOpened, fieldAdded, fieldClosed]

  static let fieldRemoved = CompatibilityRule(
    "field-removed", .dataLoss, "a field is not named any more, and unknown fields are pruned",
    effect: """
      The field is left out whenever an object that has it is read, and is gone from storage once the object is \
      written. Manifests that set it are accepted, with a warning at most.
      """,
    mend: "Take the values over to whatever replaces the field before the definition changes, or keep the field.")

  static let fieldOpened = CompatibilityRule(
    "field-opened", .additive, "a field is not named any more, and unknown fields are kept",
    effect: "Stored values stay as they are, and are not checked any more.")

  static let fieldAdded = CompatibilityRule(
    "field-added", .additive, "a field is new",
    effect: "No stored object has it: until now it would have been pruned.")

  static let fieldClosed = CompatibilityRule(
    "field-closed", .narrowing, "a field is named that was kept as an unknown one before",
    effect: """
      Stored objects may hold anything there. What does not fit the new schema makes the object invalid when it is \
      next written, and fields inside that the schema does not name are pruned.
      """,
    mend: "Look at the objects that have the field before the definition changes.")
}

extension SchemaPair {
  /// The API server keeps these of every object, and of every embedded one, whatever the schema says.
  private static let alwaysThere: [ByteString] = ["apiVersion", "kind", "metadata"]

  private func isAlwaysThere(_ name: ByteString) -> Bool {
    (path.steps.isEmpty || new.isEmbeddedResource) && Self.alwaysThere.contains(name)
  }

  func checkProperties(_ findings: inout CompatibilityFindings) {
    for field in old.properties {
      if let after = new.property(field.name) {
        check(.key(field.name), field.schema, after, &findings)
      } else if case .schema(let after) = new.additionalProperties {
        check(.key(field.name), field.schema, after, &findings)
      } else if !isAlwaysThere(field.name) {
        add(isKept(field) ? .fieldOpened : .fieldRemoved, field, "is not named any more", isOld: true)
      }
    }
    for field in new.properties where old.property(field.name) == nil {
      if case .schema(let before) = old.additionalProperties {
        check(.key(field.name), before, field.schema, &findings)
      } else if oldUnknown != .pruned, field.schema.type != nil || field.schema.isIntOrString,
        !isAlwaysThere(field.name)
      {
        add(.fieldClosed, field, "\(field.schema.summary), where anything was kept before", isOld: false)
      } else if !isAlwaysThere(field.name) {
        add(.fieldAdded, field, field.schema.summary, isOld: false)
      }
    }

    func add(_ rule: CompatibilityRule, _ field: StructuralSchema.Property, _ message: String, isOld: Bool) {
      findings.add(
        rule, path.appending(.key(field.name)), in: version, message,
        old: isOld ? field.schema.position : old.position(of: "properties"),
        new: isOld ? new.position(of: "properties") : field.schema.position)
    }
  }

  /// Whether the values of a field that is not named any more stay.
  private func isKept(_ field: StructuralSchema.Property) -> Bool {
    if newUnknown != .pruned { return true }
    // A map of whatever keeps plain values, and nothing that has fields of its own.
    if case .allowed(true) = new.additionalProperties { return field.schema.isPlain }
    return false
  }
}

extension StructuralSchema {
  /// Whether its values are neither maps nor lists.
  var isPlain: Bool { isIntOrString || (type != nil && type != "object" && type != "array") }

  /// What a value must be, in a word or two.
  var summary: String {
    if isIntOrString { return "an integer or a string" }
    let name = type?.text ?? "anything"
    if type == "array", let items {
      return "array of \(items.isIntOrString ? "integers or strings" : items.type?.text ?? "anything")"
    }
    return format.map { "\(name) (\($0))" } ?? name
  }
}
