import Files
import Velero

extension VerificationReport {
  /// A comment for a pull request or a job summary. Where many environments have something to tell, what is the same in
  /// several of them is told once; longer ones than services take are cut, and say so.
  var markdown: ByteString {
    var head = "### \(command)\n\n"
    if items.isEmpty { return ByteString(head + "\(Self.counted(environments.count)): nothing to report.\n") }
    let found = itemsByEnvironment
    head += "\(found.count) of \(Self.counted(environments.count)) need a look.\n"
    let isGrouped = DifferenceGrouping.auto.isGrouped(found.count)
    let sections = isGrouped ? sectionsOfObjects : found.map(section)
    return ByteString(
      LengthLimit(most: LengthLimit.comment).fitted(head, sections) { leftOut in
        "\n… \(leftOut) of \(sections.count) sections left out, for which there is no room: `\(command)` shows them.\n"
      })
  }

  private static func counted(_ count: Int) -> String { "\(count) environment\(count == 1 ? "" : "s")" }

  /// A check compares nothing.
  private var hasValues: Bool { items.contains { $0.committed != nil || $0.rendered != nil } }
  private var titles: [String] { ["", "what"] + (hasValues ? ["committed", "rendered"] : []) }

  /// The cells below these titles.
  private func cells(_ item: Item) -> [String] {
    let values = [item.committed ?? "", item.rendered ?? ""].map { $0.isEmpty ? "" : Markdown.code($0) }
    let rule = item.rule == "drift" ? "" : " \(Markdown.code(item.rule))"
    return [Markdown.cell(item.severity.name), Markdown.cell(item.message) + rule] + (hasValues ? values : [])
  }

  // MARK: By environment

  private func section(_ name: String, _ items: [Item]) -> String {
    let rows = items.map { item in
      cells(item) + [Markdown.cell(item.causes.joined(separator: "; ")), Markdown.cell(item.mend)]
    }
    return Markdown.details(
      "<b>\(Markdown.escaped(name))</b>: \(items.count)", Markdown.table(titles + ["why", "mend"], rows))
  }

  // MARK: By object

  /// The same in some environments.
  private struct Group {
    let first: Item
    var environments = EnvironmentSet()
    /// Whether all have it for the same reason, and can mend it in the same way.
    var isOfOneCause = true
    var isOfOneMend = true
  }

  /// A section for each object, with what is the same in several environments once.
  private var sectionsOfObjects: [String] {
    let fleet = Fleet(environments)
    let numbers = Dictionary(environments.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    var places: [[String]: Int] = [:]
    var groups: [Group] = []
    for (name, items) in itemsByEnvironment {
      for item in items {
        let key = [
          item.rule, item.severity.name, item.object ?? "", item.message, item.committed ?? "\0", item.rendered ?? "\0",
        ]
        let place = places[key] ?? groups.count
        if place == groups.count {
          places[key] = place
          groups.append(Group(first: item))
        }
        if let number = numbers[name] { groups[place].environments.insert(number) }
        groups[place].isOfOneCause = groups[place].isOfOneCause && item.causes == groups[place].first.causes
        groups[place].isOfOneMend = groups[place].isOfOneMend && item.mend == groups[place].first.mend
      }
    }
    var objects: [String] = []
    var ofObject: [String: [Group]] = [:]
    for group in groups {
      let object = group.first.object ?? group.first.rule
      if ofObject[object] == nil { objects.append(object) }
      ofObject[object, default: []].append(group)
    }
    return objects.map { section($0, ofObject[$0] ?? [], fleet) }
  }

  private func section(_ object: String, _ groups: [Group], _ fleet: Fleet) -> String {
    let all = EnvironmentSet(groups.map(\.environments))
    let rows = groups.map { group in
      let why = group.first.causes.joined(separator: "; ") + (group.isOfOneCause ? "" : " …")
      let mend = group.first.mend + (group.isOfOneMend ? "" : " …")
      return cells(group.first) + [fleet.text(group.environments), why, mend].map(Markdown.cell)
    }
    return Markdown.details(
      "<b>\(Markdown.escaped(object))</b>: \(Markdown.escaped(fleet.text(all)))",
      Markdown.table(titles + ["where", "why", "mend"], rows))
  }
}
