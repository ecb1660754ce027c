import Files
import Kubernetes
import TestSupport
import Testing
import YAML

@Suite struct CompatibilityTests {
  static let cases = DefinitionFixture.all(in: "compatibility")

  private func report(_ fixture: DefinitionFixture) throws -> CompatibilityReport {
    let old = try DefinitionFixture.definition(try #require(fixture.head.value(at: "old")))
    let new = try DefinitionFixture.definition(try #require(fixture.head.value(at: "new")))
    return CompatibilityReport(from: DefinitionSet([old]), to: DefinitionSet([new]))
  }

  @Test(arguments: cases) func findsWhatChanged(_ fixture: DefinitionFixture) throws {
    let found = try report(fixture).findings.map { "\($0.severity.name) \($0.rule.id) \($0.path)" }
    #expect(found.sorted() == (try fixture.list("findings")).sorted())
  }

  @Test func everyRuleHasACase() throws {
    var found: Set<String> = []
    for fixture in Self.cases { found.formUnion(try report(fixture).findings.map(\.rule.id)) }
    #expect(CompatibilityRule.all.map(\.id).filter { !found.contains($0) } == [])
    #expect(Set(CompatibilityRule.all.map(\.id)).count == CompatibilityRule.all.count)
  }

  @Test func saysWhatIsBadAndWhatToDo() {
    for rule in CompatibilityRule.all {
      #expect(!rule.effect.isEmpty)
      #expect(rule.mend != nil || rule.severity == .additive, "\(rule.id)")
    }
  }

  @Test func pointsAtBothDefinitions() throws {
    func set(_ path: String, _ type: String) throws -> DefinitionSet {
      let text = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.example.com}
        spec:
          group: example.com
          names: {plural: widgets, kind: Widget}
          scope: Namespaced
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  size:
                    type: \(type)
        """
      return try DefinitionSet(
        documents: ParsedFile.parse(.register(path: path, contents: ByteString(text))).documents)
    }
    let report = try CompatibilityReport(from: set("old.yaml", "integer"), to: set("new.yaml", "string"))
    let finding = try #require(report.findings.first)
    #expect(finding.field?.description == "size")
    #expect("\(finding.old) \(finding.new)" == "old.yaml:17 new.yaml:17")
    #expect(report.worst == .narrowing)
    #expect(report.compared == 1)
  }

  @Test func documentsEveryRule() throws {
    let text = try Disk.read("\(Repository.root)/docs/crd-check.md", limit: 1 << 20).text
    for rule in CompatibilityRule.all {
      #expect(text.contains("| [`\(rule.id)`](#\(rule.id)) | \(rule.severity.name) | \(rule.title) |"), "\(rule.id)")
      let paragraph = "### `\(rule.id)`\n\n\(rule.effect)\(rule.mend.map { " " + $0 } ?? "")\n"
      #expect(text.contains(paragraph), "\(rule.id)")
    }
    #expect(text.matches(of: #/### `/#).count == CompatibilityRule.all.count)
  }

  // MARK: Velero's releases

  /// What is known to have changed between releases, from another tool: fields that came and went, and enum values.
  @Test(.enabled(if: Repository.goldens != nil)) func agreesOnEveryPairOfReleases() throws {
    let text = try Disk.read("\(try #require(Repository.goldens))/velero/crd-changes.txt", limit: 1 << 20).text
    var sections: [String: Set<String>] = [:]
    var name = ""
    for line in text.split(separator: "\n") {
      if line.hasPrefix("##### ") {
        name = line.dropFirst(6).split(separator: "(").first.map { String($0).trimmed } ?? ""
        sections[name] = []
      } else if let fact = KnownChange(line) {
        sections[name, default: []].insert(fact.text)
      }
    }
    let releases = try goldenReleases()
    var pairs = 0
    for (old, new) in zip(releases, releases.dropFirst()) {
      let known = try #require(sections["\(old.release) -> \(new.release)"])
      let report = CompatibilityReport(
        from: try goldenDefinitions(old.folder), to: try goldenDefinitions(new.folder))
      let found = Set(report.findings.compactMap(KnownChange.text) + KnownChange.enumerations(report))
      #expect(found == known, "\(old.release) -> \(new.release)")
      pairs += 1
    }
    #expect(pairs == 39)
  }

  /// The worst that happens on the way up from one release to the next; all others are additive.
  @Test(.enabled(if: Repository.goldens != nil)) func classifiesTheWayUp() throws {
    let expected = ["v1.9.0": "narrowing", "v1.10.0": "data-loss", "v1.11.0": "narrowing"]
    let releases = try goldenReleases()
    for (old, new) in zip(releases, releases.dropFirst()) {
      let report = CompatibilityReport(
        from: try goldenDefinitions(old.folder), to: try goldenDefinitions(new.folder))
      let isSame = old.folder == new.folder
      #expect(report.worst?.name == (isSame ? nil : expected[new.release] ?? "additive"), "\(new.release)")
    }
  }

  @Test(.enabled(if: Repository.goldens != nil)) func findsWhatADowngradeRefuses() throws {
    let report = CompatibilityReport(
      from: try goldenDefinitions("v1.18.0"), to: try goldenDefinitions("v1.17.0"))
    let narrowing = report.findings(.narrowing).map { "\($0.definition) \($0.field?.description ?? "") \($0.message)" }
    #expect(
      narrowing == [#"backups.velero.io status.phase not accepted any more: "Queued", "ReadyToStart""#])
    #expect(
      report.findings(.dataLoss).map { "\($0.definition) \($0.field?.description ?? "")" } == [
        "backups.velero.io status.queuePosition", "backupstoragelocations.velero.io spec.objectStorage.caCertRef",
        "datadownloads.velero.io spec.snapshotSize", "datauploads.velero.io status.incrementalBytes",
        "podvolumebackups.velero.io status.incrementalBytes", "podvolumerestores.velero.io spec.snapshotSize",
      ])
  }
}

/// A change as the reference data tell it, and as a finding does: in one spelling, to compare.
private struct KnownChange {
  let text: String

  /// A line such as `  + velero.io_backups.yaml v1 spec.x {…}` or `  ~ … v1 spec.x enum: +['A'] -[]`.
  init?(_ line: Substring) {
    let words = line.split(separator: " ").map(String.init)
    guard words.count >= 3, ["+", "-", "~"].contains(words[0]) else { return nil }
    if words[1] == "KIND" {
      text = "\(words[0]) kind \(Self.definition(words[2]))"
    } else if words[0] == "~" {
      guard words.count > 5, words[4] == "enum:", let enumeration = line.firstRange(of: "enum: ") else { return nil }
      let values = line[enumeration.upperBound...].replacing("'", with: "\"")
      text = "~ \(Self.definition(words[1])) \(words[3]) enum \(values)"
    } else {
      guard words.count >= 4 else { return nil }
      text = "\(words[0]) \(Self.definition(words[1])) \(words[3])"
    }
  }

  private static func definition(_ file: String) -> String {
    "\(file.replacing("velero.io_", with: "").replacing(".yaml", with: "")).velero.io"
  }

  static func text(_ finding: CompatibilityFinding) -> String? {
    let field = finding.field?.description ?? ""
    switch finding.rule.id {
    case "definition-added": return "+ kind \(finding.definition)"
    case "definition-removed": return "- kind \(finding.definition)"
    case "field-added": return "+ \(finding.definition) \(field)"
    case "field-removed", "field-opened": return "- \(finding.definition) \(field)"
    default: return nil
    }
  }

  /// Values that came and went are one change of a field.
  static func enumerations(_ report: CompatibilityReport) -> [String] {
    var changes: [String: (added: String, removed: String)] = [:]
    for finding in report.findings {
      let field = "\(finding.definition) \(finding.field?.description ?? "")"
      let values = finding.message.split(separator: ": ").last.map(String.init) ?? ""
      switch finding.rule.id {
      case "enum-values-added": changes[field, default: ("", "")].added = values
      case "enum-values-removed": changes[field, default: ("", "")].removed = values
      default: continue
      }
    }
    return changes.map { "~ \($0.key) enum +[\($0.value.added)] -[\($0.value.removed)]" }
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
