/// One hop of an upgrade or downgrade: from a release to another of the same minor version or of one beside it.
package struct UpgradeHop: Hashable, Sendable {
  package let from: ReleaseVersion
  package let to: ReleaseVersion

  package init(from: ReleaseVersion, to: ReleaseVersion) {
    self.from = from
    self.to = to
  }

  /// Whether it leads to a newer release.
  package var isUpgrade: Bool { from < to }

  /// Whether it leads over the border in front of a release, up or down.
  package func crosses(_ release: ReleaseVersion) -> Bool {
    isUpgrade ? from < release && release <= to : to < release && release <= from
  }
}

extension UpgradeHop: CustomStringConvertible {
  package var description: String { "\(from) → \(to)" }
}

extension ReleaseCatalogue {
  /// The hops from one release to another: through every minor version between them, each at its newest release, for
  /// Velero's guides start from the minor version before. None where both are the same.
  package func hops(from: ReleaseVersion, to: ReleaseVersion) -> [UpgradeHop] {
    guard from != to else { return [] }
    let between = minors.filter { minor in
      guard let newest = minor.releases.last, minor.name != from.series, minor.name != to.series else { return false }
      return min(from, to) < newest && newest < max(from, to)
    }
    let stops = between.compactMap(\.releases.last).sorted { from < to ? $0 < $1 : $0 > $1 } + [to]
    var hops: [UpgradeHop] = []
    var last = from
    for stop in stops {
      hops.append(UpgradeHop(from: last, to: stop))
      last = stop
    }
    return hops
  }
}
