import Files
import Kubernetes
import Velero
import Workspace
import YAML

/// What checks found, for people and for programs.
struct CheckReport {
  /// What matters less is counted, and not shown.
  let least: CheckSeverity
  let style: Style
  private(set) var findings: [CheckFinding] = []
  /// The names of what was checked.
  private(set) var trees: [String] = []
  /// How many findings are of checks that are switched off.
  private var exempted = 0

  init(least: CheckSeverity = .warning, style: Style) {
    self.least = least
    self.style = style
  }

  var errors: Int { count(.error) }
  var warnings: Int { count(.warning) }

  private func count(_ severity: CheckSeverity) -> Int { findings.count { $0.severity == severity } }

  mutating func add(_ found: [CheckFinding], trees: [String], off: [CheckExemption]) {
    self.trees += trees
    let kept = found.filter { finding in !off.contains { $0.covers(finding) } }
    exempted += found.count - kept.count
    findings += kept
  }

  /// Adds what was found in environments of a workspace, without the checks that it has switched off.
  mutating func add(_ checks: [EnvironmentCheck], of reader: WorkspaceReader) throws(Diagnostics) {
    let off = reader.configuration.checksOff
    if off.contains(where: { !$0.environments.isEmpty }) {
      try off.expectEnvironments(among: reader.environments())
    }
    let found = try TreeCheck.findings(in: checks, needsPlace: Self.isShown(least, off))
    add(found, trees: checks.map(\.name), off: off)
  }

  /// Makes what checks one environment after the other: to be called on each thread that renders.
  static func checking(
    _ reader: WorkspaceReader, least: CheckSeverity = .warning
  ) throws(Diagnostics) -> (RenderedEnvironment) throws(Diagnostics) -> EnvironmentCheck {
    var check = TreeCheck(bundle: try reader.bundle())
    let isShown = isShown(least, reader.configuration.checksOff)
    return { rendered throws(Diagnostics) in
      try check.check(rendered, shown: reader.tree.shown, needsPlace: isShown)
    }
  }

  private static func isShown(_ least: CheckSeverity, _ off: [CheckExemption]) -> (CheckFinding) -> Bool {
    { finding in finding.severity >= least && !off.contains { $0.covers(finding) } }
  }

  // MARK: For people

  /// What is shown of them.
  var shown: [CheckFinding] { findings.filter { $0.severity >= least } }

  /// The findings, then why each of their rules matters.
  var text: String { details + summary + "\n" }

  /// The findings, and why each of their rules matters; empty if there is nothing to show.
  var details: String {
    var out = ""
    var tree: String?
    for finding in shown {
      if finding.tree != tree {
        out += style.bold(finding.tree) + "\n"
        tree = finding.tree
      }
      out += text(of: finding)
    }
    if out.isEmpty { return "" }
    return out + "\n" + meanings + "\n"
  }

  private func text(of finding: CheckFinding) -> String {
    let name = finding.severity.name
    let coloured = finding.severity == .error ? style.red(name) : style.cyan(name)
    var out = "  \(coloured): \(finding.message) [\(finding.rule.id)]\n"
    if let object = finding.object { out += "    object: \(object)\n" }
    if finding.position.source != nil { out += "    place: \(finding.position):\(finding.position.column)\n" }
    return out + "    mend: \(finding.mend)\n"
  }

  /// Once for each rule.
  private var meanings: String {
    let found = Set(shown.map(\.rule.id))
    return CheckRule.all.filter { found.contains($0.id) }.map { "[\($0.id)] \($0.why)\n" }.joined()
  }

  var summary: String {
    func counted(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }
    let hidden = findings.count - shown.count
    var verdict =
      errors + warnings == 0 ? "nothing wrong" : "\(counted(errors, "error")), \(counted(warnings, "warning"))"
    if hidden > 0 { verdict += ", \(counted(hidden, "finding")) below --severity \(least.name)" }
    if exempted > 0 { verdict += ", \(counted(exempted, "finding")) switched off" }
    return "\(counted(trees.count, "tree")) checked: \(verdict)"
  }

  // MARK: For programs

  var json: ByteString {
    get throws(Diagnostics) {
      let list = shown.map { finding in
        SequenceItem(
          .object([
            ("environment", .text(finding.tree)), ("mend", .text(finding.mend)), ("message", .text(finding.message)),
            ("object", finding.object.map { .text($0.description) } ?? .null), ("place", .place(finding.position)),
            ("rule", .text(finding.rule.id)), ("severity", .text(finding.severity.name)),
            ("why", .text(finding.rule.why)),
          ]))
      }
      return try Node.object([
        ("checked", .int(Int64(trees.count))), ("errors", .int(Int64(errors))), ("findings", .sequence(list)),
        ("switchedOff", .int(Int64(exempted))), ("warnings", .int(Int64(warnings))),
      ]).reportText
    }
  }

  // MARK: The rules

  static var rulesText: ByteString {
    ByteString(columns(CheckRule.all.map { [$0.id, $0.severity.name, $0.title] }))
  }

  static var rulesJSON: ByteString {
    get throws(Diagnostics) {
      try Node.sequence(
        CheckRule.all.map { rule in
          SequenceItem(
            .object([
              ("id", .text(rule.id)), ("severity", .text(rule.severity.name)), ("title", .text(rule.title)),
              ("why", .text(rule.why)),
            ]))
        }
      ).reportText
    }
  }
}
