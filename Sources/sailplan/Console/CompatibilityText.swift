import Files
import Kubernetes
import YAML

/// What a comparison of CustomResourceDefinitions found, for people and for programs.
struct CompatibilityText {
  let report: CompatibilityReport
  let style: Style

  // MARK: For people

  var text: String {
    var out = ""
    var definition: ByteString?
    for finding in report.findings {
      if finding.definition != definition {
        if definition != nil { out += "\n" }
        out += style.bold(finding.definition.text) + "\n"
        definition = finding.definition
      }
      out += text(of: finding)
    }
    if !report.findings.isEmpty { out += "\n" }
    return out + meanings + summary + "\n"
  }

  private func text(of finding: CompatibilityFinding) -> String {
    let severity = finding.severity
    let name = severity.name + String(repeating: " ", count: 10 - severity.name.count)
    let subject = finding.path == "." ? "" : "\(finding.path): "
    let line = "  \(coloured(name, severity))\(subject)\(finding.message) [\(finding.rule.id)]\n"
    let places = [("old", finding.old), ("new", finding.new)].filter { $0.1.source != nil }
    if severity == .additive || places.isEmpty { return line }
    return line + "            = \(places.map { "\($0.0): \($0.1)" }.joined(separator: ", "))\n"
  }

  /// What happens, and what to do: once for each rule that found something bad.
  private var meanings: String {
    let found = Set(report.findings.map(\.rule.id))
    var out = ""
    for rule in CompatibilityRule.all where rule.severity != .additive && found.contains(rule.id) {
      out += "[\(rule.id)] \(rule.effect)\n"
      if let mend = rule.mend { out += "  = do: \(mend)\n" }
    }
    return out.isEmpty ? "" : out + "\n"
  }

  private func coloured(_ text: String, _ severity: CompatibilitySeverity) -> String {
    switch severity {
    case .additive: style.green(text)
    case .narrowing: style.cyan(text)
    case .dataLoss, .refused: style.red(text)
    }
  }

  private var summary: String {
    let compared = "\(report.compared) definition\(report.compared == 1 ? "" : "s") compared"
    if report.findings.isEmpty { return "\(compared): nothing changed" }
    let counts = CompatibilitySeverity.allCases.reversed().compactMap { severity in
      let count = report.findings(severity).count
      return count == 0 ? nil : "\(count) \(severity.name)"
    }
    return "\(compared): \(counts.joined(separator: ", "))"
  }

  // MARK: For programs

  var json: ByteString {
    get throws(Diagnostics) {
      let findings = report.findings.map { SequenceItem(node(of: $0)) }
      return try Node.object([
        ("compared", .int(Int64(report.compared))), ("findings", .sequence(findings)),
        ("worst", report.worst.map { .text($0.name) } ?? .null),
      ]).reportText
    }
  }

  private func node(of finding: CompatibilityFinding) -> Node {
    .object([
      ("definition", .string(finding.definition)), ("effect", .text(finding.rule.effect)),
      ("field", finding.field.map { .text($0.description) } ?? .null),
      ("mend", finding.rule.mend.map { .text($0) } ?? .null), ("message", .text(finding.message)),
      ("new", .place(finding.new)), ("old", .place(finding.old)), ("path", .text(finding.path)),
      ("rule", .text(finding.rule.id)), ("severity", .text(finding.severity.name)),
      ("version", finding.version.map { .string($0) } ?? .null),
    ])
  }
}
