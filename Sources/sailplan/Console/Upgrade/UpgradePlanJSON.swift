import Files
import Kubernetes
import Velero
import Workspace
import YAML

/// A plan for programs. Keys are sorted; what is missing is null.
struct UpgradePlanJSON {
  private let upgrade: WorkspaceUpgrade

  init(_ upgrade: WorkspaceUpgrade) { self.upgrade = upgrade }

  var text: ByteString {
    get throws(Diagnostics) {
      let environments = upgrade.starts.map { start -> Node in
        let plans = upgrade.steps.flatMap { step in step.plans.filter { $0.name == start.name }.map(\.plan) }
        let items: [(ByteString, Node)] = [
          ("from", .text(start.release.description)), ("hops", .list(plans.map { node($0) })),
          ("name", .string(start.name.path)),
        ]
        return .object(items)
      }
      return try Node.object([
        ("environments", .list(environments)), ("to", .text(upgrade.target.description)),
      ]).reportText
    }
  }

  private func node(_ plan: UpgradePlan) -> Node {
    let kubernetes: [(ByteString, Node)] = [
      ("oldest", .text(plan.kubernetes.oldest)), ("tested", .texts(plan.kubernetes.tested)),
    ]
    let items: [(ByteString, Node)] = [
      ("definitions", .list(plan.definitions.findings.map { node($0) })),
      ("from", .text(plan.hop.from.description)),
      ("images", .list(plan.images.map { node($0) })),
      ("kubernetes", .object(kubernetes)),
      ("objects", node(plan.objects)),
      ("steps", .texts(plan.steps)),
      ("to", .text(plan.hop.to.description)),
      ("values", .list(plan.values.map { node($0) })),
    ]
    return .object(items)
  }

  private func node(_ change: ValueChange) -> Node {
    var old: Node = .null
    var new: Node = .null
    var why: Node = .null
    let kind: String
    switch change.kind {
    case .replaced(let before, let after):
      kind = "replaced"
      old = .text(before)
      new = .text(after)
    case .added(let after):
      kind = "added"
      new = .text(after)
    case .setAside(let reason):
      kind = "set-aside"
      why = .text(reason)
    case .takenBack: kind = "taken-back"
    }
    let items: [(ByteString, Node)] = [
      ("change", .text(kind)), ("field", .text(change.path.description)), ("file", .text(change.file)),
      ("line", .int(Int64(change.line))), ("new", new), ("old", old), ("why", why),
    ]
    return .object(items)
  }

  private func node(_ change: ImageChange) -> Node {
    .object([("new", .texts(change.new)), ("old", .texts(change.old)), ("repository", .text(change.repository))])
  }

  private func node(_ objects: ObjectSetDifference) -> Node {
    .object([
      ("changed", .list(objects.changed.map { node($0) })),
      ("created", .list(objects.added.map { .identity($0) })),
      ("deleted", .list(objects.removed.map { .identity($0) })),
    ])
  }

  private func node(_ change: ObjectSetDifference.Change) -> Node {
    let fields = SecretHiding().hide(change.fields, ofKind: change.identity.kind).map { field -> Node in
      .object([
        ("field", .text(field.path.description)), ("new", field.new?.inJSON ?? .null),
        ("old", field.old?.inJSON ?? .null),
      ])
    }
    let items: [(ByteString, Node)] = [("fields", .list(fields)), ("object", .identity(change.identity))]
    return .object(items)
  }

  private func node(_ finding: CompatibilityFinding) -> Node {
    .object([
      ("definition", .string(finding.definition)), ("effect", .text(finding.rule.effect)),
      ("mend", finding.rule.mend.map { .text($0) } ?? .null), ("message", .text(finding.message)),
      ("path", .text(finding.path)), ("rule", .text(finding.rule.id)), ("severity", .text(finding.severity.name)),
    ])
  }
}
