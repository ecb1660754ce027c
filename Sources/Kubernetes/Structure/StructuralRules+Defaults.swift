import Files
import YAML

// Where a default may stand, and what it may be.
extension StructuralRules {
  mutating func checkDefault(_ schema: StructuralSchema, _ place: Place) {
    guard let value = schema.defaultValue, let item = schema.source.item("default") else { return }
    let path = "\(place.path).default"
    if let reason = place.noDefault {
      add(.defaultPlace, path, "must not be used \(reason)", at: item.position)
      return
    }
    // What the default of metadata makes of an object, only the API server knows.
    if place.isInMetadata { return }
    var check = ValueCheck()
    check.check(value, schema, at: item.valuePosition, FieldPath(), unknown: .pruned)
    for finding in check.diagnostics.list {
      let isUnknown = finding.severity == .warning
      add(isUnknown ? .defaultPruned : .defaultValid, path, finding.message, at: finding.range?.start ?? item.position)
    }
  }
}

extension Node {
  /// Whether it says no more than leaving the key out.
  var isUnset: Bool {
    switch self {
    case .null, .bool(false): true
    case .string(let text): text.isEmpty
    case .sequence(let items): items.isEmpty
    default: false
    }
  }
}
