import Files
import Kubernetes
import Workspace

/// What a render says about one environment.
enum UpdateReport {
  /// - Parameter count: how many objects it has.
  static func write(
    _ name: EnvironmentName, objects count: Int, changes: [TreeUpdate.Change], isDryRun: Bool
  ) {
    let objects = "\(count) object\(count == 1 ? "" : "s")"
    if changes.isEmpty {
      Output.standard.write("\(name): \(objects), nothing \(isDryRun ? "would change" : "changed")\n")
      return
    }
    let counts = [TreeUpdate.Change.Kind.added, .changed, .removed].compactMap { kind -> String? in
      let count = changes.count { $0.kind == kind }
      return count == 0 ? nil : "\(count) \(word(kind))"
    }
    let verb = isDryRun ? "would be " : ""
    Output.standard.write("\(name): \(objects); files: \(verb)\(counts.joined(separator: ", "))\n")
    if isDryRun {
      for change in changes { Output.standard.write("  \(word(change.kind)) \(change.path)\n") }
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
