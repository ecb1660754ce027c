import Files
import Kubernetes
import Velero
import Workspace

/// A report as one page of HTML, which needs nothing else: the fleet as a matrix of environments and objects, what differs
/// and what was found. Its look and its script lie in `Sources/CAssets/report`; without a script it is a list.
///
/// What many environments have in common is there once, so that the page of a thousand environments stays small.
struct FleetPage {
  /// Something that checks found, once for all environments in which they did.
  struct Finding {
    let finding: CheckFinding
    var environments: EnvironmentSet
  }

  /// What made it, such as `sailplan verify`.
  let command: String
  /// Whether two sides are compared, and checks were made.
  let compares: Bool
  let checks: Bool
  let difference: FleetDifference
  let drifts: [EnvironmentDrift]
  let summaries: [EnvironmentSummary]
  let findings: [Finding]

  var fleet: Fleet { difference.fleet }

  /// - Parameters:
  ///   - drifts: by name; all environments that the page is about.
  ///   - sides: how the two sides that were compared are called; nothing where none were.
  ///   - findings: what checks found; nothing where they were not asked for.
  init(
    _ command: String, drifts: [EnvironmentDrift], sides: (old: String, new: String)?, summaries: [EnvironmentSummary],
    findings: [CheckFinding]?
  ) {
    self.command = command
    self.drifts = drifts
    self.summaries = summaries
    compares = sides != nil
    checks = findings != nil
    difference = FleetDifference(drifts, old: sides?.old ?? "", new: sides?.new ?? "")
    let numbers = Dictionary(difference.fleet.names.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    self.findings = Self.gathered(findings ?? [], numbers)
  }

  /// The same finding in several environments is one; the worst come first.
  private static func gathered(_ findings: [CheckFinding], _ numbers: [String: Int]) -> [Finding] {
    var places: [[String]: Int] = [:]
    var gathered: [Finding] = []
    let known = findings.compactMap { finding in numbers[finding.tree].map { ($0, finding) } }
    for (environment, finding) in known.sorted(by: { $0.0 < $1.0 }) {
      let key = [
        finding.rule.id, finding.severity.name, finding.object?.description ?? "", finding.message, finding.mend,
      ]
      if places[key] == nil {
        places[key] = gathered.count
        gathered.append(Finding(finding: finding, environments: EnvironmentSet()))
      }
      if let place = places[key] { gathered[place].environments.insert(environment) }
    }
    return gathered.enumerated().sorted {
      (-$0.element.finding.severity.rawValue, $0.offset) < (-$1.element.finding.severity.rawValue, $1.offset)
    }.map(\.element)
  }

  // MARK: The page

  /// - Throws: what cannot be said in JSON.
  var html: ByteString {
    get throws(Diagnostics) {
      let style = Asset.file("Sources/CAssets/report/report.css") ?? .empty
      let script = Asset.file("Sources/CAssets/report/report.js") ?? .empty
      let policy = [
        "default-src 'none'", "style-src \(HTML.source(style))", "script-src \(HTML.source(script))",
        "base-uri 'none'", "form-action 'none'",
      ]
      let data = try Matrix(self).json
      return ByteString(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="\(policy.joined(separator: "; "))">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="generator" content="sailplan \(HTML.text(ToolVersion.text.text))">
        <title>\(HTML.text("\(command): \(headline)"))</title>
        <style>\(style)</style>
        </head>
        <body>
        <a class="skip" href="#changes">Skip the matrix</a>
        \(header)<main>
        \(overview)\(changes)\(found)\(groups)</main>
        \(Self.panel)<script type="application/json" id="data">\(data)</script>
        <script>\(script)</script>
        </body>
        </html>

        """)
    }
  }

  private func count(_ severity: CheckSeverity) -> Int { findings.count { $0.finding.severity == severity } }

  /// The one sentence that says how things are.
  var headline: String {
    let total = "\(fleet.names.count) environment\(fleet.names.count == 1 ? "" : "s")"
    let errors = count(.error)
    let faults = errors == 0 ? "" : "\(errors) error\(errors == 1 ? "" : "s") found"
    let differing = difference.environments.count
    if differing > 0 {
      let differ = "\(differing) of \(total) differ\(differing == 1 && fleet.names.count > 1 ? "s" : "")"
      return differ + (faults.isEmpty ? "" : ", \(faults)")
    }
    if !faults.isEmpty { return "\(total): \(faults)" }
    return compares ? "\(total): nothing differs" : "\(total): nothing wrong"
  }

  private var header: String {
    let sides =
      compares
      ? """
      <p class="sides"><span class="side old">− \(HTML.text(difference.old))</span> \
      <span class="side new">+ \(HTML.text(difference.new))</span></p>

      """ : ""
    var tiles = [("Environments", fleet.names.count)]
    if compares {
      tiles += [("Differing", difference.environments.count), ("Differing objects", difference.objects.count)]
    }
    if checks { tiles += [("Errors", count(.error)), ("Warnings", count(.warning))] }
    let list = tiles.map { name, count in
      "<div\(count == 0 ? " class=\"none\"" : "")><dt>\(name)</dt><dd>\(count)</dd></div>\n"
    }.joined()
    return """
      <header>
      <p class="tool">\(HTML.text(command))</p>
      <h1>\(HTML.text(headline))</h1>
      \(sides)<dl class="tiles">
      \(list)</dl>
      </header>

      """
  }

  /// What the script opens when a cell is chosen.
  private static let panel = """
    <aside class="panel" id="panel" role="dialog" aria-labelledby="panel-title" tabindex="-1" hidden>
    <header><h3 id="panel-title"></h3><button type="button" id="panel-close">Close <kbd>Esc</kbd></button></header>
    <div id="panel-body"></div>
    </aside>

    """
}
