import Files
import Kubernetes
import Workspace

/// What a verification found, for people.
struct DriftReport {
  let style: Style

  /// How many fields of one object are shown.
  private static let mostFields = 20

  func write(_ result: ComparisonOptions.Result) {
    let drifted = result.environments.filter { !$0.items.isEmpty }
    if DifferenceGrouping.auto.isGrouped(drifted.count) {
      writeGroups(result)
    } else {
      write(each: drifted, of: result)
    }
    let total = result.environments.count
    let environments = "\(total) environment\(total == 1 ? "" : "s")"
    if total == 0 {
      Output.standard.write("There are no environments in \(result.source).\n")
    } else if drifted.isEmpty {
      Output.standard.write("\(environments) in \(result.source): no drift\n")
    } else {
      Output.standard.write("\(drifted.count) of \(environments) drifted\n")
    }
  }

  private func write(each drifted: [EnvironmentDrift], of result: ComparisonOptions.Result) {
    for environment in drifted {
      let count = environment.items.count
      Output.standard.write(
        style.bold(
          "\(environment.name): \(count) file\(count == 1 ? "" : "s") in \(result.source) differ\(count == 1 ? "s" : "") from what is rendered"
        )
          + "\n")
      for item in environment.items { write(item, isOnDisk: result.isOnDisk) }
    }
  }

  private func write(_ item: Drift, isOnDisk: Bool) {
    let subject = item.identity.map { "\($0)" } ?? item.path.text
    Output.standard.write("  \(style.cyan(subject)): \(Self.text(item.kind))\n")
    if item.identity != nil { Output.standard.write("    file: rendered/\(item.path)\n") }
    for (index, cause) in item.causes.enumerated() {
      Output.standard.write("    \(index == 0 ? "why" : "and"): \(cause)\n")
    }
    for field in item.fields.prefix(Self.mostFields) { write(field, isOnDisk: isOnDisk) }
    if item.fields.count > Self.mostFields {
      Output.standard.write("    and \(item.fields.count - Self.mostFields) more fields ('sailplan diff' shows all)\n")
    }
  }

  private func write(_ field: FieldDifference, isOnDisk: Bool) {
    let old = field.old.map { FieldValue.text($0) } ?? "(not there)"
    let new = field.new.map { FieldValue.text($0) } ?? "(not there)"
    Output.standard.write(
      """
          \(field.path)\(field.isReordering ? " (another order)" : "")
            \(isOnDisk ? "on disk:  " : "committed:") \(style.red(old))
            rendered:  \(style.green(new))

      """)
  }

  static func text(_ kind: Drift.Kind) -> String {
    switch kind {
    case .missing: "missing"
    case .extra: "not rendered: the file should not be there"
    case .changed: "changed"
    case .formatting: "the same object in another spelling (order, quoting, comments)"
    case .unreadable: "the file holds no object that can be read"
    case .executable: "the file is executable"
    case .replaced(let other): "\(other) stands in its place"
    }
  }
}
