extension FleetDifference {
  /// How many lines of a value, and how many fields of an object, are shown of what has many.
  private static let mostLines = 40
  private static let mostFields = 50
  private static let mostFieldsOfDefinitions = 10

  /// Object by object, for people; empty if nothing differs.
  func text(_ style: Style, limit: LengthLimit) -> String {
    if objects.isEmpty { return "" }
    let count = "\(environments.count) of \(fleet.names.count) environment\(fleet.names.count == 1 ? "" : "s")"
    let differ = environments.count == 1 && fleet.names.count > 1 ? "differs" : "differ"
    let head = "\(count) \(differ): \(style.red("- \(old)")), \(style.green("+ \(new)"))\n"
    return limit.fitted(head, objects.map { "\n" + text(of: $0, style) }) { leftOut in
      "\n… \(leftOut) of \(objects.count) objects left out: more than \(limit.most ?? 0) characters\n"
    }
  }

  private func text(of object: Object, _ style: Style) -> String {
    var text = style.bold(object.subject.harmless) + ": \(fleet.text(object.environments))\n"
    let most = object.isDefinition ? Self.mostFieldsOfDefinitions : Self.mostFields
    for change in object.changes.prefix(most) { text += self.text(of: change, in: object, style) }
    if object.changes.count > most {
      text += "  and \(object.changes.count - most) more fields ('sailplan diff --group never' shows all)\n"
    }
    return text
  }

  private func text(of change: Change, in object: Object, _ style: Style) -> String {
    let isEverywhere = change.environments == object.environments
    var text = "  " + style.cyan(change.place.label.harmless)
    switch change.place {
    case .added, .removed:
      let versions = change.variants.count == 1 ? "" : " (\(change.variants.count) versions of it)"
      return text + versions + (isEverywhere ? "" : ": \(fleet.text(change.environments))") + "\n"
    case .state: return text + (isEverywhere ? "" : ": \(fleet.text(change.environments))") + "\n"
    case .field, .text: break
    }
    if change.variants.count == 1, !isEverywhere { text += ": \(fleet.text(change.environments))" }
    text += "\n"
    for variant in change.shown {
      let who = change.variants.count == 1 ? "" : ": \(fleet.text(variant.environments))"
      if let (old, new) = variant.values(at: change.place, shortened: object.isDefinition) {
        let words = WordDifference(old.harmless, new.harmless)
        text += "    \(words.prefix)\(style.red(words.old))\(words.suffix)"
        text += " → \(words.prefix)\(style.green(words.new))\(words.suffix)\(who)\n"
      } else {
        if !who.isEmpty { text += "    in \(fleet.text(variant.environments))\n" }
        text += Self.text(of: variant.lines, style)
      }
    }
    return text + (change.rest.map { "    and \($0)\n" } ?? "")
  }

  private static func text(of lines: [LineDifference.Line], _ style: Style) -> String {
    var text = ""
    for line in lines.prefix(mostLines) { text += "    \(line.text(style))\n" }
    let left = lines.count - mostLines
    return left > 0 ? text + "    and \(left) more lines ('sailplan diff --group never' shows all)\n" : text
  }
}

extension LineDifference.Line {
  /// With its sign in front.
  func text(_ style: Style) -> String {
    switch self {
    case .same(let line): " \(String(line).harmless)"
    case .removed(let line): style.red("-\(String(line).harmless)")
    case .added(let line): style.green("+\(String(line).harmless)")
    case .gap(let count): style.cyan("@@ \(count) line\(count == 1 ? "" : "s") @@")
    }
  }
}
