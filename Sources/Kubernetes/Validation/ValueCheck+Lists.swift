import Files
import YAML

extension ValueCheck {
  mutating func checkList(
    _ items: [SequenceItem], _ schema: StructuralSchema, at position: Position, _ path: FieldPath,
    _ unknown: UnknownFields
  ) {
    checkCount(items.count, schema.minItems, schema.maxItems, "item", schema, at: position, path)
    if schema.listType == "set" || schema.hasUniqueItems {
      checkUnique(items, schema, path)
    } else if schema.listType == "map" {
      checkUniqueKeys(items, schema, path)
    }
    guard let itemSchema = schema.items else { return }
    for (index, item) in items.enumerated() {
      check(item.value, itemSchema, at: item.valuePosition, path.appending(.index(index)), unknown: unknown)
    }
  }

  private mutating func checkUnique(_ items: [SequenceItem], _ schema: StructuralSchema, _ path: FieldPath) {
    var seen: [ByteString: Int] = [:]
    for (index, item) in items.enumerated() {
      let place = path.appending(.index(index))
      if let first = seen.updateValue(index, forKey: item.value.canonicalText) {
        append(
          .wrong(
            place, "is equal to item \(first) of a list whose items must differ", at: item.valuePosition))
      }
    }
  }

  private mutating func checkUniqueKeys(_ items: [SequenceItem], _ schema: StructuralSchema, _ path: FieldPath) {
    var seen: [ByteString: Int] = [:]
    for (index, item) in items.enumerated() {
      guard case .map(let fields) = item.value else { continue }
      // A key that is left out has its default.
      let keys = schema.listMapKeys.map { fields.item($0)?.value ?? schema.items?.property($0)?.defaultValue ?? .null }
      let text = Node.sequence(keys.map { SequenceItem($0) }).canonicalText
      if let first = seen.updateValue(index, forKey: text) {
        let shown = zip(schema.listMapKeys, keys).map { "\($0): \(FieldValue.text($1))" }.joined(separator: ", ")
        append(
          .wrong(
            path.appending(.index(index)), "has the same key as item \(first) (\(shown))", at: item.valuePosition))
      }
    }
  }
}

extension SequenceItem {
  /// Where the value stands as far as the tree tells: a map at its first key, anything else at the dash.
  var valuePosition: Position {
    if case .map(let items) = value, let first = items.first { return first.position }
    return position
  }
}

extension Node {
  /// Text that is the same for values that mean the same: keys sorted, integers without a fraction.
  var canonicalText: ByteString {
    ByteString(canonical)
  }

  private var canonical: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .unsigned(let value): String(value)
    case .float(let value): FieldValue.text(value)
    case .string(let text): "\(text.count):\(text)"
    case .sequence(let items): "[" + items.map(\.value.canonical).joined(separator: ",") + "]"
    case .map(let items):
      "{" + items.map { "\($0.key.canonical)=\($0.value.canonical)" }.sorted().joined(separator: ",") + "}"
    }
  }
}
