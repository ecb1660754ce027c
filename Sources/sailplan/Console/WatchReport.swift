import Files
import Kubernetes
import Workspace

/// What a watch says about one environment that was rendered anew.
struct WatchReport {
  let style: Style

  /// How many objects of an environment, and fields of an object, are shown.
  private static let most = 20

  /// - Parameters:
  ///   - update: what is written.
  ///   - drift: how that differs from what was there.
  func write(_ name: EnvironmentName, _ update: TreeUpdate, _ drift: EnvironmentDrift) {
    if update.changes.isEmpty { return Output.standard.write("\(name): nothing changed in what is rendered\n") }
    let count = update.changes.count
    Output.standard.write(style.bold("\(name): \(count) file\(count == 1 ? "" : "s") changed") + "\n")
    for change in update.changes.prefix(Self.most) {
      write(change, drift.items.first { $0.path == change.path })
    }
    if count > Self.most { Output.standard.write("  and \(count - Self.most) more\n") }
  }

  private func write(_ change: TreeUpdate.Change, _ item: Drift?) {
    let subject = item?.identity.map { "\($0)" } ?? change.path.text
    let fields = item?.fields ?? []
    let verb =
      switch change.kind {
      case .added: ": added"
      case .removed: ": removed"
      case .changed: fields.isEmpty ? ": written anew" : ""
      }
    Output.standard.write("  \(style.cyan(subject))\(verb)\n")
    for field in fields.prefix(Self.most) {
      let old = field.old.map { FieldValue.text($0) } ?? "(not there)"
      let new = field.new.map { FieldValue.text($0) } ?? "(not there)"
      let order = field.isReordering ? " (another order)" : ""
      Output.standard.write("    \(field.path)\(order): \(style.red(old)) → \(style.green(new))\n")
    }
    if fields.count > Self.most { Output.standard.write("    and \(fields.count - Self.most) more fields\n") }
  }
}
