import Files
import Kubernetes
import Velero
import YAML

/// What a commit of an upgrade says: what moves where, and for each hop what is not to be seen in the files at once.
struct UpgradeMessage {
  let steps: [WorkspaceUpgrade.Step]

  /// How wide the lines are.
  private static let width = 76

  var text: ByteString {
    var text = subject + "\n"
    for step in steps {
      var details: [String] = []
      var names: [String: [String]] = [:]
      for (name, plan) in step.plans {
        let own = Self.details(plan)
        if names[own] == nil { details.append(own) }
        names[own, default: []].append(name.path.text)
      }
      for own in details { text += "\n" + Self.wrapped((names[own] ?? []).joined(separator: ", "), "") + own }
    }
    return ByteString(text)
  }

  private var subject: String {
    var ways: [EnvironmentName: UpgradeHop] = [:]
    for step in steps {
      for (name, plan) in step.plans {
        ways[name] = UpgradeHop(from: ways[name]?.from ?? plan.hop.from, to: plan.hop.to)
      }
    }
    let list = ways.keys.sorted().map(\.path.text).joined(separator: ", ")
    let place = list.utf8.count <= 40 ? list : "\(ways.count) environments"
    let verbs = Set(ways.values.map { $0.isUpgrade ? "Upgrade" : "Downgrade" })
    let verb = verbs.count == 1 ? verbs.first ?? "" : "Move"
    let origins = Set(ways.values.map(\.from))
    let targets = Set(ways.values.map(\.to))
    guard let target = targets.first, targets.count == 1 else { return "\(verb) Velero in \(place)" }
    guard let origin = origins.first, origins.count == 1 else { return "\(verb) Velero to \(target) in \(place)" }
    return "\(verb) Velero from \(origin) to \(target) in \(place)"
  }

  private static func details(_ plan: UpgradePlan) -> String {
    var text = "\(plan.hop.from) to \(plan.hop.to):\n"
    for change in plan.values where change.path != ValuesRewrite.version { text += wrapped(change.sentence, "* ") }
    for identity in plan.objects.removed { text += wrapped("\(identity) goes", "* ") }
    for step in plan.steps { text += wrapped(step, "* ") }
    return text
  }

  private static func wrapped(_ sentence: String, _ mark: String) -> String {
    var text = mark
    var column = mark.count
    for word in sentence.split(separator: " ") {
      if column > mark.count, column + word.count > width {
        text += "\n" + String(repeating: " ", count: mark.count)
        column = mark.count
      } else if column > mark.count {
        text += " "
      }
      text += word
      column += word.count + 1
    }
    return text + "\n"
  }
}
