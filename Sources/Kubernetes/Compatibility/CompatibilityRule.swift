/// How much a change of a CustomResourceDefinition matters to the objects that are stored and to those who write them.
/// Ordered: what comes later is worse.
package enum CompatibilitySeverity: Int, Sendable, Hashable, Comparable, CaseIterable {
  /// Every stored object stays valid and whole, and whoever wrote objects before can go on.
  case additive
  /// Something that was accepted or offered before no longer is.
  case narrowing
  /// Something that is stored is lost.
  case dataLoss
  /// The API server does not take the new definition.
  case refused

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// As reports name it.
  package var name: String {
    switch self {
    case .additive: "additive"
    case .narrowing: "narrowing"
    case .dataLoss: "data-loss"
    case .refused: "refused"
    }
  }
}

/// One kind of change that a definition can go through, and what it means.
package struct CompatibilityRule: Sendable {
  /// Lower case with hyphens; never changed once released.
  package let id: String
  package let severity: CompatibilitySeverity
  /// What changed, in a few words.
  package let title: String
  /// What happens to objects that are stored, and to whoever reads and writes them.
  package let effect: String
  /// What to do about it; nothing where there is nothing to do.
  package let mend: String?

  init(_ id: String, _ severity: CompatibilitySeverity, _ title: String, effect: String, mend: String? = nil) {
    self.id = id
    self.severity = severity
    self.title = title
    self.effect = effect
    self.mend = mend
  }

  /// All rules, in the order of their documentation.
  package static let all: [CompatibilityRule] =
    definitionRules + nameRules + versionRules + storageRules + subresourceRules + clientRules + fieldRules
    + unknownFieldRules + mapRules + typeRules + requiredRules + enumRules + boundRules + patternRules + formatRules
    + nullableRules + defaultRules + listRules + junctorRules + expressionRules
}
