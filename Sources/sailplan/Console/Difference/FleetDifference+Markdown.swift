extension FleetDifference {
  /// A comment for a pull request: what differs in a table, then each object's changes, to be opened.
  func markdown(limit: LengthLimit) -> String {
    let title = "### sailplan diff\n\n"
    let total = "\(fleet.names.count) environment\(fleet.names.count == 1 ? "" : "s")"
    let sides = "\(Markdown.code(old)) → \(Markdown.code(new))"
    if objects.isEmpty { return title + "\(total), \(sides): no difference.\n" }
    let head = title + "\(environments.count) of \(total) differ: \(sides)\n"
    let overview = objects.map { object in
      [
        Markdown.cell(object.subject), Markdown.cell(Self.summary(of: object)),
        Markdown.cell(fleet.text(object.environments)),
      ]
    }
    let sections = ["\n" + Markdown.table(["object", "what", "where"], overview)] + objects.map(section)
    return limit.fitted(head, sections) { leftOut in
      "\n… \(leftOut) of \(sections.count) sections left out, for which there is no room: `sailplan diff` shows them.\n"
    }
  }

  /// What happens to an object, in a few words.
  private static func summary(of object: Object) -> String {
    let fields = object.changes.count { if case .field = $0.place { true } else { false } }
    let others = object.changes.compactMap { change -> String? in
      if case .field = change.place { nil } else { change.place.label }
    }
    return (others + (fields == 0 ? [] : ["\(fields) field\(fields == 1 ? "" : "s")"])).joined(separator: ", ")
  }

  private func section(of object: Object) -> String {
    var rows: [[String]] = []
    var blocks = ""
    for change in object.changes {
      for variant in change.shown {
        let place = Markdown.code(change.place.label)
        let who = Markdown.cell(fleet.text(variant.environments))
        if let (old, new) = variant.values(at: change.place) {
          rows.append([place, Markdown.code(old), Markdown.code(new), who])
        } else if case .state = change.place {
          rows.append([place, "", "", who])
        } else {
          let lines = variant.lines.map { $0.text(.plain) + "\n" }.joined()
          blocks += "\n\(place): \(who)\n\n" + Markdown.block(lines, language: "diff")
        }
      }
      if let rest = change.rest {
        rows.append([Markdown.code(change.place.label), "", "", Markdown.cell("and \(rest)")])
      }
    }
    let table = rows.isEmpty ? "" : Markdown.table(["field", "before", "after", "where"], rows)
    return Markdown.details(
      "<b>\(Markdown.escaped(object.subject))</b>: \(Markdown.escaped(fleet.text(object.environments)))", table + blocks
    )
  }
}
