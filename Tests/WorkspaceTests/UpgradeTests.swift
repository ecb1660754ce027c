import Files
import Kubernetes
import TestSupport
import Testing
import Velero
import Workspace
import YAML

/// Environments are moved in memory, from the values below `fixtures/velero/upgrade` and from some in the tests.
@Suite struct UpgradeTests {
  private static let values: ByteString = "environments/e/values.yaml"

  private static func fixture(_ name: String) throws -> ByteString {
    try Disk.read(Repository.fixtures("velero/upgrade/\(name).yaml"), limit: 1 << 20)
  }

  /// A workspace with an environment for each file of a folder.
  private static func sandbox(_ folder: String) throws -> (sandbox: Sandbox, values: [String: ByteString]) {
    let sandbox = try Sandbox()
    var values: [String: ByteString] = [:]
    for file in try Disk.entries(Repository.fixtures("velero/upgrade/\(folder)")).map(\.name.text) {
      let name = String(file.dropLast(".yaml".count))
      values[name] = try fixture("\(folder)/\(name)")
      try sandbox.directory.write(try fixture("\(folder)/\(name)"), to: "environments/\(name)/values.yaml")
    }
    return (sandbox, values)
  }

  // MARK: There and back

  /// Every provider, every adjacent pair of minor versions, both ways, and the long way: what comes of a hop is what
  /// values render to that only name another release; and in the end every byte is what it was.
  @Test func everyHopIsAFreshRender() throws {
    let (sandbox, values) = try Self.sandbox("plain")
    #expect(values.keys.sorted() == ["aws", "azure", "custom", "gcp", "kind", "vsphere"])
    let up = try WorkspaceUpgrade(sandbox.tree, [], to: "v1.18.1")
    #expect(up.steps.map { Set($0.plans.map(\.plan.hop.to.series)) } == (8...18).map { ["v1.\($0)"] })
    let down = try WorkspaceUpgrade(EditedTree(sandbox.tree, edits: up.inOne.edits), [], to: "v1.7.0")
    #expect(down.steps.count == 11)
    for step in up.steps + down.steps {
      let target = try #require(step.plans.first?.plan.hop.to.description)
      let fresh = values.map { name, contents in
        FileSet.File(
          path: ByteString("environments/\(name)/values.yaml"),
          contents: ByteString(contents.text.replacing("v1.7.0", with: target)))
      }
      #expect(step.edits == FileSet(fresh))
      let reader = try WorkspaceReader(EditedTree(sandbox.tree, edits: FileSet(fresh)))
      let rendered = try reader.render(try reader.environments())
      #expect(step.rendered.map(\.name) == rendered.map(\.name))
      for (one, other) in zip(step.rendered, rendered) { #expect(one.tree == other.tree, "\(one.name) at \(target)") }
    }
    for (start, end) in zip(up.starts, down.inOne.rendered) {
      #expect(start.rendered.tree == end.tree, "\(start.name)")
    }
    for (name, contents) in values {
      #expect(down.inOne.edits[ByteString("environments/\(name)/values.yaml")] == contents)
    }
  }

  /// Values with whatever makes it hard: comments, anchors, flow style, options that only some releases have.
  @Test(arguments: ["v1.18.1", "v1.7.0"]) func everyByteComesBack(end: String) throws {
    let (sandbox, values) = try Self.sandbox("rich")
    let there = try WorkspaceUpgrade(sandbox.tree, [], to: end)
    for start in there.starts where start.release != there.target {
      let name = ByteString(start.name.path.text)
      let tree = EditedTree(sandbox.tree, edits: there.inOne.edits)
      let back = try WorkspaceUpgrade(tree, [name], to: start.release.description)
      let path = ByteString("environments/\(name)/values.yaml")
      #expect(there.inOne.edits[path] != values[name.text])
      #expect(back.inOne.edits[path] == values[name.text], "\(name)")
      #expect(back.inOne.rendered.first?.tree == start.rendered.tree, "\(name)")
      // Half way, both ways are at the same releases, and render the same.
      let outward = there.steps.flatMap { $0.rendered.filter { $0.name == start.name } }
      for (one, other) in zip(outward.dropLast(), back.steps.dropLast().reversed()) {
        #expect(other.rendered.map(\.tree) == [one.tree], "\(name) at \(one.lock.release)")
      }
    }
  }

  // MARK: Plans

  /// One row of `facts.tsv`.
  struct Fact: CustomTestStringConvertible {
    let from: String
    let to: String
    let kind: String
    let text: String

    var testDescription: String { "\(from) \(to) \(kind) \(text)" }

    static let all = Repository.rows("velero/upgrade/facts.tsv").filter { $0.count == 4 }.map {
      Fact(from: $0[0], to: $0[1], kind: $0[2], text: $0[3])
    }
  }

  @Test func plansSayWhatTheFactsAre() throws {
    #expect(Fact.all.count > 50)
    var plans: [String: UpgradePlan] = [:]
    for start in Set(Fact.all.map { $0.from + " " + $0.to }).sorted() {
      let ends = start.split(separator: " ").map(String.init)
      let values = """
        velero: { version: \(ends[0]) }
        provider: aws
        backupStorage: { bucket: b, region: r }
        volumes: { fileSystem: true, csi: true }
        """
      let sandbox = try Sandbox(["environments/e/values.yaml": ByteString(values)])
      let upgrade = try WorkspaceUpgrade(sandbox.tree, ["e"], to: ends[1])
      #expect(upgrade.steps.count == 1)
      plans[start] = upgrade.steps.first?.plans.first?.plan
    }
    for fact in Fact.all {
      let plan = try #require(plans["\(fact.from) \(fact.to)"])
      let lines = Self.lines(plan, fact.kind)
      let isThere = fact.kind == "step" ? lines.contains { $0.contains(fact.text) } : lines.contains(fact.text)
      #expect(isThere, "\(fact.testDescription): \(lines)")
    }
  }

  private static func lines(_ plan: UpgradePlan, _ kind: String) -> [String] {
    switch kind {
    case "delete": plan.objects.removed.map(\.description)
    case "create": plan.objects.added.map(\.description)
    case "change": plan.objects.changed.map(\.identity.description)
    case "definition": plan.definitions.findings.map { "\($0.definition) \($0.rule.id)" }
    case "image":
      plan.images.map { "\($0.repository) \($0.old.joined(separator: ",")) \($0.new.joined(separator: ","))" }
    default: plan.steps
    }
  }

  @Test func saysWhatHappensToValues() throws {
    let sandbox = try Sandbox(["environments/e/values.yaml": try Self.fixture("rich/middle")])
    let upgrade = try WorkspaceUpgrade(sandbox.tree, ["e"], to: "v1.17.2")
    let said = upgrade.steps.flatMap {
      $0.plans.flatMap { plan in plan.plan.values.map { "\($0.line) \($0.sentence)" } }
    }
    #expect(
      said == [
        "5 velero.version: v1.15.2 becomes v1.16.2",
        "27 images.plugins[0]: velero/velero-plugin-for-aws:v1.11.0 becomes velero/velero-plugin-for-aws:v1.12.2",
        "5 velero.version: v1.16.2 becomes v1.17.2",
        "31 images.plugins[0]: velero/velero-plugin-for-aws:v1.12.2 becomes velero/velero-plugin-for-aws:v1.13.2",
        "25 repositoryMaintenance.jobs is set aside: servers from v1.17.0 on do not start with what is made of it",
        "18 server.arguments[1] is set aside: servers from v1.17.0 on do not start with '--keep-latest-maintenance-jobs=2'",
        "14 server.uploader is set aside: it must be left out, or kopia from Velero v1.10.0 on, or restic up to v1.16",
      ])
  }

  @Test func nothingIsToBeDoneAtTheTarget() throws {
    let sandbox = try Sandbox(["environments/e/values.yaml": try Self.fixture("plain/aws")])
    let upgrade = try WorkspaceUpgrade(sandbox.tree, ["e"], to: "v1.7.0")
    #expect(upgrade.steps.isEmpty)
    #expect(upgrade.starts.map(\.release.description) == ["v1.7.0"])
  }

  // MARK: What is shared

  private static let shared: ByteString = """
    velero: { version: v1.17.0 }
    provider: kind
    backupStorage: { bucket: b, url: http://store }
    server: { itemBlockWorkerCount: 2 }

    """

  @Test func whatIsSharedMovesTogether() throws {
    let sandbox = try Sandbox([
      "environments/values.yaml": Self.shared, "environments/a/values.yaml": "velero: { namespace: a }\n",
      "environments/b/values.yaml": "velero: { namespace: b }\n",
      "environments/c/values.yaml": "velero: { namespace: c, version: v1.16.2 }\n",
    ])
    let upgrade = try WorkspaceUpgrade(sandbox.tree, ["a", "b"], to: "v1.18.1")
    #expect(upgrade.inOne.edits.files.map(\.path) == ["environments/values.yaml"])
    #expect(upgrade.inOne.rendered.map(\.lock.release) == ["v1.18.1", "v1.18.1"])
    let own = try WorkspaceUpgrade(sandbox.tree, ["c"], to: "v1.17.2")
    #expect(own.inOne.edits.files.map(\.path) == ["environments/c/values.yaml"])
    #expect(
      messages { _ = try WorkspaceUpgrade(sandbox.tree, ["a"], to: "v1.18.1") }.map { String($0.prefix(31)) } == [
        "b would change along with a: it"
      ])
    // What c needs another value for is taken from all.
    #expect(
      messages { _ = try WorkspaceUpgrade(sandbox.tree, ["c"], to: "v1.15.2") }.map { String($0.prefix(31)) } == [
        "a would change along with c: it", "b would change along with c: it",
      ])
  }

  @Test func theReleaseIsWrittenWhereNobodySaysIt() throws {
    let sandbox = try Sandbox([
      "environments/values.yaml": "provider: kind\nbackupStorage: { bucket: b, url: http://store }\n",
      "environments/e/values.yaml": "# mine\nbackupStorage:\n  prefix: e\n",
    ])
    let upgrade = try WorkspaceUpgrade(sandbox.tree, ["e"], to: "v1.18.0")
    #expect(upgrade.inOne.edits[Self.values] == "# mine\nvelero:\n  version: v1.18.0\nbackupStorage:\n  prefix: e\n")
  }

  @Test func whatIsTakenOverStaysAsItIs() throws {
    let sandbox = try Sandbox([
      "environments/e/environment.yaml":
        "apiVersion: sailplan.dev/v1alpha1\nkind: Environment\nvaluesFrom:\n- { file: object.yaml, key: values.yaml }\n",
      "environments/e/object.yaml": """
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: values }
      data: { values.yaml: "server: { itemBlockWorkerCount: 2 }" }
      """,
      "environments/e/values.yaml": ByteString(
        Self.shared.text.split(separator: "\n").dropLast().joined(separator: "\n")),
    ])
    let upgrade = try WorkspaceUpgrade(sandbox.tree, ["e"], to: "v1.18.1")
    #expect(upgrade.inOne.edits.files.map(\.path) == [Self.values])
    // Nobody writes into an object that a cluster has.
    #expect(
      messages { _ = try WorkspaceUpgrade(sandbox.tree, ["e"], to: "v1.15.2") } == [
        "value 'server.itemBlockWorkerCount' must be 0 or more; and left out before Velero v1.16.0"
      ])
  }

  @Test func allArriveTogether() throws {
    let sandbox = try Sandbox([
      "environments/a/values.yaml": Self.shared,
      "environments/b/values.yaml": ByteString(Self.shared.text.replacing("v1.17.0", with: "v1.16.2")),
      "environments/c/values.yaml": ByteString(Self.shared.text.replacing("v1.17.0", with: "v1.18.1")),
    ])
    let upgrade = try WorkspaceUpgrade(sandbox.tree, ["a", "b", "c"], to: "v1.18.1")
    let hops = upgrade.steps.map { step in step.plans.map { "\($0.name) \($0.plan.hop)" } }
    #expect(hops == [["b v1.16.2 → v1.17.2"], ["a v1.17.0 → v1.18.1", "b v1.17.2 → v1.18.1"]])
  }

  // MARK: Refusals

  @Test(arguments: [
    ("images: { server: velero/velero:main }", "v1.18.1", "images.server is 'velero/velero:main', whose tag is not"),
    ("images: { server: \"velero/velero@sha256:ab\" }", "v1.18.1", "images.server is 'velero/velero@sha256:ab', whose"),
    (
      "images: { plugins: [velero/velero-plugin-for-aws:v1.13.2] }\nnodeAgent: { resources: { requests: { cpu: 2 } } }",
      "v1.13.2", "nodeAgent.resources: the cpu request 2 is above the limit"
    ),
    (
      "volumes: { fileSystem: true }\nnodeAgent: { linux: false, windows: true }", "v1.15.2",
      "value 'nodeAgent' must be on for linux or windows"
    ),
    (
      "server: { itemBlockWorkerCount: &n 1, concurrentBackups: 0, terminationGracePeriodSeconds: *n }", "v1.15.2",
      "set aside without"
    ),
  ])
  func refusesWhatCannotBeDone(values: String, to target: String, message: String) throws {
    let all = """
      velero: { version: v1.17.2 }
      provider: aws
      backupStorage: { bucket: b, region: r }
      \(values)

      """
    let sandbox = try Sandbox(["environments/e/values.yaml": ByteString(all)])
    let said = messages { _ = try WorkspaceUpgrade(sandbox.tree, ["e"], to: target) }
    #expect(said.contains { $0.contains(message) }, "\(said)")
  }

  @Test func anOverlayThatNamesAReleaseIsNoMatch() throws {
    let sandbox = try Sandbox([
      "environments/e/values.yaml": Self.shared,
      "environments/e/overlays/values.yaml": "#@data/values\n---\nvelero:\n  version: v1.16.2\n",
    ])
    // Files of values win over data values among the overlays.
    let upgrade = try WorkspaceUpgrade(sandbox.tree, ["e"], to: "v1.18.1")
    #expect(upgrade.starts.map(\.release.description) == ["v1.17.0"])
    #expect(upgrade.inOne.rendered.map(\.lock.release) == ["v1.18.1"])
  }
}
