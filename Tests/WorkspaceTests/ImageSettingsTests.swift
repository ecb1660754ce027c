import Carvel
import Files
import Kubernetes
import OCI
import TestSupport
import Testing
import Velero
import YAML

@testable import Workspace

@Suite struct ImageSettingsTests {
  private static func digest(_ digit: Character) -> String { "sha256:" + String(repeating: digit, count: 64) }

  /// A lock of `id` and `repository`, each with a digest of its own.
  private static func lock(_ images: [(id: String, repository: String, digit: Character)]) throws -> ImagesLock {
    ImagesLock(
      try images.map { image in
        ImagesLock.Entry(
          try ImageReference(ByteString("\(image.repository)@\(digest(image.digit))")),
          annotations: [ImagesLock.idAnnotation: ByteString(image.id)])
      })
  }

  private static func render(
    _ values: String, _ lock: ImagesLock?, rewriting: [(ByteString, ByteString)] = []
  ) throws -> RenderedEnvironment {
    let rules = try rewriting.map { try ImageRewriting.Rule(from: $0.0, to: $0.1) }
    let file = lock.map { WorkspaceFile(path: "environments/images.lock.yaml", contents: $0.text) }
    let images = try ImageSettings(lockFile: file, rewriting: ImageRewriting(rules))
    let inputs = EnvironmentInputs(
      name: try EnvironmentName("a"), values: [WorkspaceFile(path: "values.yaml", contents: ByteString(values))],
      overlays: [], images: images)
    return try RenderPlan.embedded.render(inputs)
  }

  private static func images(_ environment: RenderedEnvironment) -> Set<String> {
    Set(ListedImages.uses(of: environment, bundle: .embedded).map(\.image.text))
  }

  private static func findings(_ environment: RenderedEnvironment) throws -> [String] {
    var check = TreeCheck(bundle: .embedded)
    let checked = try check.check(environment) { $0.text }
    return try TreeCheck.findings(in: [checked]).filter { $0.rule.id == "image-outside-lock" }.map(\.message)
  }

  private static let aws = """
    velero: {version: v1.15.2}
    provider: aws
    backupStorage: {bucket: b, region: eu-central-1}
    volumes: {fileSystem: true}
    """

  private static let vsphere = """
    provider: vsphere
    backupStorage: {bucket: b, region: eu-central-1}
    volumes: {snapshots: true}
    """

  private static let lockOfAWS: [(id: String, repository: String, digit: Character)] = [
    ("velero/velero:v1.15.2", "velero/velero", "1"),
    ("velero/velero-plugin-for-aws:v1.11.1", "velero/velero-plugin-for-aws", "2"),
    ("velero/velero-restore-helper:v1.15.2", "velero/velero-restore-helper", "3"),
  ]

  @Test func everythingGoesByItsDigest() throws {
    let rendered = try Self.render(Self.aws, try Self.lock(Self.lockOfAWS))
    #expect(
      Self.images(rendered) == [
        "index.docker.io/velero/velero@\(Self.digest("1"))",
        "index.docker.io/velero/velero-plugin-for-aws@\(Self.digest("2"))",
        "index.docker.io/velero/velero-restore-helper@\(Self.digest("3"))",
      ])
    #expect(rendered.lock.inputs.map(\.path) == ["environments/images.lock.yaml", "values.yaml"])
    #expect(try Self.findings(rendered).isEmpty)
    let setting = try #require(rendered.objects.objects.first { $0.identity.name == "fs-restore-action-config" })
    #expect(setting.identity.namespace == "velero")
  }

  @Test func rulesApplyBehindTheLock() throws {
    let rendered = try Self.render(
      Self.aws, try Self.lock(Self.lockOfAWS), rewriting: [("docker.io/velero", "m.example.com/v")])
    #expect(
      Self.images(rendered) == [
        "m.example.com/v/velero@\(Self.digest("1"))", "m.example.com/v/velero-plugin-for-aws@\(Self.digest("2"))",
        "m.example.com/v/velero-restore-helper@\(Self.digest("3"))",
      ])
    #expect(try Self.findings(rendered).isEmpty)
  }

  @Test func rulesAloneKeepTags() throws {
    let rendered = try Self.render(Self.aws, nil, rewriting: [("docker.io", "m.example.com")])
    #expect(
      Self.images(rendered) == [
        "m.example.com/velero/velero:v1.15.2", "m.example.com/velero/velero-plugin-for-aws:v1.11.1",
        "m.example.com/velero/velero-restore-helper:v1.15.2",
      ])
    #expect(try Self.findings(rendered).isEmpty)
  }

  @Test func whatTheLockLacksIsFound() throws {
    let rendered = try Self.render(Self.aws, try Self.lock(Array(Self.lockOfAWS.prefix(1))))
    let findings = try Self.findings(rendered)
    #expect(findings.count == 2)
    #expect(
      findings.contains { $0.contains("'velero/velero-plugin-for-aws:v1.11.1' in spec.template.spec.initContainers") })
    #expect(findings.contains { $0.contains("'velero/velero-restore-helper:v1.15.2', which no manifest names") })
  }

  /// The plugin for vSphere makes names from its own tag.
  @Test func theTagThatOthersAreNamedByStays() throws {
    let lock = try Self.lock([
      ("velero/velero:v1.18.1", "m.example.com/v/velero", "1"),
      ("velero/velero-plugin-for-aws:v1.14.0", "m.example.com/v/velero-plugin-for-aws", "2"),
      ("vsphereveleroplugin/velero-plugin-for-vsphere:v1.7.0", "m.example.com/w/velero-plugin-for-vsphere", "3"),
      ("vsphereveleroplugin/backup-driver:v1.7.0", "m.example.com/w/backup-driver", "4"),
      ("vsphereveleroplugin/data-manager-for-plugin:v1.7.0", "m.example.com/w/data-manager-for-plugin", "5"),
    ])
    let rendered = try Self.render(Self.vsphere, lock)
    #expect(
      Set(Self.images(rendered).filter { $0.contains("/w/") }) == [
        "m.example.com/w/velero-plugin-for-vsphere:v1.7.0", "m.example.com/w/backup-driver:v1.7.0",
        "m.example.com/w/data-manager-for-plugin:v1.7.0",
      ])
    #expect(try Self.findings(rendered).isEmpty)
  }

  /// As imgpkg copies: all in one repository, where the plugin does not know its own name.
  @Test func aMirrorWithoutNamesCannotHaveWhatIsNamedAfterThePlugin() throws {
    let ids = [
      "velero/velero:v1.18.1", "velero/velero-plugin-for-aws:v1.14.0",
      "vsphereveleroplugin/velero-plugin-for-vsphere:v1.7.0", "vsphereveleroplugin/backup-driver:v1.7.0",
      "vsphereveleroplugin/data-manager-for-plugin:v1.7.0",
    ]
    let lock = try Self.lock(zip(ids, "12345").map { ($0, "m.example.com/all", $1) })
    let rendered = try Self.render(Self.vsphere, lock)
    let findings = try Self.findings(rendered)
    #expect(findings.count == 2)
    #expect(
      findings.allSatisfy { $0.contains("'vsphereveleroplugin/") && $0.contains("v1.7.0', which no manifest names") })
    // Rules about versions and plugins know what was pinned.
    var check = TreeCheck(bundle: .embedded)
    let all = try TreeCheck.findings(in: [try check.check(rendered) { $0.text }])
    #expect(Set(all.filter { $0.severity > .info }.map(\.rule.id)) == ["image-outside-lock"])
    #expect(all.filter { $0.severity > .info }.allSatisfy { $0.mend.contains("keeps the names of images") })
  }

  // MARK: In a workspace

  private static func workspace(_ files: [String: String]) throws -> (TemporaryDirectory, WorkspaceReader) {
    let directory = try TemporaryDirectory()
    try directory.write("apiVersion: sailplan.dev/v1alpha1\nkind: Workspace\n", to: "sailplan.yaml")
    for (path, text) in files { try directory.write(ByteString(text), to: "environments/\(path)") }
    return (directory, try WorkspaceReader(DiskTree(root: directory.path)))
  }

  @Test func theNearestLockCounts() throws {
    let far = try Self.lock(Self.lockOfAWS).text.text
    let near = try Self.lock([("velero/velero:v1.15.2", "near.example.com/velero", "9")]).text.text
    let (directory, reader) = try Self.workspace([
      "images.lock.yaml": far, "prod/images.lock.yaml": near, "prod/a/values.yaml": Self.aws,
      "prod/b/values.yaml": Self.aws, "c/values.yaml": Self.aws,
      "environment.yaml":
        "apiVersion: sailplan.dev/v1alpha1\nkind: Environment\nrewriteImages: {docker.io: one.example.com}\n",
      "c/environment.yaml":
        "apiVersion: sailplan.dev/v1alpha1\nkind: Environment\nrewriteImages: {docker.io: two.example.com}\n",
    ])
    defer { withExtendedLifetime(directory) {} }
    let inputs = try ["prod/a", "prod/b", "c"].map { try reader.inputs(for: try EnvironmentName($0)) }
    #expect(
      inputs.map { $0.images?.lockFile?.path } == [
        "environments/prod/images.lock.yaml", "environments/prod/images.lock.yaml", "environments/images.lock.yaml",
      ])
    #expect(inputs[0].images === inputs[1].images)
    let rendered = try reader.render(try ["prod/a", "c"].map { try EnvironmentName($0) })
    #expect(Self.images(rendered[0]).contains("near.example.com/velero@\(Self.digest("9"))"))
    #expect(Self.images(rendered[0]).contains("one.example.com/velero/velero-plugin-for-aws:v1.11.1"))
    #expect(Self.images(rendered[1]).contains("two.example.com/velero/velero@\(Self.digest("1"))"))
    reader.namesImagesAsWritten = true
    #expect(try reader.inputs(for: try EnvironmentName("c")).images == nil)
  }

  @Test func saysWhatIsWrongWithTheFiles() throws {
    let (directory, reader) = try Self.workspace([
      "a/values.yaml": Self.aws, "a/images.lock.yaml": "kind: ImagesLock\n",
      "b/values.yaml": Self.aws,
      "b/environment.yaml":
        "apiVersion: sailplan.dev/v1alpha1\nkind: Environment\nrewriteImages: {'docker.io:v1/': x}\n",
    ])
    defer { withExtendedLifetime(directory) {} }
    let names = try ["a", "b"].map { try EnvironmentName($0) }
    do throws(Diagnostics) {
      _ = try reader.render(names)
      Issue.record("it was rendered")
    } catch {
      #expect(error.list.map(\.message).contains("the key 'apiVersion' is missing"), "\(error)")
      #expect(error.list.contains { $0.message.contains("is not the beginning of an image's name") }, "\(error)")
    }
  }

  /// Environments with the same settings have the text of their objects in common.
  @Test func whatIsCommonIsPrintedOnce() throws {
    let file = WorkspaceFile(path: "environments/images.lock.yaml", contents: try Self.lock(Self.lockOfAWS).text)
    let images = try ImageSettings(lockFile: file, rewriting: ImageRewriting())
    let common = CommonWork()
    let texts = try ["a", "b"].map { name in
      let values = WorkspaceFile(
        path: ByteString("\(name)/values.yaml"), contents: ByteString(Self.aws + "\nschedules: []\n"))
      return try RenderPlan.embedded.render(
        EnvironmentInputs(name: try EnvironmentName(ByteString(name)), values: [values], overlays: [], images: images),
        common
      ).tree["apps_v1_deployment_velero.yaml"]
    }
    #expect(texts[0] != nil && texts[0]?.identity == texts[1]?.identity)
  }
}
