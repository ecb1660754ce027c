import Files

// Objects whose keys are data: `additionalProperties`.

extension CompatibilityRule {
  static let mapRules = [mapClosed, mapForbidden, mapValuesTyped, mapOpened]

  static let mapClosed = CompatibilityRule(
    "map-closed", .dataLoss, "keys that the schema does not name are not kept any more",
    effect: "Every key there that the schema does not name is dropped from an object when it is next written.",
    mend: "Name the keys that are in use, or keep additionalProperties.")

  static let mapForbidden = CompatibilityRule(
    "map-forbidden", .narrowing, "keys that the schema does not name are refused",
    effect: "Stored objects with such keys are invalid: they can be read, but not written until the keys are removed.",
    mend: "Leave 'additionalProperties: false' out: then such keys are dropped without an error.")

  static let mapValuesTyped = CompatibilityRule(
    "map-values-typed", .narrowing, "the values of a map, which could be anything, have a schema",
    effect: "Stored objects with other values are invalid when next written, and fields inside are pruned.",
    mend: "Look at the values that are stored before the definition changes.")

  static let mapOpened = CompatibilityRule(
    "map-opened", .additive, "keys that the schema does not name are kept, or checked less, from now on",
    effect: "Stored objects stay as they are.")
}

extension SchemaPair {
  func checkAdditionalProperties(_ findings: inout CompatibilityFindings) {
    let key = "additionalProperties"
    switch (old.additionalProperties, new.additionalProperties) {
    case (.schema(let before), .schema(let after)):
      check(.anyValue, before, after, &findings)
    case (.allowed(false), .allowed(false)): break
    case (_, .allowed(false)):
      add(.mapForbidden, "\(key): keys that the schema does not name are refused from now on")
    case (.schema, .allowed(true)), (nil, .schema), (nil, .allowed(true)), (.allowed(false), _):
      add(.mapOpened, "\(key): more keys are accepted from now on")
    case (.allowed(true), .schema(let after)):
      add(.mapValuesTyped, "\(key): values must be \(after.summary) from now on")
    case (.schema, nil), (.allowed(true), nil):
      if newUnknown == .pruned {
        add(.mapClosed, "\(key): keys that the schema does not name are pruned from now on")
      } else {
        add(.mapOpened, "\(key): values are not checked any more")
      }
    case (nil, nil), (.allowed(true), .allowed(true)): break
    }

    func add(_ rule: CompatibilityRule, _ message: String) {
      findings.add(rule, self, key: "additionalProperties", message)
    }
  }
}
