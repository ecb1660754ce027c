import Files
import Velero

extension VerificationReport {
  /// A comment for a pull request or a job summary. Longer ones than services take are cut, and say so.
  var markdown: ByteString {
    let drifted = Set(items.map(\.environment))
    var text = "### sailplan verify\n\n"
    if items.isEmpty { return ByteString(text + "\(Self.counted(environments.count)): nothing differs.\n") }
    text += "\(drifted.count) of \(Self.counted(environments.count)) need a look.\n"
    var left = items.count
    for name in environments + drifted.subtracting(environments).sorted() where drifted.contains(name) {
      let found = items(of: name)
      var section = "\n<details><summary><b>\(Self.escaped(name))</b>: \(found.count)</summary>\n\n"
      section += "| | what | committed | rendered | why | mend |\n|---|---|---|---|---|---|\n"
      for item in found {
        let cells = [
          item.severity.name, item.message, item.committed ?? "", item.rendered ?? "",
          item.causes.joined(separator: "; "), item.mend,
        ]
        section += "| " + cells.map(Self.cell).joined(separator: " | ") + " |\n"
      }
      section += "\n</details>\n"
      guard text.utf8.count + section.utf8.count < Self.longest else {
        return ByteString(text + "\n… and \(left) more: `sailplan verify` lists them.\n")
      }
      text += section
      left -= found.count
    }
    return ByteString(text)
  }

  /// GitHub takes 65,536 characters; some are left for the last line.
  private static let longest = 65_000
  /// The most characters of one cell.
  private static let widest = 300

  private static func counted(_ count: Int) -> String { "\(count) environment\(count == 1 ? "" : "s")" }

  private static func cell(_ text: String) -> String {
    let short = text.count > widest ? text.prefix(widest) + "…" : text[...]
    return escaped(String(short)).replacing("|", with: "\\|").replacing("\n", with: " ")
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("*", with: "\\*").replacing("`", with: "\\`")
  }
}
