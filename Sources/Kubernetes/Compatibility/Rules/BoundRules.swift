import Files

// How large, long or many.

extension CompatibilityRule {
  static let boundRules = [boundTightened, boundLoosened, multipleOfChanged, uniqueItemsAdded]

  static let boundTightened = CompatibilityRule(
    "bound-tightened", .narrowing, "a bound on values, lengths or counts is new or tighter",
    effect: "Stored objects beyond the bound are invalid: they can be read, but not written until they are within.",
    mend: "Look for objects beyond the bound before the definition changes.")

  static let boundLoosened = CompatibilityRule(
    "bound-loosened", .additive, "a bound on values, lengths or counts is gone or looser",
    effect: "Stored objects stay as they are.")

  static let multipleOfChanged = CompatibilityRule(
    "multiple-of-changed", .narrowing, "numbers must be multiples of something, or of something else",
    effect: "Stored objects with another number are invalid when next written.",
    mend: "Look for such numbers before the definition changes.")

  static let uniqueItemsAdded = CompatibilityRule(
    "unique-items-added", .narrowing, "items of a list must differ",
    effect: "Stored objects with equal items are invalid when next written.",
    mend: "Look for lists with equal items before the definition changes.")
}

extension SchemaPair {
  func checkBounds(_ findings: inout CompatibilityFindings) {
    check(
      "minimum", Bound(old.minimum, old.hasExclusiveMinimum, isUpper: false),
      Bound(new.minimum, new.hasExclusiveMinimum, isUpper: false))
    check(
      "maximum", Bound(old.maximum, old.hasExclusiveMaximum, isUpper: true),
      Bound(new.maximum, new.hasExclusiveMaximum, isUpper: true))
    for (key, before, after, isUpper): (ByteString, Int?, Int?, Bool) in [
      ("minLength", old.minLength, new.minLength, false), ("maxLength", old.maxLength, new.maxLength, true),
      ("minItems", old.minItems, new.minItems, false), ("maxItems", old.maxItems, new.maxItems, true),
      ("minProperties", old.minProperties, new.minProperties, false),
      ("maxProperties", old.maxProperties, new.maxProperties, true),
    ] {
      // A least number of 0 is none.
      check(
        key, Bound(before == 0 && !isUpper ? nil : before.map(Double.init), false, isUpper: isUpper),
        Bound(after == 0 && !isUpper ? nil : after.map(Double.init), false, isUpper: isUpper))
    }
    checkMultiple(&findings)
    if old.hasUniqueItems != new.hasUniqueItems {
      findings.add(
        new.hasUniqueItems ? .uniqueItemsAdded : .boundLoosened, self, key: "uniqueItems",
        new.hasUniqueItems ? "items must differ from now on" : "items need not differ any more")
    }

    func check(_ key: ByteString, _ before: Bound, _ after: Bound) {
      guard before != after else { return }
      findings.add(
        after.isWithin(before) ? .boundTightened : .boundLoosened, self, key: key,
        "\(key): \(before.text) becomes \(after.text)")
    }
  }

  private func checkMultiple(_ findings: inout CompatibilityFindings) {
    guard old.multipleOf != new.multipleOf else { return }
    guard let after = new.multipleOf else {
      findings.add(.boundLoosened, self, key: "multipleOf", "multipleOf: no more")
      return
    }
    // Multiples of 6 are multiples of 3.
    if let before = old.multipleOf, after != 0, (before / after).rounded() == before / after {
      findings.add(.boundLoosened, self, key: "multipleOf", "multipleOf: \(before) becomes \(after)")
    } else {
      findings.add(
        .multipleOfChanged, self, key: "multipleOf",
        "multipleOf: \(old.multipleOf.map { "\($0)" } ?? "none") becomes \(after)")
    }
  }
}

/// One end of a range; of no value where the range has none.
private struct Bound: Equatable {
  let value: Double?
  let isExclusive: Bool
  let isUpper: Bool

  init(_ value: Double?, _ isExclusive: Bool, isUpper: Bool) {
    self.value = value
    self.isExclusive = value != nil && isExclusive
    self.isUpper = isUpper
  }

  /// Whether it lets less pass than `other`, from which it differs.
  func isWithin(_ other: Bound) -> Bool {
    guard let value else { return false }
    guard let limit = other.value else { return true }
    if value == limit { return isExclusive }
    return isUpper ? value < limit : value > limit
  }

  var text: String {
    guard let value else { return "none" }
    return (isExclusive ? "beyond " : "") + FieldValue.text(value)
  }
}

extension FieldValue {
  /// A number without a needless fraction.
  static func text(_ number: Double) -> String {
    Int64(exactly: number).map { String($0) } ?? String(number)
  }
}
