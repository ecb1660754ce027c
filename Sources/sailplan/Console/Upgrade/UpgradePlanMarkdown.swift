import Files
import Velero
import Workspace

/// A plan for a pull request.
struct UpgradePlanMarkdown {
  private let upgrade: WorkspaceUpgrade

  init(_ upgrade: WorkspaceUpgrade) { self.upgrade = upgrade }

  var text: String {
    var out = "## Velero \(upgrade.target)\n"
    for start in upgrade.starts where start.release == upgrade.target {
      out += "\n\(Self.code(start.name.path.text)) is at \(upgrade.target) already.\n"
    }
    let groups = UpgradeGroup.all(of: upgrade)
    for group in groups { out += text(of: group) }
    if groups.contains(where: \.goesDown) { out += "\n> \(UpgradeGroup.downgradeNote)\n" }
    return out
  }

  private func text(of group: UpgradeGroup) -> String {
    var out = "\n### \(Self.escaped(group.title))\n"
    for plan in group.hops {
      out += "\n#### \(plan.hop)\n"
      for section in group.sections(plan) {
        out += "\n**\(section.title)**\n\n"
        let box = section.title == "To do" ? "[ ] " : ""
        for line in section.lines { out += Self.item(line, box) }
      }
    }
    return out
  }

  private static func item(_ line: String, _ box: String) -> String {
    let text = line.drop { $0 == " " }
    return (text.count < line.count ? "  " : "") + "- \(box)\(escaped(String(text)))\n"
  }

  private static func code(_ text: String) -> String { "`\(text)`" }

  /// What Markdown would take for marks gets a backslash.
  private static func escaped(_ text: String) -> String {
    var out = ""
    for character in text {
      if "\\`*_<>[]#|~".contains(character) { out.append("\\") }
      out.append(character)
    }
    return out
  }
}
