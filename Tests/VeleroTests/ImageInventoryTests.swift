import Files
import Kubernetes
import TestSupport
import Testing
import YAML

@testable import Velero

@Suite struct ImageInventoryTests {
  private static var facts: ImageFacts {
    get throws { try ImageFacts(bundle: RenderedBundle.bundle) }
  }

  private static func objects(_ values: String, more: String = "") throws -> [KubernetesObject] {
    let source = SourceFile.register(path: "more.yaml", contents: ByteString(more))
    let documents =
      try RenderedBundle.documents(values: ByteString(values)) + ParsedFile.parse(source).documents
    return try ObjectSet.objects(in: documents)
  }

  private static func values(_ release: String, _ provider: String = "aws", agent: Bool = true) -> String {
    """
    velero: {version: \(release)}
    provider: \(provider)
    backupStorage: {bucket: b, region: eu-central-1}
    volumes: {fileSystem: \(agent), snapshots: \(provider != "vsphere" && agent)}
    """
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let release: String
    let rules: [String]
    let helper: String
    var testDescription: String { release }
  }

  /// What each release starts without anybody naming it, as its source has it.
  static let cases = [
    Case(
      release: "v1.7.2", rules: ["restic_restore_helper"], helper: "velero/velero-restic-restore-helper:v1.7.2"),
    Case(
      release: "v1.9.7", rules: ["restic_restore_helper"], helper: "velero/velero-restic-restore-helper:v1.9.7"),
    Case(release: "v1.10.0", rules: ["restore_helper"], helper: "velero/velero-restore-helper:v1.10.0"),
    Case(
      release: "v1.12.4", rules: ["restore_helper", "data_movement"], helper: "velero/velero-restore-helper:v1.12.4"),
    Case(
      release: "v1.15.2", rules: ["restore_helper", "data_movement", "repository_maintenance"],
      helper: "velero/velero-restore-helper:v1.15.2"),
    Case(
      release: "v1.16.0", rules: ["server_as_restore_helper", "data_movement", "repository_maintenance"],
      helper: "velero/velero:v1.16.0"),
    Case(
      release: "v1.18.1",
      rules: ["server_as_restore_helper", "data_movement", "file_copies", "repository_maintenance"],
      helper: "velero/velero:v1.18.1"),
  ]

  private static func derived(_ inventory: ImageInventory) -> [(rule: String, image: String)] {
    inventory.uses.compactMap { use in
      if case .derived(let name, _, _) = use.origin { (name, use.image.text) } else { nil }
    }
  }

  @Test(arguments: cases) func knowsWhatNoManifestNames(_ expected: Case) throws {
    let objects = try Self.objects(Self.values(expected.release))
    let inventory = ImageInventory(objects, release: ReleaseVersion(expected.release), facts: try Self.facts)
    let derived = Self.derived(inventory)
    #expect(derived.map(\.rule) == expected.rules)
    #expect(derived.first?.image == expected.helper)
    #expect(derived.dropFirst().allSatisfy { $0.image == "velero/velero:\(expected.release)" })
  }

  @Test func withoutAnAgentNothingIsRestoredIntoVolumes() throws {
    let objects = try Self.objects(Self.values("v1.15.2", agent: false))
    let inventory = ImageInventory(objects, release: ReleaseVersion("v1.15.2"), facts: try Self.facts)
    #expect(Self.derived(inventory).map(\.rule) == ["repository_maintenance"])
  }

  @Test func settingsNameAnotherRestoreHelper() throws {
    for (image, expected) in [
      ("mirror.example.com/velero-restore-helper:v9", []),
      ("mirror.example.com/velero-restore-helper", ["mirror.example.com/velero-restore-helper:v1.15.2"]),
      ("velero-restore-helper", ["velero/velero-restore-helper:v1.15.2"]),
    ] {
      let setting = """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: any-name
          namespace: velero
          labels: {velero.io/plugin-config: "", velero.io/pod-volume-restore: RestoreItemAction}
        data: {image: "\(image)"}
        """
      let objects = try Self.objects(Self.values("v1.15.2"), more: setting)
      let inventory = ImageInventory(objects, release: ReleaseVersion("v1.15.2"), facts: try Self.facts)
      #expect(Self.derived(inventory).filter { $0.rule == "restore_helper" }.map(\.image) == expected)
    }
  }

  @Test(arguments: [
    ("v/velero-plugin-for-vsphere:v1.6.0", "v/backup-driver:v1.6.0"),
    ("reg.example.com:5000/a/b/velero-plugin-for-vsphere:v1.6.0", "reg.example.com:5000/a/b/backup-driver:v1.6.0"),
    ("velero-plugin-for-vsphere:v1.6.0", "backup-driver:v1.6.0"),
    ("v/velero-plugin-for-vsphere@sha256:1", "vsphereveleroplugin/backup-driver:v1.7.0"),
  ]) func thePluginForVSphereNamesOthersAfterItself(image: String, expected: String) throws {
    var values = Self.values("v1.18.1", "vsphere")
    values += "\nimages: {plugins: [velero/velero-plugin-for-aws:v1, 'x/y:v1']}\n"
    let objects = try Self.objects(values).map { object in
      object.replacingImages { $0 == "x/y:v1" ? ByteString(image) : nil }
    }
    let inventory = ImageInventory(objects, release: ReleaseVersion("v1.18.1"), facts: try Self.facts)
    #expect(Self.derived(inventory).filter { $0.rule == "backup_driver" }.map(\.image) == [expected])
  }

  @Test(arguments: [
    ("", ["backup_driver", "data_manager"]),
    ("vsphere: {clusterFlavor: VANILLA}", ["backup_driver", "data_manager"]),
    ("vsphere: {clusterFlavor: SUPERVISOR}", ["backup_driver"]),
    ("vsphere: {clusterFlavor: GUEST}", ["backup_driver"]),
    ("features: [EnableLocalMode]", ["backup_driver"]),
  ]) func onlyVanillaClustersHaveADataManager(more: String, expected: [String]) throws {
    var values = Self.values("v1.18.1", "vsphere")
    if more.hasPrefix("features") {
      values = values.replacing("{version: v1.18.1}", with: "{version: v1.18.1, \(more)}")
    } else {
      values += "\n\(more)\n"
    }
    let inventory = ImageInventory(
      try Self.objects(values), release: ReleaseVersion("v1.18.1"), facts: try Self.facts)
    let plugins = ["backup_driver", "data_manager"]
    #expect(Self.derived(inventory).map(\.rule).filter(plugins.contains) == expected)
  }

  @Test func objectsWithoutAServerStartNothingElse() throws {
    let objects = try Self.objects("velero: {crdsOnly: true}\nprovider: aws\n")
    #expect(ImageInventory(objects, release: ReleaseVersion("v1.18.1"), facts: try Self.facts).uses.isEmpty)
  }
}
