import Files
import Kubernetes
import TestSupport
import Testing
import Velero
import YAML

@testable import Workspace

/// Trees with planted faults, and what rules find in them: a file of `fixtures/velero/checks`, named by its rule.
///
///     expect: RULE SEVERITY PART-OF-THE-MESSAGE
///     +++ NAME release=… provider=… kubernetes=… definitions=… unserved=…
///     manifests of one tree
///
/// `definitions` adds those of a release; `unserved` names one whose versions are then not served.
struct PlantedFaults: CustomTestStringConvertible, Sendable {
  struct Expectation: Sendable {
    let rule: String
    let severity: String
    let message: String

    func fits(_ finding: CheckFinding) -> Bool {
      finding.rule.id == rule && finding.severity.name == severity && finding.message.contains(message)
    }
  }

  let rule: String
  let expectations: [Expectation]
  let trees: [(head: String, manifests: String)]

  var testDescription: String { rule }

  static let all: [PlantedFaults] = {
    let folder = Repository.fixtures("velero/checks")
    return ((try? Disk.entries(folder)) ?? []).map(\.name.text).sorted().compactMap { file in
      (try? Disk.read("\(folder)/\(file)", limit: 1 << 20).text).map { text in
        PlantedFaults(rule: String(file.dropLast(".yaml".count)), text: text)
      }
    }
  }()

  init(rule: String, text: String) {
    self.rule = rule
    let parts = "\n\(text)".split(separator: "\n+++ ", omittingEmptySubsequences: false).map(String.init)
    expectations = parts[0].split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ", maxSplits: 3).map(String.init)
      guard words.count == 4, words[0] == "expect:" else { return nil }
      return Expectation(rule: words[1], severity: words[2], message: words[3])
    }
    trees = parts.dropFirst().map { part in
      let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return (lines[0], lines.count == 2 ? lines[1] : "")
    }
  }

  func findings() throws -> [CheckFinding] {
    var check = TreeCheck(bundle: .embedded)
    var trees: [CheckedTree] = []
    for (head, manifests) in self.trees {
      var statement = CheckedTree.Statement()
      var documents: [Document] = []
      var name: [String] = []
      for word in head.split(separator: " ").map(String.init) {
        let pair = word.split(separator: "=", maxSplits: 1).map(String.init)
        switch pair[0] {
        case "release": statement.release = ReleaseVersion(pair[1])
        case "provider": statement.provider = pair[1]
        case "kubernetes": statement.kubernetes = pair[1]
        case "definitions":
          let release = try #require(ReleaseVersion(pair[1]))
          documents += try Bundle.embedded.definitionDocuments(of: release)
        case "unserved": documents = documents.map { Self.unserved($0, named: ByteString(pair[1])) }
        default: name.append(word)
        }
      }
      let source = SourceFile.register(path: "\(rule).yaml", contents: ByteString(manifests))
      documents += try ParsedFile.parse(source).documents
      trees.append(
        try check.tree(name: name.joined(separator: " "), documents: documents, statement: statement))
    }
    return TreeCheck.findings(in: trees)
  }

  /// A definition with `served: false` in its versions.
  private static func unserved(_ document: Document, named name: ByteString) -> Document {
    guard document.value.value(at: "metadata", "name")?.stringValue == name else { return document }
    func changed(_ node: Node) -> Node {
      switch node {
      case .map(let items):
        .map(
          items.map { item in
            var item = item
            item.value = item.key.stringValue == "served" ? .bool(false) : changed(item.value)
            return item
          })
      case .sequence(let items):
        .sequence(
          items.map { item in
            var item = item
            item.value = changed(item.value)
            return item
          })
      default: node
      }
    }
    var document = document
    document.value = changed(document.value)
    return document
  }
}

@Suite struct CheckRuleTests {
  /// What is planted is found, and no other rule finds anything worth a warning. That there are no definitions is
  /// passed over: most of these trees are small.
  @Test(arguments: PlantedFaults.all) func findsWhatIsPlanted(_ planted: PlantedFaults) throws {
    let findings = try planted.findings()
    let shown = findings.map { "\($0.rule.id) \($0.severity.name) \($0.message)" }.joined(separator: "\n")
    #expect(planted.expectations.contains { $0.rule == planted.rule })
    for expectation in planted.expectations {
      #expect(findings.contains(where: expectation.fits), "\(expectation) is not among:\n\(shown)")
    }
    for finding in findings {
      let isExpected = planted.expectations.contains { expectation in
        finding.rule.id == planted.rule ? expectation.fits(finding) : expectation.rule == finding.rule.id
      }
      let isBeside = finding.rule.id != planted.rule && (finding.severity == .info || finding.rule.id == "crds-absent")
      #expect(isExpected || isBeside, "unexpected: \(finding.rule.id) \(finding.severity.name) \(finding.message)")
      #expect(finding.severity <= finding.rule.severity)
      #expect(!finding.mend.isEmpty)
    }
  }

  @Test func everyRuleHasItsPageAndItsFault() throws {
    let ids = Set(CheckRule.all.map(\.id))
    #expect(ids.count == CheckRule.all.count)
    let pages = try Disk.entries("\(Repository.root)/docs/checks").map(\.name.text)
    #expect(Set(pages) == Set(ids.map { "\($0).md" }))
    #expect(Set(PlantedFaults.all.map(\.rule)) == ids)
    let list = try Disk.read("\(Repository.root)/docs/check.md", limit: 1 << 20).text
    for rule in CheckRule.all {
      let page = try Disk.read("\(Repository.root)/docs/checks/\(rule.id).md", limit: 1 << 20).text
      #expect(page.hasPrefix("# `\(rule.id)`: \(rule.title)\n"), "\(rule.id)")
      for heading in ["## Why it hurts", "## How to mend it", "## How to switch it off"] {
        #expect(page.contains("\n\(heading)\n"), "\(rule.id)")
      }
      #expect(list.contains("| [`\(rule.id)`](checks/\(rule.id).md) | \(rule.severity.name) | \(rule.title) |"))
    }
  }
}

@Suite struct CoherentTreeTests {
  static let releases = (try? ReleaseCatalogue(bundle: Bundle.embedded.files))?.releases ?? []

  /// The samples of all providers, for each release: nothing is worth a warning.
  @Test(arguments: releases) func findsNothingInSamples(_ release: ReleaseVersion) throws {
    let reader = try WorkspaceReader(DiskTree(root: Repository.root))
    var environments: [RenderedEnvironment] = []
    for name in try reader.environments() {
      let inputs = try reader.inputs(for: name)
      // What the sample sets that came with a later release.
      let text = (inputs.values.last?.contents.text ?? "")
        .replacing("version: v1.18.1", with: "version: \(release)")
        .replacing(
          "scheduleSkipImmediately: true",
          with: "scheduleSkipImmediately: \(release >= ReleaseVersion(1, 13, 0))")
      let values = WorkspaceFile(path: "values.yaml", contents: ByteString(text))
      environments.append(
        try RenderPlan.embedded.render(EnvironmentInputs(name: name, values: [values], overlays: inputs.overlays)))
    }
    #expect(environments.count >= 5)
    #expect(environments.allSatisfy { $0.lock.release.text == release.description })
    var check = TreeCheck(bundle: .embedded)
    let checks = try environments.map { try check.check($0) { $0.text } }
    let findings = try TreeCheck.findings(in: checks)
    #expect(findings.filter { $0.severity > .info }.map(\.message) == [])
  }
}
