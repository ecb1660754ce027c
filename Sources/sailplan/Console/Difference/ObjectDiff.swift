import Files
import Kubernetes
import Workspace
import YAML

/// Differences as a diff of objects: a heading for each, then each field with its two values.
struct ObjectDiff {
  let style: Style
  /// How the two sides are called.
  let old: String
  let new: String

  /// A section for each object of each environment.
  func sections(_ drifts: [EnvironmentDrift]) -> [String] {
    drifts.flatMap { drift in drift.items.map { section($0, of: drift.name) } }
  }

  private func section(_ item: Drift, of name: EnvironmentName) -> String {
    let subject = (item.identity.map { "\($0)" } ?? "rendered/\(item.path)").harmless
    let before = item.kind == .missing ? "(not there)" : old
    let after = item.kind == .extra ? "(not there)" : new
    let text = style.bold("--- \(name): \(subject), \(before)\n+++ \(name): \(subject), \(after)") + "\n"
    switch item.kind {
    case .missing: return text + lines(item.rendered, "+")
    case .extra: return text + lines(item.committed, "-")
    case .changed where !item.fields.isEmpty: return text + item.fields.map { self.text(of: $0) }.joined()
    case .changed, .unreadable:
      return text + self.text(of: variant(item.committed.map { .string($0) }, item.rendered.map { .string($0) }).lines)
    case .formatting, .executable, .replaced:
      return text + style.cyan("@@ \(DriftReport.text(item.kind)) @@") + "\n"
    }
  }

  private func text(of field: FieldDifference) -> String {
    let place = FleetDifference.Place.field("\(field.path)", isReordering: field.isReordering)
    return style.cyan("@@ \(place.label.harmless) @@") + "\n"
      + self.text(of: variant(field.old, field.new).lines)
  }

  private func variant(_ old: Node?, _ new: Node?) -> FleetDifference.Variant {
    FleetDifference.Variant(old: old, new: new, environments: EnvironmentSet())
  }

  private func text(of lines: [LineDifference.Line]) -> String {
    // Of one line that became another, what is different in it stands out.
    if lines.count == 2, case .removed(let old) = lines[0], case .added(let new) = lines[1] {
      let words = WordDifference(String(old).harmless, String(new).harmless)
      if !words.prefix.isEmpty || !words.suffix.isEmpty {
        return style.red("-\(words.prefix)\(style.inverse(words.old))\(words.suffix)") + "\n"
          + style.green("+\(words.prefix)\(style.inverse(words.new))\(words.suffix)") + "\n"
      }
    }
    return lines.map { $0.text(style) + "\n" }.joined()
  }

  private func lines(_ text: ByteString?, _ sign: Character) -> String {
    guard let text else { return "" }
    var lines = text.text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { line in
      let line = "\(sign)\(String(line).harmless)"
      return (sign == "-" ? style.red(line) : style.green(line)) + "\n"
    }.joined()
  }
}
