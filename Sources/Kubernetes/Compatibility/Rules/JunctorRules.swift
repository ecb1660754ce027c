import Files
import YAML

// Conditions made of others: allOf, anyOf, oneOf, not.

extension CompatibilityRule {
  static let junctorRules = [conditionsAdded, conditionsRemoved]

  static let conditionsAdded = CompatibilityRule(
    "conditions-changed", .narrowing, "allOf, anyOf, oneOf or not may let less pass",
    effect: """
      Stored objects that do not fulfil the conditions are invalid: they can be read, but not written until mended. \
      Whether the new conditions take all that the old ones took is not worked out beyond the cases that are certain.
      """,
    mend: "Validate the objects that are stored with the new definition: sailplan validate.")

  static let conditionsRemoved = CompatibilityRule(
    "conditions-loosened", .additive, "allOf, anyOf, oneOf or not let more pass",
    effect: "Stored objects stay as they are.")
}

extension SchemaPair {
  func checkJunctors(_ findings: inout CompatibilityFindings) {
    // Every branch of allOf has to hold, and one of anyOf: fewer of the one, or more of the other, let more pass.
    check("allOf", old.allOf, new.allOf, isLooser: { $0.isPart(of: $1) })
    check("anyOf", old.anyOf, new.anyOf, isLooser: { $0.isEmpty || (!$1.isEmpty && $1.isPart(of: $0)) })
    check("oneOf", old.oneOf, new.oneOf, isLooser: { new, _ in new.isEmpty })
    let (before, after) = (old.not.map { [$0] } ?? [], new.not.map { [$0] } ?? [])
    check("not", before, after, isLooser: { new, _ in new.isEmpty })

    func check(
      _ key: ByteString, _ before: [StructuralSchema], _ after: [StructuralSchema],
      isLooser: (_ new: [StructuralSchema], _ old: [StructuralSchema]) -> Bool
    ) {
      if before.isPart(of: after), after.isPart(of: before) { return }
      findings.add(
        isLooser(after, before) ? .conditionsRemoved : .conditionsAdded, self, key: key,
        "\(key): \(before.isEmpty ? "new" : after.isEmpty ? "gone" : "other conditions")")
    }
  }
}

extension [StructuralSchema] {
  /// Whether each stands in `other` as well.
  fileprivate func isPart(of other: [StructuralSchema]) -> Bool {
    allSatisfy { schema in
      other.contains { Node.map($0.source).isEquivalent(to: .map(schema.source)) }
    }
  }
}
