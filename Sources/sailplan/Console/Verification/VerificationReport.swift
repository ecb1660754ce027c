import Files
import Kubernetes
import Velero
import Workspace

/// What a verification or a check found, in the form that all machine-readable formats are made of.
struct VerificationReport {
  /// One thing that is not as it should be.
  struct Item {
    /// `drift`, or the rule of `sailplan check`.
    let rule: String
    let severity: CheckSeverity
    let environment: String
    let object: String?
    let field: String?
    /// What is committed, and what is rendered, on one line; nothing where there is none.
    let committed: String?
    let rendered: String?
    /// The file, from the top of the repository.
    let file: String?
    /// From 1 on; 1 where no line is meant.
    let line: Int
    let column: Int
    let message: String
    let causes: [String]
    let mend: String

    /// The message with all that belongs to it, a line each.
    var details: [String] {
      [message]
        + (committed.map { ["committed: \($0)"] } ?? []) + (rendered.map { ["rendered: \($0)"] } ?? [])
        + causes.map { "why: \($0)" } + ["mend: \(mend)"]
    }
  }

  /// What made it: `sailplan verify`, `sailplan check`.
  let command: String
  /// All that were verified or checked, by name; with `sailplan check --path` the paths.
  let environments: [String]
  /// Drift first; each by environment.
  let items: [Item]

  /// - Parameter findings: what `sailplan check` has against what is rendered.
  init(_ result: ComparisonOptions.Result, findings: [CheckFinding]) {
    command = "sailplan verify"
    environments = result.environments.map(\.name.path.text)
    let drift = result.environments.flatMap { environment in
      environment.items.flatMap { Self.items($0, of: environment.name, in: result) }
    }
    items = drift + findings.map { finding in Self.item(finding) { result.path(shown: $0) } }
  }

  /// - Parameter trees: what was checked.
  init(checked trees: [String], findings: [CheckFinding]) {
    command = "sailplan check"
    environments = trees
    items = findings.map { finding in Self.item(finding) { $0 } }
  }

  /// The environments that have items, in the order of their names, with these.
  var itemsByEnvironment: [(name: String, items: [Item])] {
    Dictionary(grouping: items, by: \.environment).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  // MARK: Drift

  /// One for each field that differs, or one for the file.
  private static func items(_ drift: Drift, of name: EnvironmentName, in result: ComparisonOptions.Result) -> [Item] {
    let subject = drift.identity.map { "\($0)" } ?? drift.path.text
    let file = result.path(shown: result.reader.tree.shown(name.rendered.appending("/").appending(drift.path)))
    func item(_ field: FieldDifference?) -> Item {
      let position = field.map { $0.oldPosition.source == nil ? Position.none : $0.oldPosition } ?? .none
      let path = field.map { "\($0.path)" }
      return Item(
        rule: "drift", severity: .error, environment: name.path.text, object: drift.identity.map { "\($0)" },
        field: path, committed: field?.old.map { FieldValue.text($0) },
        rendered: field?.new.map { FieldValue.text($0) },
        file: file, line: position.source == nil ? 1 : position.line,
        column: position.source == nil ? 1 : position.column,
        message: path.map { "\(subject): \($0) is not what is rendered" }
          ?? "\(subject): \(DriftReport.text(drift.kind))",
        causes: drift.causes.map(\.description), mend: mend(drift, name))
    }
    return drift.fields.isEmpty ? [item(nil)] : drift.fields.map { item($0) }
  }

  static func mend(_ drift: Drift, _ name: EnvironmentName) -> String {
    if drift.causes.contains(.environmentGone) { return "delete \(name.directory), or give it a values.yaml" }
    if drift.causes.contains(.addedByHand) { return "move the file out of rendered/, or delete it" }
    if drift.causes.contains(.editedByHand) {
      return "say it in values or in an overlay, then run 'sailplan commit \(name)'"
    }
    return "run 'sailplan commit \(name)'"
  }

  // MARK: Findings

  /// - Parameter path: what the path of a file is from the top of the repository.
  private static func item(_ finding: CheckFinding, path: (String) -> String) -> Item {
    let source = finding.position.source
    return Item(
      rule: finding.rule.id, severity: finding.severity, environment: finding.tree,
      object: finding.object?.description, field: nil, committed: nil, rendered: nil,
      file: source.map { path($0.path) },
      line: source == nil ? 1 : finding.position.line, column: source == nil ? 1 : finding.position.column,
      message: finding.message, causes: [finding.rule.why], mend: finding.mend)
  }
}
