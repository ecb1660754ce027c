import Files
import Kubernetes
import Workspace
import YAML

/// Differences as a diff of objects: a heading for each, then each field with its two values.
struct ObjectDiff {
  let style: Style

  func write(_ result: ComparisonOptions.Result) {
    for environment in result.environments {
      for item in environment.items { write(item, of: environment.name, result.source) }
    }
  }

  private func write(_ item: Drift, of name: EnvironmentName, _ source: String) {
    let subject = item.identity.map { "\($0)" } ?? "rendered/\(item.path)"
    let old = item.kind == .missing ? "(not there)" : source
    let new = item.kind == .extra ? "(not rendered)" : "rendered"
    Output.standard.write(style.bold("--- \(name): \(subject), \(old)\n+++ \(name): \(subject), \(new)") + "\n")
    switch item.kind {
    case .missing: lines(item.rendered, "+")
    case .extra: lines(item.committed, "-")
    case .changed where !item.fields.isEmpty: for field in item.fields { write(field) }
    case .changed, .unreadable:
      lines(item.committed, "-")
      lines(item.rendered, "+")
    case .formatting, .executable, .replaced:
      Output.standard.write(style.cyan("@@ \(DriftReport.text(item.kind)) @@") + "\n")
    }
  }

  private func write(_ field: FieldDifference) {
    Output.standard.write(style.cyan("@@ \(field.path)\(field.isReordering ? " (order)" : "") @@") + "\n")
    if let old = field.old { lines(Self.yaml(old), "-") }
    if let new = field.new { lines(Self.yaml(new), "+") }
  }

  private static func yaml(_ node: Node) -> ByteString {
    var out = ByteBuffer()
    print(node, into: &out)
    return out.finish()
  }

  /// Control characters come as spaces, so that a file cannot steer the terminal.
  private func lines(_ text: ByteString?, _ sign: Character) {
    guard let text else { return }
    var lines = text.text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for line in lines {
      let safe = String(
        String.UnicodeScalarView(
          line.unicodeScalars.map { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7F ? " " : $0 }))
      Output.standard.write((sign == "-" ? style.red("-\(safe)") : style.green("+\(safe)")) + "\n")
    }
  }
}
