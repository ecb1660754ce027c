import Files

/// The message of a commit that nobody gave one.
struct CommitSummary {
  struct Entry {
    let name: EnvironmentName
    let release: ByteString
    var added: [ByteString] = []
    var changed: [ByteString] = []
    var removed: [ByteString] = []

    var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }
  }

  let entries: [Entry]

  /// How many files of one environment, and how many environments, are named.
  private static let mostNamed = 40

  var text: ByteString {
    let touched = entries.filter { !$0.isEmpty }
    var text = Self.subject(touched) + "\n"
    for entry in touched.prefix(Self.mostNamed) {
      let release = entry.release.isEmpty ? "" : " (Velero \(entry.release))"
      text += "\n\(entry.name)\(release): \(Self.counts(entry))\n"
      let lines = entry.added.map { "+ \($0)" } + entry.changed.map { "~ \($0)" } + entry.removed.map { "- \($0)" }
      for line in lines.prefix(Self.mostNamed) { text += "  \(line)\n" }
      if lines.count > Self.mostNamed { text += "  and \(lines.count - Self.mostNamed) more\n" }
    }
    if touched.count > Self.mostNamed { text += "\nand \(touched.count - Self.mostNamed) more environments\n" }
    return ByteString(text)
  }

  private static func subject(_ entries: [Entry]) -> String {
    if entries.isEmpty { return "Record what the environments are rendered from" }
    let names = entries.map(\.name.path.text)
    let list = names.joined(separator: ", ")
    if list.utf8.count <= 60 { return "Render \(list)" }
    return "Render \(names.count) environments"
  }

  private static func counts(_ entry: Entry) -> String {
    let parts = [(entry.added.count, "added"), (entry.changed.count, "changed"), (entry.removed.count, "removed")]
    return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }
}
