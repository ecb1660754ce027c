import Files
import Kubernetes
package import YAML

/// What the bundle says about getting from the releases before one to it or beyond, and back: an entry of
/// `releases/upgrades.lib.yml`.
package struct UpgradeRule: Sendable {
  package var name: String
  package var since: ReleaseVersion
  /// What people do on the way up, and on the way down: sentences.
  package var upgrade: String?
  package var downgrade: String?
  /// Which environments it is for: `agent` or `csi`; nothing for all.
  package var only: String?
  /// Arguments of the server under their names before the release, and from then on.
  package var renamed: [(old: String, new: String)] = []
  /// Arguments of the server that it does not start with from the release on.
  package var gone: [String] = []
  /// Values that make such arguments.
  package var values: [NodePath] = []

  /// What people do for a hop; nothing where the hop does not lead over the border.
  package func step(for hop: UpgradeHop) -> String? {
    guard hop.crosses(since) else { return nil }
    return hop.isUpgrade ? upgrade : downgrade
  }
}

extension CatalogueReader {
  static func upgrade(_ name: String, _ node: Node) -> UpgradeRule? {
    guard let since = node.value(at: "since")?.stringValue.flatMap({ ReleaseVersion($0.text) }) else { return nil }
    var rule = UpgradeRule(name: name, since: since)
    rule.upgrade = node.value(at: "upgrade")?.stringValue?.text
    rule.downgrade = node.value(at: "downgrade")?.stringValue?.text
    rule.only = node.value(at: "only")?.stringValue?.text
    guard rule.only.map(EnvironmentTraits.names.contains) ?? true else { return nil }
    if case .map(let items)? = node.value(at: "renamed") {
      for item in items {
        guard let old = item.key.stringValue, let new = item.value.stringValue else { return nil }
        rule.renamed.append((old.text, new.text))
      }
    }
    if let gone = node.value(at: "gone") {
      guard let texts = texts(gone) else { return nil }
      rule.gone = texts
    }
    if let values = node.value(at: "values") {
      guard let texts = texts(values) else { return nil }
      rule.values = texts.compactMap { NodePath(ByteString($0)) }
      guard rule.values.count == texts.count else { return nil }
    }
    return rule
  }
}
