import Files
import Kubernetes
import TestSupport
import Testing
import YAML

@testable import Velero

@Suite struct UpgradeRulesTests {
  private let catalogue: ReleaseCatalogue

  init() throws { catalogue = try RenderedBundle.catalogue }

  private func release(_ text: String) throws -> ReleaseVersion { try #require(ReleaseVersion(text)) }

  // MARK: Hops

  @Test(arguments: [
    ("v1.17.0", "v1.17.2", "v1.17.0 → v1.17.2"), ("v1.17.2", "v1.17.0", "v1.17.2 → v1.17.0"),
    ("v1.17.0", "v1.18.0", "v1.17.0 → v1.18.0"), ("v1.18.1", "v1.17.0", "v1.18.1 → v1.17.0"),
    ("v1.15.0", "v1.18.0", "v1.15.0 → v1.16.2, v1.16.2 → v1.17.2, v1.17.2 → v1.18.0"),
    ("v1.11.1", "v1.8.0", "v1.11.1 → v1.10.3, v1.10.3 → v1.9.7, v1.9.7 → v1.8.0"), ("v1.9.0", "v1.9.0", ""),
  ])
  func hopsGoThroughEveryMinor(from: String, to: String, expected: String) throws {
    let hops = catalogue.hops(from: try release(from), to: try release(to))
    #expect(hops.map(\.description).joined(separator: ", ") == expected)
  }

  @Test func hopsAreBesideEachOther() {
    for from in catalogue.releases {
      for to in catalogue.releases {
        let hops = catalogue.hops(from: from, to: to)
        #expect(hops.first?.from == (from == to ? nil : from))
        #expect(hops.last?.to == (from == to ? nil : to))
        #expect(hops.allSatisfy { abs($0.from.minor - $0.to.minor) <= 1 })
        #expect(zip(hops, hops.dropFirst()).allSatisfy { $0.to == $1.from })
      }
    }
  }

  @Test(arguments: [
    ("v1.9.7", "v1.10.3", true), ("v1.10.3", "v1.9.7", true), ("v1.10.0", "v1.10.3", false),
    ("v1.9.0", "v1.9.7", false),
    ("v1.10.3", "v1.11.1", false), ("v1.9.0", "v1.10.0", true), ("v1.10.0", "v1.9.0", true),
  ])
  func aHopCrossesABorder(from: String, to: String, crosses: Bool) throws {
    #expect(UpgradeHop(from: try release(from), to: try release(to)).crosses(ReleaseVersion(1, 10, 0)) == crosses)
  }

  // MARK: Rules

  @Test func everyRuleIsOfUse() {
    #expect(catalogue.upgrades.count > 15)
    for rule in catalogue.upgrades {
      #expect(catalogue.minor(of: rule.since) != nil, "\(rule.name)")
      #expect(rule.upgrade != nil || rule.downgrade != nil || !rule.renamed.isEmpty, "\(rule.name)")
    }
  }

  @Test(arguments: [
    "since: v1.10", "upgrade: Do it.", "since: v1.10.0\n  only: nobody", "since: v1.10.0\n  renamed: { a: [b] }",
    "since: v1.10.0\n  gone: a", "since: v1.10.0\n  values: [\"a..b\"]", "since: v1.10.0\n  values: a",
  ])
  func refusesARuleThatIsNone(entry: String) {
    var bundle = RenderedBundle.bundle
    bundle["releases/upgrades.lib.yml"] = ByteString("#@ def upgrades():\nrule:\n  \(entry)\n#@ end\n")
    let error = #expect(throws: Diagnostics.self) { try ReleaseCatalogue(bundle: bundle) }
    #expect(error?.list.first?.message == "the entry is not as the head of the file describes it")
  }

  @Test func aBundleNeedsNoRules() throws {
    var bundle = RenderedBundle.bundle
    bundle["releases/upgrades.lib.yml"] = nil
    #expect(try ReleaseCatalogue(bundle: bundle).upgrades.isEmpty)
  }

  // MARK: Images

  @Test(
    arguments: [
      ("velero/velero:v1.18.1", "velero/velero", "v1.18.1", nil, "velero"),
      ("localhost:5000/velero", "localhost:5000/velero", nil, nil, "velero"),
      ("localhost:5000/a/b:x@sha256:ab", "localhost:5000/a/b", "x", "sha256:ab", "b"),
      ("velero", "velero", nil, nil, "velero"),
      ("a@sha256:ab", "a", nil, "sha256:ab", "a"),
    ] as [(String, String, String?, String?, String)])
  func readsImages(text: String, repository: String, tag: String?, digest: String?, name: String) {
    let image = ImageReference(text)
    #expect(image.repository == repository)
    #expect(image.tag == tag)
    #expect(image.digest == digest)
    #expect(image.name == name)
    #expect(image.text == text)
  }

  // MARK: Values

  /// Values before and after a hop of the rules that need no rendering; nothing where they stay as they are.
  @Test(
    arguments: [
      (
        "v1.9.7", "v1.10.3", "server: { arguments: [--restic-timeout=1h] }",
        "server: { arguments: [--fs-backup-timeout=1h] }"
      ),
      (
        "v1.10.3", "v1.9.7", "server: { arguments: [\"--fs-backup-timeout\"] }",
        "server: { arguments: [\"--restic-timeout\"] }"
      ),
      ("v1.10.3", "v1.11.1", "server: { arguments: [--restic-timeoutx=1h] }", nil),
      (
        "v1.16.2", "v1.17.2", "server:\n  arguments:\n  - --a\n  - --maintenance-job-cpu-limit=1",
        "server:\n  arguments:\n  - --a\n  # Set aside by 'sailplan upgrade': server.arguments[1]\n  #~- --maintenance-job-cpu-limit=1"
      ),
      (
        "v1.17.2", "v1.18.1", "images: { extraPlugins: [m.example.com/velero-plugin-for-gcp:v1.13.0] }",
        """
        # Before 'sailplan upgrade': v1.17 m.example.com/velero-plugin-for-gcp:v1.13.0
        images: { extraPlugins: [m.example.com/velero-plugin-for-gcp:v1.14.0] }
        """
      ),
      (
        "v1.18.1", "v1.17.2",
        """
        # Before 'sailplan upgrade': v1.17 m.example.com/velero-plugin-for-gcp:v1.13.0
        images: { extraPlugins: [m.example.com/velero-plugin-for-gcp:v1.14.0] }
        """, "images: { extraPlugins: [m.example.com/velero-plugin-for-gcp:v1.13.0] }"
      ),
      // What is usual for a release needs no remark.
      (
        "v1.17.2", "v1.18.1", "images: { plugins: [velero/velero-plugin-for-aws:v1.13.2] }",
        "images: { plugins: [velero/velero-plugin-for-aws:v1.14.0] }"
      ),
      // One that fits both stays; so does what has no version, is pinned, or is nobody's.
      ("v1.15.2", "v1.16.2", "images: { plugins: [velero-plugin-for-vsphere:v1.6.0] }", nil),
      (
        "v1.17.2", "v1.18.1",
        "images: { plugins: [velero/velero-plugin-for-aws:latest, a/velero-plugin-for-aws, own:v1] }", nil
      ),
      ("v1.17.2", "v1.18.1", "images: { plugins: [\"velero/velero-plugin-for-aws@sha256:ab\"] }", nil),
      (
        "v1.17.2", "v1.18.1", "images: { server: r.example.com:5000/velero:v1.17.2 }",
        "images: { server: r.example.com:5000/velero:v1.18.1 }"
      ),
      ("v1.17.2", "v1.18.1", "images: { server: velero:v1.18.1 }", nil),
      ("v1.17.2", "v1.18.1", "images: { server: \"\" }", nil),
    ] as [(String, String, String, String?)])
  func changesWhatTheRulesSay(from: String, to: String, before: String, after: String?) throws {
    var rewrite = ValuesRewrite(
      try EditableText(name: "values.yaml", contents: ByteString(before)), from: [try release(from)],
      to: try release(to), in: catalogue)
    try rewrite.applyRules()
    #expect(rewrite.text.contents.text == after ?? before)
    #expect(rewrite.changes.isEmpty == (after == nil))
  }

  @Test func saysNothingOfWhatIsAsideAsBefore() throws {
    let text = try EditableText(
      name: "values.yaml",
      contents:
        "a: 1\n# Set aside by 'sailplan upgrade': repositoryMaintenance.jobs\n#~repositoryMaintenance: { jobs: {} }\nrepositoryMaintenance: {  }\n"
    )
    var rewrite = ValuesRewrite(
      text, from: [try release("v1.17.2")], to: try release("v1.18.1"), in: catalogue)
    #expect(rewrite.text.contents != text.contents)
    try rewrite.applyRules()
    #expect(rewrite.text.contents == text.contents)
    #expect(rewrite.changes.isEmpty)
  }
}
