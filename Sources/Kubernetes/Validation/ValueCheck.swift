import Files
import Regexp
import YAML

/// Checks values against schemas as the API server does when an object is written, and collects all that is wrong.
///
/// Errors are what the server refuses; warnings what it drops. Rules in the Common Expression Language are not evaluated.
struct ValueCheck {
  private(set) var diagnostics = Diagnostics()
  /// Inside allOf, anyOf, oneOf and not, which say nothing about what fields there are.
  private var isCondition = false
  /// Whether the value without a path is an object of Kubernetes, which has its kind and metadata in any case.
  var isWholeObject = false

  mutating func append(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// - Parameters:
  ///   - position: where the value stands.
  ///   - unknown: what becomes of fields that the schema does not name, because of what stands above it.
  mutating func check(
    _ value: Node, _ schema: StructuralSchema, at position: Position, _ path: FieldPath, unknown: UnknownFields
  ) {
    if case .null = value {
      if !schema.isNullable, schema.type != nil || schema.isIntOrString, !isCondition {
        append(.wrong(path, "must be \(schema.expectation), not null", at: position))
      } else {
        checkEnumeration(value, schema, at: position, path)
      }
      return
    }
    guard schema.accepts(value) else {
      append(
        .wrong(
          path, "must be \(schema.expectation), not \(value.typeName)", at: position, hint: schema.hint(for: value)))
      return
    }
    checkEnumeration(value, schema, at: position, path)
    let unknown: UnknownFields = unknown == .pruned && schema.preservesUnknownFields == true ? .kept : unknown
    switch value {
    case .string(let text): checkText(text, schema, at: position, path)
    case .map(let items): checkMap(items, schema, at: position, path, unknown)
    case .sequence(let items): checkList(items, schema, at: position, path, unknown)
    case .int, .unsigned, .float: checkNumber(value, schema, at: position, path)
    case .bool, .null: break
    }
    checkConditions(value, schema, at: position, path)
  }

  /// That a value may be null does not make null one of the values to choose from.
  private mutating func checkEnumeration(
    _ value: Node, _ schema: StructuralSchema, at position: Position, _ path: FieldPath
  ) {
    guard let allowed = schema.enumeration else { return }
    if !allowed.contains(where: { $0.value.isEquivalent(to: value) }) {
      append(.notInEnum(path, value, allowed, at: position))
    }
  }

  // MARK: Scalars

  private mutating func checkNumber(
    _ value: Node, _ schema: StructuralSchema, at position: Position, _ path: FieldPath
  ) {
    guard let number = value.numberValue else { return }
    if let least = schema.minimum, schema.hasExclusiveMinimum ? number <= least : number < least {
      let words = schema.hasExclusiveMinimum ? "greater than" : "at least"
      append(
        .wrong(path, "must be \(words) \(FieldValue.text(least)), not \(FieldValue.text(value))", at: position))
    }
    if let most = schema.maximum, schema.hasExclusiveMaximum ? number >= most : number > most {
      let words = schema.hasExclusiveMaximum ? "less than" : "at most"
      append(
        .wrong(path, "must be \(words) \(FieldValue.text(most)), not \(FieldValue.text(value))", at: position))
    }
    if let factor = schema.multipleOf, factor > 0, !value.isMultiple(of: factor) {
      append(
        .wrong(
          path, "must be a multiple of \(FieldValue.text(factor)), not \(FieldValue.text(value))", at: position)
      )
    }
    if let format = ValueFormat(of: schema), !format.accepts(number: value) {
      append(.wrong(path, "must be of format \(format.name), not \(FieldValue.text(value))", at: position))
    }
  }

  private mutating func checkText(
    _ text: ByteString, _ schema: StructuralSchema, at position: Position, _ path: FieldPath
  ) {
    if schema.minLength != nil || schema.maxLength != nil {
      let length = text.text.unicodeScalars.count
      checkCount(length, schema.minLength, schema.maxLength, "character", schema, at: position, path)
    }
    if let pattern = schema.pattern, let regexp = schema.regexp, regexp.match(text) == nil {
      append(
        .wrong(path, "must match '\(pattern)', not be \(FieldValue.text(.string(text)))", at: position))
    }
    if let format = ValueFormat(of: schema), !format.accepts(text) {
      append(
        .wrong(
          path, "must be of format \(schema.format?.text ?? format.name), not \(FieldValue.text(.string(text)))",
          at: position))
    }
  }

  mutating func checkCount(
    _ count: Int, _ least: Int?, _ most: Int?, _ what: String, _ schema: StructuralSchema, at position: Position,
    _ path: FieldPath
  ) {
    if let least, count < least {
      append(.wrong(path, "must have \(Self.counted(least, what)) at least, not \(count)", at: position))
    }
    if let most, count > most {
      append(.wrong(path, "must have \(Self.counted(most, what)) at most, not \(count)", at: position))
    }
  }

  private static func counted(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }

  // MARK: Maps

  private mutating func checkMap(
    _ items: [MapItem], _ schema: StructuralSchema, at position: Position, _ path: FieldPath, _ unknown: UnknownFields
  ) {
    let isObject = schema.isEmbeddedResource || (isWholeObject && path.steps.isEmpty)
    var present: Set<ByteString> = []
    for item in items {
      guard let name = item.keyText else {
        append(.wrong(path, "must have keys that are scalars, not \(item.key.typeName)", at: item.position))
        continue
      }
      if present.contains(name) {
        append(.wrong(path.appending(.key(name)), "stands there twice", at: item.position))
        continue
      }
      if isObject, ["apiVersion", "kind", "metadata"].contains(name) {
        present.insert(name)
        // Only some of metadata can be restricted by a schema; the rest of it is checked in its own way.
        if let property = schema.property(name) { check(item, property, path, name, .kept) }
        continue
      }
      let inner: UnknownFields = unknown == .neverPruned ? .neverPruned : .pruned
      if let property = schema.property(name) {
        if isDropped(item, property, path, name) { continue }
        present.insert(name)
        check(item, property, path, name, inner)
      } else if case .schema(let values) = schema.additionalProperties {
        if isDropped(item, values, path, name) { continue }
        present.insert(name)
        check(item, values, path, name, inner)
      } else {
        if checkUnknown(item, name, schema, path, unknown) { present.insert(name) }
      }
    }
    checkRequired(present, schema, at: position, path)
    checkCount(present.count, schema.minProperties, schema.maxProperties, "field", schema, at: position, path)
    if schema.isEmbeddedResource, !isCondition { checkEmbedded(items, schema, at: position, path) }
  }

  /// Checks a field that the schema does not name.
  /// - Returns: whether it stays.
  private mutating func checkUnknown(
    _ item: MapItem, _ name: ByteString, _ schema: StructuralSchema, _ path: FieldPath, _ unknown: UnknownFields
  ) -> Bool {
    switch schema.additionalProperties {
    case .allowed(false):
      append(
        .wrong(path.appending(.key(name)), "must not be given: no field but those named is allowed", at: item.position))
    case .allowed(true):
      if unknown != .neverPruned, !isCondition { warnOfFields(in: item.value, path.appending(.key(name))) }
    case .schema, nil:
      if unknown != .pruned || isCondition { return true }
      append(.unknownField(name, in: path, schema.properties.map(\.name), at: item.position))
      return false
    }
    return true
  }

  /// Values of a map of anything keep no fields of their own.
  private mutating func warnOfFields(in value: Node, _ path: FieldPath) {
    switch value {
    case .map(let items):
      for item in items {
        if let name = item.keyText { append(.unknownField(name, in: path, [], at: item.position)) }
      }
    case .sequence(let items):
      for (index, item) in items.enumerated() { warnOfFields(in: item.value, path.appending(.index(index))) }
    default: break
    }
  }

  private mutating func check(
    _ item: MapItem, _ schema: StructuralSchema, _ path: FieldPath, _ name: ByteString, _ unknown: UnknownFields
  ) {
    check(item.value, schema, at: item.valuePosition, path.appending(.key(name)), unknown: unknown)
  }

  /// A null that may not be there is taken for a field that is not there.
  private mutating func isDropped(
    _ item: MapItem, _ schema: StructuralSchema, _ path: FieldPath, _ name: ByteString
  ) -> Bool {
    guard case .null = item.value, !schema.isNullable else { return false }
    if !isCondition { append(.nullIsDropped(path.appending(.key(name)), at: item.position)) }
    return true
  }

  private mutating func checkRequired(
    _ present: Set<ByteString>, _ schema: StructuralSchema, at position: Position, _ path: FieldPath
  ) {
    for name in schema.required where !present.contains(name) {
      if schema.property(name)?.defaultValue != nil { continue }
      append(.missing(name, in: path, schema, at: position))
    }
  }

  private mutating func checkEmbedded(
    _ items: [MapItem], _ schema: StructuralSchema, at position: Position, _ path: FieldPath
  ) {
    for key: ByteString in ["apiVersion", "kind"] {
      if let text = items.item(key)?.value.stringValue, !text.isEmpty { continue }
      if schema.required.contains(key) { continue }
      append(.missing(key, in: path, schema, at: position))
    }
    if let metadata = items.item("metadata") {
      ObjectMetadata.check(metadata, path.appending(.key("metadata")), scope: nil, &self)
    }
  }

  // MARK: Conditions

  private mutating func checkConditions(
    _ value: Node, _ schema: StructuralSchema, at position: Position, _ path: FieldPath
  ) {
    for condition in schema.allOf { diagnostics.append(contentsOf: errors(value, condition, at: position, path)) }
    if !schema.anyOf.isEmpty {
      let failures = schema.anyOf.map { errors(value, $0, at: position, path) }
      if failures.allSatisfy(\.hasErrors) {
        append(.noneHolds("anyOf", failures, path, at: position))
      }
    }
    if !schema.oneOf.isEmpty {
      let failures = schema.oneOf.map { errors(value, $0, at: position, path) }
      let held = failures.count { !$0.hasErrors }
      if held == 0 {
        append(.noneHolds("oneOf", failures, path, at: position))
      } else if held > 1 {
        append(.wrong(path, "must fulfil one condition of oneOf, not \(held)", at: position))
      }
    }
    if let not = schema.not, !errors(value, not, at: position, path).hasErrors {
      append(.wrong(path, "must not fulfil the condition of 'not'", at: position))
    }
  }

  private func errors(
    _ value: Node, _ condition: StructuralSchema, at position: Position, _ path: FieldPath
  ) -> Diagnostics {
    var inner = ValueCheck()
    inner.isCondition = true
    inner.check(value, condition, at: position, path, unknown: .kept)
    return inner.diagnostics
  }
}
