import Files
import Workspace

extension DriftReport {
  /// Where many environments drifted: what is the same in several of them once, and what the causes have in common.
  func writeGroups(_ result: ComparisonOptions.Result) {
    let (old, new) = result.isOnDisk ? ("on disk", "rendered") : ("committed", "rendered")
    let difference = FleetDifference(result.environments, old: old, new: new)
    Output.standard.write(difference.text(style, limit: LengthLimit(most: nil)))
    Output.standard.write("\n" + style.bold("Why") + "\n")
    for (reason, environments) in Self.reasons(result.environments) {
      Output.standard.write("  \(reason): \(difference.fleet.text(environments))\n")
    }
    Output.standard.write("\n")
  }

  /// What made environments drift, the reason of the most environments first.
  private static func reasons(_ drifts: [EnvironmentDrift]) -> [(reason: String, environments: EnvironmentSet)] {
    var reasons: [(reason: String, environments: EnvironmentSet)] = []
    var places: [String: Int] = [:]
    for (number, drift) in drifts.enumerated() {
      for cause in drift.items.flatMap(\.causes) {
        for reason in cause.shared(by: drift.name) {
          let place = places[reason] ?? reasons.count
          if place == reasons.count {
            places[reason] = place
            reasons.append((reason, EnvironmentSet()))
          }
          reasons[place].environments.insert(number)
        }
      }
    }
    return reasons.sorted { ($1.environments.count, $0.reason) < ($0.environments.count, $1.reason) }
  }
}

extension DriftCause {
  /// The cause in words that fit other environments as well: one for each input, and no name of the environment's own
  /// directory.
  fileprivate func shared(by name: EnvironmentName) -> [String] {
    guard case .inputsChanged(let paths) = self else { return [description] }
    let own = name.directory.appending("/")
    let reasons = paths.map { path in
      path.hasPrefix(own)
        ? "their own \(path[own.count..<path.count]) changed since the last render"
        : "\(path) changed since the last render"
    }
    return reasons.map(\.harmless)
  }
}
