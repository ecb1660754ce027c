import Files
import Kubernetes
import Velero
import Workspace

/// What a plan says about one hop, as text and Markdown print it: headings with lines below.
struct UpgradeSections {
  struct Section: Hashable {
    let title: String
    let lines: [String]
  }

  let list: [Section]

  /// How many fields of one object are shown.
  private static let mostFields = 12

  /// - Parameter places: whether to say where values stand.
  init(_ plan: UpgradePlan, places: Bool) {
    list = [
      Section(title: "Values", lines: plan.values.map { Self.line($0, places: places) }),
      Section(title: "Images", lines: plan.images.map(Self.line)),
      Section(title: "Objects", lines: Self.lines(plan.objects)),
      Section(title: "Resource definitions", lines: Self.lines(plan.definitions)),
      Section(title: "To do", lines: plan.steps),
      Section(title: "Clusters", lines: [Self.line(plan.kubernetes)]),
    ].filter { !$0.lines.isEmpty }
  }

  private static func line(_ change: ValueChange, places: Bool) -> String {
    change.sentence + (places ? " (\(change.file):\(change.line))" : "")
  }

  private static func line(_ change: ImageChange) -> String {
    let old = change.old.joined(separator: ", ")
    let new = change.new.joined(separator: ", ")
    if change.old.isEmpty { return "\(change.repository): comes, \(new)" }
    return change.new.isEmpty ? "\(change.repository): goes, \(old)" : "\(change.repository): \(old) becomes \(new)"
  }

  private static func lines(_ objects: ObjectSetDifference) -> [String] {
    var lines = objects.removed.map { "delete \($0)" } + objects.added.map { "create \($0)" }
    let changed = objects.changed.filter { $0.identity.kind != "CustomResourceDefinition" }
    for object in changed {
      lines.append("change \(object.identity)")
      // Images have a section of their own.
      let fields = SecretHiding().hide(object.fields, ofKind: object.identity.kind)
        .filter { $0.path.steps.last != .key("image") }
      lines += fields.prefix(mostFields).map { field in
        let old = field.old.map { FieldValue.text($0) } ?? "(not there)"
        let new = field.new.map { FieldValue.text($0) } ?? "(not there)"
        return "  \(field.path): \(old) becomes \(new)"
      }
      if fields.count > mostFields { lines.append("  and \(fields.count - mostFields) more fields") }
    }
    let definitions = objects.changed.count - changed.count
    if definitions > 0 { lines.append("change \(definitions) CustomResourceDefinition\(definitions == 1 ? "" : "s")") }
    return lines
  }

  /// What matters; additions are counted.
  private static func lines(_ report: CompatibilityReport) -> [String] {
    let grave = report.findings.filter { $0.severity != .additive }.sorted { $0.severity > $1.severity }
    var lines = grave.map { finding in
      let subject = finding.path == "." ? "" : " \(finding.path)"
      return "\(finding.severity.name) \(finding.definition)\(subject): \(finding.message) [\(finding.rule.id)]"
    }
    let additions = report.findings.count - grave.count
    if additions > 0 { lines.append("\(additions) addition\(additions == 1 ? "" : "s")") }
    return lines
  }

  private static func line(_ kubernetes: ReleaseCatalogue.KubernetesVersions) -> String {
    let tested = kubernetes.tested.isEmpty ? "" : ", tested on \(kubernetes.tested.joined(separator: ", "))"
    return "Kubernetes \(kubernetes.oldest) or later\(tested)"
  }
}

/// Environments that a plan says the same about, but for the places of their values.
struct UpgradeGroup {
  let names: [EnvironmentName]
  let hops: [UpgradePlan]

  /// The groups, by the first of their names.
  static func all(of upgrade: WorkspaceUpgrade) -> [UpgradeGroup] {
    var order: [[[UpgradeSections.Section]]] = []
    var names: [[[UpgradeSections.Section]]: [EnvironmentName]] = [:]
    var hops: [[[UpgradeSections.Section]]: [UpgradePlan]] = [:]
    for start in upgrade.starts {
      let own = upgrade.steps.flatMap { step in step.plans.filter { $0.name == start.name }.map(\.plan) }
      if own.isEmpty { continue }
      let key = own.map { UpgradeSections($0, places: false).list }
      if names[key] == nil { order.append(key) }
      names[key, default: []].append(start.name)
      hops[key] = hops[key] ?? own
    }
    return order.map { UpgradeGroup(names: names[$0] ?? [], hops: hops[$0] ?? []) }
  }

  /// `aws, azure: v1.16.2 to v1.18.1 in 2 hops`.
  var title: String {
    let list = names.map(\.path.text).joined(separator: ", ")
    guard let from = hops.first?.hop.from, let to = hops.last?.hop.to else { return list }
    return "\(list): \(from) to \(to)" + (hops.count == 1 ? "" : " in \(hops.count) hops")
  }

  /// What is said about a hop.
  func sections(_ plan: UpgradePlan) -> [UpgradeSections.Section] {
    UpgradeSections(plan, places: names.count == 1).list
  }

  /// Whether one of the hops leads down.
  var goesDown: Bool { hops.contains { !$0.hop.isUpgrade } }

  /// What is true of every downgrade.
  static let downgradeNote =
    "Velero's makers describe no downgrade. What stands here follows from the manifests and the resource definitions."
}
