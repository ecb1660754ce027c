import Files

// Whether fields that the schema does not name are kept, and what of embedded objects is.

extension CompatibilityRule {
  static let unknownFieldRules = [
    unknownFieldsPruned, unknownFieldsKept, embeddedResourceAdded, embeddedResourceRemoved,
  ]

  static let unknownFieldsPruned = CompatibilityRule(
    "unknown-fields-pruned", .dataLoss, "unknown fields are not kept any more",
    effect: "Every field there that the schema does not name is dropped from an object when it is next written.",
    mend: "Name the fields that are in use, or keep x-kubernetes-preserve-unknown-fields: true.")

  static let unknownFieldsKept = CompatibilityRule(
    "unknown-fields-kept", .additive, "unknown fields are kept from now on",
    effect: "Stored objects stay as they are; misspelt fields are kept from now on as well.")

  static let embeddedResourceAdded = CompatibilityRule(
    "embedded-resource-added", .narrowing, "the value has to be a complete object of Kubernetes",
    effect: "Values without apiVersion and kind, or with metadata that is none, are invalid when next written.",
    mend: "Complete the values before the definition changes.")

  static let embeddedResourceRemoved = CompatibilityRule(
    "embedded-resource-removed", .dataLoss, "the value is not an object of Kubernetes any more",
    effect: "apiVersion, kind and metadata are dropped when the object is next written, unless the schema names them.",
    mend: "Name the three fields in the schema, or keep x-kubernetes-embedded-resource: true.")
}

extension SchemaPair {
  func checkUnknownFields(_ findings: inout CompatibilityFindings) {
    let key: ByteString = "x-kubernetes-preserve-unknown-fields"
    // What holds for a whole definition is told with it.
    if oldUnknown == .kept, newUnknown == .pruned, !isMap {
      findings.add(.unknownFieldsPruned, self, key: key, "unknown fields are pruned from now on")
    } else if oldUnknown == .pruned, newUnknown == .kept {
      findings.add(.unknownFieldsKept, self, key: key, "unknown fields are kept from now on")
    }
    if old.isEmbeddedResource != new.isEmbeddedResource {
      if new.isEmbeddedResource {
        findings.add(
          .embeddedResourceAdded, self, key: "x-kubernetes-embedded-resource", "must be a complete object from now on")
      } else if newUnknown == .pruned {
        findings.add(
          .embeddedResourceRemoved, self, key: "x-kubernetes-embedded-resource",
          "apiVersion, kind and metadata are not kept any more")
      }
    }
  }

  /// Whether the new schema takes every key.
  private var isMap: Bool {
    switch new.additionalProperties {
    case .schema, .allowed(true): true
    case .allowed(false), nil: false
    }
  }
}
