import Files
import Velero

extension VerificationReport {
  /// A comment for a pull request or a job summary. Longer ones than services take are cut, and say so.
  var markdown: ByteString {
    var head = "### \(command)\n\n"
    if items.isEmpty { return ByteString(head + "\(Self.counted(environments.count)): nothing to report.\n") }
    let groups = itemsByEnvironment
    head += "\(groups.count) of \(Self.counted(environments.count)) need a look.\n"
    // A check compares nothing.
    let hasValues = items.contains { $0.committed != nil || $0.rendered != nil }
    let titles = ["", "what"] + (hasValues ? ["committed", "rendered"] : []) + ["why", "mend"]
    let sections = groups.map { name, found in
      let rows = found.map { item in
        let values = [item.committed ?? "", item.rendered ?? ""].map { $0.isEmpty ? "" : Markdown.code($0) }
        let rule = item.rule == "drift" ? "" : " \(Markdown.code(item.rule))"
        return [Markdown.cell(item.severity.name), Markdown.cell(item.message) + rule] + (hasValues ? values : [])
          + [Markdown.cell(item.causes.joined(separator: "; ")), Markdown.cell(item.mend)]
      }
      return Markdown.details(
        "<b>\(Markdown.escaped(name))</b>: \(found.count)", Markdown.table(titles, rows))
    }
    return ByteString(
      LengthLimit(most: LengthLimit.comment).fitted(head, sections) { leftOut in
        "\n… and \(Self.counted(leftOut)) more: `\(command)` lists them.\n"
      })
  }

  private static func counted(_ count: Int) -> String { "\(count) environment\(count == 1 ? "" : "s")" }
}
