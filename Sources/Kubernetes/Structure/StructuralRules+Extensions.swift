import Files

// The keys that begin with `x-kubernetes-`.
extension StructuralRules {
  mutating func checkExtensions(_ schema: StructuralSchema, _ path: String) {
    if schema.isIntOrString {
      for (key, isSet): (ByteString, Bool) in [
        ("x-kubernetes-preserve-unknown-fields", schema.preservesUnknownFields == true),
        ("x-kubernetes-embedded-resource", schema.isEmbeddedResource),
      ] where isSet {
        add(
          .intOrString, "\(path).\(key)", "must not be true beside 'x-kubernetes-int-or-string: true'",
          at: schema.position(of: key))
      }
    }
    if schema.isEmbeddedResource { checkEmbeddedResource(schema, path) }
    if let mapType = schema.mapType {
      let key: ByteString = "x-kubernetes-map-type"
      if mapType != "atomic", mapType != "granular" {
        add(
          .mapType, "\(path).\(key)", "must be 'atomic' or 'granular', not '\(mapType)'", at: schema.position(of: key))
      }
      if schema.type != "object" {
        add(.mapType, "\(path).type", "must be 'object' beside '\(key)'", at: schema.position(of: key))
      }
    }
    for (index, rule) in schema.validations.enumerated() {
      let rulePath = "\(path).x-kubernetes-validations[\(index)]"
      if rule.rule.text.allSatisfy(\.isWhitespace) {
        add(.validationRule, "\(rulePath).rule", "must not be empty", at: rule.position)
      }
      if let message = rule.message {
        if message.text.allSatisfy(\.isWhitespace) {
          add(.validationRule, "\(rulePath).message", "must not be empty", at: rule.position)
        } else if message.firstIndex(of: UInt8(ascii: "\n")) != nil {
          add(.validationRule, "\(rulePath).message", "must be one line", at: rule.position)
        }
      } else if rule.rule.firstIndex(of: UInt8(ascii: "\n")) != nil {
        add(.validationRule, "\(rulePath).message", "must be given where the rule has several lines", at: rule.position)
      }
    }
  }

  private mutating func checkEmbeddedResource(_ schema: StructuralSchema, _ path: String) {
    let key: ByteString = "x-kubernetes-embedded-resource"
    if schema.type != "object" {
      add(.embeddedResource, "\(path).type", "must be 'object' beside '\(key): true'", at: schema.position(of: key))
    }
    if schema.additionalProperties != nil {
      add(
        .embeddedResource, "\(path).additionalProperties", "must not be used beside '\(key): true'",
        at: schema.position(of: "additionalProperties"))
    }
    if schema.properties.isEmpty, schema.preservesUnknownFields != true {
      add(
        .embeddedResource, "\(path).properties",
        "must not be empty beside '\(key): true' unless unknown fields are preserved", at: schema.position(of: key))
    }
  }

  // MARK: Lists

  mutating func checkLists(_ schema: StructuralSchema, _ path: String) {
    let typeKey: ByteString = "x-kubernetes-list-type"
    let keysKey: ByteString = "x-kubernetes-list-map-keys"
    let position = schema.position(of: typeKey)
    if !schema.listMapKeys.isEmpty, schema.listType != "map" {
      add(.listMapKeys, "\(path).\(typeKey)", "must be 'map' beside '\(keysKey)'", at: schema.position(of: keysKey))
    }
    guard let listType = schema.listType else { return }
    if !["atomic", "set", "map"].contains(listType) {
      add(.listType, "\(path).\(typeKey)", "must be 'atomic', 'set' or 'map', not '\(listType)'", at: position)
    }
    if schema.type != "array" {
      add(.listType, "\(path).type", "must be 'array' beside '\(typeKey)'", at: position)
    }
    guard let items = schema.items else { return }
    if listType == "set" {
      if items.type == "array", let inner = items.listType, inner != "atomic" {
        add(
          .listType, "\(path).items.\(typeKey)", "must be 'atomic' inside a set, not '\(inner)'",
          at: items.position(of: typeKey))
      } else if items.type == "object", items.mapType != "atomic" {
        add(
          .listType, "\(path).items.x-kubernetes-map-type", "must be 'atomic' inside a set",
          at: items.position(of: "x-kubernetes-map-type"))
      }
    } else if listType == "map" {
      checkMapKeys(of: schema, items, path)
    }
  }

  private mutating func checkMapKeys(of schema: StructuralSchema, _ items: StructuralSchema, _ path: String) {
    let key: ByteString = "x-kubernetes-list-map-keys"
    let position = schema.position(of: key)
    if schema.listMapKeys.isEmpty {
      add(.listMapKeys, "\(path).\(key)", "must name a field of the items, as the list is a map", at: position)
    }
    guard items.type == "object" else {
      add(
        .listMapKeys, "\(path).items.type", "must be 'object', as the list is a map", at: items.position(of: "type"))
      return
    }
    for (index, name) in schema.listMapKeys.enumerated() {
      if schema.listMapKeys[..<index].contains(name) {
        add(.listMapKeys, "\(path).\(key)", "'\(name)' stands there twice", at: position)
        continue
      }
      guard let property = items.property(name) else {
        add(.listMapKeys, "\(path).\(key)", "'\(name)' is no field of the items", at: position)
        continue
      }
      let propertyPath = "\(path).items.properties[\(name)]"
      if property.type == "array" || property.type == "object" {
        add(
          .listMapKeys, "\(propertyPath).type", "must be a scalar, as it is a key of the list",
          at: property.position(of: "type"))
      }
      if !items.required.contains(name), property.defaultValue == nil {
        add(
          .listMapKeys, "\(propertyPath).default",
          "must be there, or '\(name)' be required, as it is a key of the list",
          at: property.position)
      }
      if property.isNullable {
        add(
          .listMapKeys, "\(propertyPath).nullable", "must not be true, as it is a key of the list",
          at: property.position(of: "nullable"))
      }
    }
  }
}
