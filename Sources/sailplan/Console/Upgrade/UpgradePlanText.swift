import Files
import Velero
import Workspace

/// A plan for people at a terminal.
struct UpgradePlanText {
  private let upgrade: WorkspaceUpgrade
  private let style: Style

  init(_ upgrade: WorkspaceUpgrade, style: Style) {
    self.upgrade = upgrade
    self.style = style
  }

  var text: String {
    var parts = upgrade.starts.filter { $0.release == upgrade.target }.map {
      "\($0.name) is at \(upgrade.target) already\n"
    }
    let groups = UpgradeGroup.all(of: upgrade)
    for group in groups { parts.append(text(of: group)) }
    if groups.contains(where: \.goesDown) { parts.append(UpgradeGroup.downgradeNote + "\n") }
    if !groups.isEmpty { parts.append("Nothing was written. 'sailplan upgrade apply' does it.\n") }
    return parts.joined(separator: "\n")
  }

  private func text(of group: UpgradeGroup) -> String {
    var out = style.bold(group.title) + "\n"
    for plan in group.hops {
      out += "\n" + style.cyan(plan.hop.description) + "\n"
      for section in group.sections(plan) {
        out += "  \(section.title)\n"
        for line in section.lines { out += "    \(Wrapped(line, indent: 6, width: 100))\n" }
      }
    }
    return out
  }
}

/// A line with breaks between its words, so that it is no wider than a page.
struct Wrapped: CustomStringConvertible {
  let description: String

  /// - Parameters:
  ///   - indent: how many blanks stand before what goes on below.
  ///   - width: of the page.
  init(_ line: String, indent: Int, width: Int) {
    let leading = line.prefix { $0 == " " }
    let margin = String(repeating: " ", count: indent + leading.count)
    var out = String(leading)
    var column = indent
    for word in line.dropFirst(leading.count).split(separator: " ", omittingEmptySubsequences: false) {
      if column + word.count > width, column > indent {
        out += "\n" + margin
        column = indent
      } else if column > indent {
        out += " "
      }
      out += word
      column += word.count + 1
    }
    description = out
  }
}
