import Files
package import Kubernetes
import YAML

/// What one hop of one environment means: for its values, for what is rendered, for what is stored in the cluster, and
/// for people.
package struct UpgradePlan: Sendable {
  package let hop: UpgradeHop
  package let values: [ValueChange]
  package let objects: ObjectSetDifference
  package let images: [ImageChange]
  /// What replacing the definitions of one release by those of the other means.
  package let definitions: CompatibilityReport
  /// What people do, in the order of the bundle's rules.
  package let steps: [String]
  /// The clusters that the target is meant for.
  package let kubernetes: ReleaseCatalogue.KubernetesVersions

  /// - Parameters:
  ///   - old: what is rendered before the hop.
  ///   - new: what is rendered after it.
  package init(
    _ hop: UpgradeHop, values: [ValueChange], from old: ObjectSet, to new: ObjectSet,
    definitions: CompatibilityReport, in catalogue: ReleaseCatalogue
  ) {
    self.hop = hop
    self.values = values
    objects = ObjectSetDifference(from: old, to: new)
    images = ImageChange.changes(from: old, to: new)
    self.definitions = definitions
    let traits = [old, new].map { EnvironmentTraits($0) }
    steps = catalogue.upgrades.compactMap { rule in
      guard rule.only.map({ only in traits.contains { $0.has(only) } }) ?? true else { return nil }
      return rule.step(for: hop)
    }
    kubernetes = catalogue.minor(of: hop.to)?.kubernetes ?? .init(oldest: "", tested: [])
  }
}

/// Images of one repository, where those before and after a hop are different.
package struct ImageChange: Sendable, Hashable {
  package let repository: String
  /// Tags and digests, sorted; none where the image is not used.
  package let old: [String]
  package let new: [String]

  static func changes(from old: ObjectSet, to new: ObjectSet) -> [ImageChange] {
    let sides = [old, new].map { set -> [String: Set<String>] in
      var versions: [String: Set<String>] = [:]
      for image in set.images {
        let reference = ImageReference(image)
        let version = (reference.tag ?? "") + (reference.digest.map { "@\($0)" } ?? "")
        versions[reference.repository, default: []].insert(version.isEmpty ? "latest" : version)
      }
      return versions
    }
    return Set(sides[0].keys).union(sides[1].keys).sorted().compactMap { repository in
      let old = sides[0][repository, default: []].sorted()
      let new = sides[1][repository, default: []].sorted()
      return old == new ? nil : ImageChange(repository: repository, old: old, new: new)
    }
  }
}

/// What a rule can ask about an environment.
struct EnvironmentTraits {
  private let hasAgent: Bool
  private let hasCSI: Bool

  /// The words for it in the bundle.
  static let names = ["agent", "csi"]

  init(_ objects: ObjectSet) {
    hasAgent = objects.objects.contains { $0.identity.kind == "DaemonSet" }
    hasCSI = objects.containers.contains { container in
      guard case .sequence(let arguments)? = container.value(at: "args") else { return false }
      return arguments.contains { argument in
        let text = argument.value.stringValue?.text ?? ""
        return text.hasPrefix("--features=") && text.dropFirst(11).split(separator: ",").contains("EnableCSI")
      }
    }
  }

  func has(_ name: String) -> Bool {
    switch name {
    case "agent": hasAgent
    case "csi": hasCSI
    default: false
    }
  }
}
