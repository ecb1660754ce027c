import Files
import Regexp
import YAML

// What stands inside allOf, anyOf, oneOf and not: it says which values are right, and nothing about what there is.
extension StructuralRules {
  mutating func checkConditions(of schema: StructuralSchema, _ path: String) {
    // An integer or a string is said by types, which are forbidden otherwise; it may stand first in allOf as well.
    let isTypedByAnyOf = schema.anyOf.isIntegerOrString
    let isTypedByAllOf = schema.allOf.first?.anyOf.isIntegerOrString ?? false
    if !isTypedByAnyOf { check(schema.anyOf, "\(path).anyOf") }
    for (index, condition) in schema.allOf.enumerated() {
      checkCondition(condition, "\(path).allOf[\(index)]", skipsAnyOf: index == 0 && isTypedByAllOf)
    }
    check(schema.oneOf, "\(path).oneOf")
    if let not = schema.not { checkCondition(not, "\(path).not") }
  }

  private mutating func check(_ conditions: [StructuralSchema], _ path: String) {
    for (index, condition) in conditions.enumerated() { checkCondition(condition, "\(path)[\(index)]") }
  }

  private static let forbidden: [ByteString] = [
    "type", "additionalProperties", "default", "title", "description", "nullable",
    "x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource", "x-kubernetes-int-or-string",
    "x-kubernetes-list-map-keys", "x-kubernetes-list-type", "x-kubernetes-map-type", "x-kubernetes-validations",
  ]

  private mutating func checkCondition(_ schema: StructuralSchema, _ path: String, skipsAnyOf: Bool = false) {
    checkKeys(schema, path)
    for key in Self.forbidden {
      guard let item = schema.source.item(key), !item.value.isUnset else { continue }
      add(.nestedForbidden, "\(path).\(key)", "must not be used inside allOf, anyOf, oneOf or not", at: item.position)
    }
    if let metadata = schema.property("metadata") {
      add(
        .nestedForbidden, "\(path).properties[metadata]", "must not be used inside allOf, anyOf, oneOf or not",
        at: metadata.position)
    }
    if !skipsAnyOf { check(schema.anyOf, "\(path).anyOf") }
    check(schema.allOf, "\(path).allOf")
    check(schema.oneOf, "\(path).oneOf")
    if let not = schema.not { checkCondition(not, "\(path).not") }
    if let items = schema.items { checkCondition(items, "\(path).items") }
    for property in schema.properties {
      checkCondition(property.schema, "\(path).properties[\(property.name)]")
    }
  }

  mutating func checkPattern(_ pattern: ByteString, _ schema: StructuralSchema, _ path: String) {
    do throws(RegexpProblem) {
      _ = try Regexp(pattern)
    } catch {
      add(.pattern, "\(path).pattern", error.message, at: schema.position(of: "pattern"))
    }
  }

  // MARK: Completeness

  /// Whatever a condition at the root names has to be there without it. The API server looks at the conditions of the
  /// root only.
  mutating func checkCompleteness(_ schema: StructuralSchema, _ path: String) {
    checkCompleteness(conditionsOf: schema, in: schema, path, path)
  }

  private mutating func checkCompleteness(
    conditionsOf holder: StructuralSchema, in structure: StructuralSchema, _ path: String, _ conditionPath: String
  ) {
    var conditions: [(StructuralSchema, String)] = []
    for (key, list) in [("allOf", holder.allOf), ("anyOf", holder.anyOf), ("oneOf", holder.oneOf)] {
      conditions += list.enumerated().map { ($1, "\(conditionPath).\(key)[\($0)]") }
    }
    if let not = holder.not { conditions.append((not, "\(conditionPath).not")) }
    for (condition, inner) in conditions { checkCompleteness(condition, in: structure, path, inner) }
  }

  private mutating func checkCompleteness(
    _ condition: StructuralSchema, in structure: StructuralSchema, _ path: String, _ conditionPath: String
  ) {
    checkCompleteness(conditionsOf: condition, in: structure, path, conditionPath)
    if let items = condition.items {
      if let inner = structure.items {
        checkCompleteness(items, in: inner, "\(path).items", "\(conditionPath).items")
      } else {
        add(
          .nestedComplete, "\(path).items", "must be given, because \(conditionPath).items names it",
          at: items.position)
      }
    }
    for property in condition.properties {
      let tail = ".properties[\(property.name)]"
      if let inner = structure.property(property.name) {
        checkCompleteness(property.schema, in: inner, path + tail, conditionPath + tail)
      } else {
        add(
          .nestedComplete, path + tail, "must be given, because \(conditionPath)\(tail) names it",
          at: property.schema.position)
      }
    }
  }
}

extension [StructuralSchema] {
  /// Whether it is `[{type: integer}, {type: string}]`.
  fileprivate var isIntegerOrString: Bool {
    count == 2 && self[0].isOnlyType("integer") && self[1].isOnlyType("string")
  }
}

extension StructuralSchema {
  fileprivate func isOnlyType(_ name: ByteString) -> Bool { source.count == 1 && type == name }
}
