import Files
import Kubernetes
import Workspace

/// What a render says about one environment.
enum UpdateReport {
  static func write(_ environment: RenderedEnvironment, _ update: TreeUpdate, isDryRun: Bool) {
    let count = environment.objects.objects.count
    let objects = "\(count) object\(count == 1 ? "" : "s")"
    if update.changes.isEmpty {
      Output.standard.write("\(environment.name): \(objects), nothing \(isDryRun ? "would change" : "changed")\n")
      return
    }
    let counts = [TreeUpdate.Change.Kind.added, .changed, .removed].compactMap { kind -> String? in
      let count = update.changes.count { $0.kind == kind }
      return count == 0 ? nil : "\(count) \(word(kind))"
    }
    let verb = isDryRun ? "would be " : ""
    Output.standard.write("\(environment.name): \(objects); files: \(verb)\(counts.joined(separator: ", "))\n")
    if isDryRun {
      for change in update.changes { Output.standard.write("  \(word(change.kind)) \(change.path)\n") }
    }
  }

  private static func word(_ kind: TreeUpdate.Change.Kind) -> String {
    switch kind {
    case .added: "added"
    case .changed: "changed"
    case .removed: "removed"
    }
  }
}
