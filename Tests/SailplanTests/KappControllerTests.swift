import Files
import Glibc
import TestSupport
import Testing
import YAML

/// Environments that kapp-controller installs.
@Suite struct KappControllerTests {
  /// kapp-controller's own definitions: `config/config/crds.yml` of its sources.
  private static let definitions = getenv("SAILPLAN_KAPP_CONTROLLER_CRDS").map { String(cString: $0) }
  private let objects = "environments/a/rendered/kapp-controller"

  /// A workspace with the environment `a`, and what its `environment.yaml` says besides.
  private func workspace(_ settings: String) throws -> Shell {
    let shell = try Shell()
    try shell.run("init", "--provider", "aws", "--name", "a").expect(0)
    try shell.write(
      "environments/a/environment.yaml",
      ByteString("apiVersion: sailplan.dev/v1alpha1\nkind: Environment\nengine: kapp-controller\n\(settings)"))
    return shell
  }

  private let overlay: ByteString = """
    #@ load("@ytt:overlay", "overlay")
    #@overlay/match by=overlay.subset({"kind": "Namespace"})
    ---
    metadata:
      #@overlay/match-child-defaults missing_ok=True
      #@overlay/match missing_ok=True
      annotations:
        owner: backup

    """

  @Test func rendersAPackageInstallBesideWhatItMakes() throws {
    let shell = try workspace("")
    try shell.run("render").expect(0)
    #expect(
      shell.read("\(objects)/packaging.carvel.dev_v1alpha1_packageinstall_velero.yaml") == """
        apiVersion: packaging.carvel.dev/v1alpha1
        kind: PackageInstall
        metadata:
          name: velero
          namespace: velero-install
        spec:
          serviceAccountName: velero-velero-install-sa
          packageRef:
            refName: velero.sailplan.dev
            versionSelection:
              constraints: 1.18.1+sailplan.1
          values:
          - secretRef:
              name: velero-velero-install-values

        """)
    // What applies the tree applies Velero or the PackageInstall, never both.
    #expect(shell.read("environments/a/rendered/kustomization.yaml")?.contains("kapp-controller") == false)
    #expect(shell.read("\(objects)/kustomization.yaml")?.contains("v1_namespace_velero-install.yaml") == true)
    try shell.git("init", "-q", "-b", "main")
    // The Secret of values holds what lies in values.yaml beside it, so that committing it gives nothing away.
    try shell.run("commit").expect(0)
    try shell.run("verify").expect(0, "no drift")
    try shell.edit("environments/a/environment.yaml", "kapp-controller", "none")
    try shell.run("render").expect(0, "removed")
    #expect(!shell.directory.exists(objects))
  }

  /// What the cluster renders from the package and the Secrets is what is rendered here.
  @Test func secretsGiveWhatIsRendered() throws {
    let shell = try workspace("kappController: {namespace: packages, version: '>=1.18.0', syncPeriod: 1h}\n")
    try shell.write("environments/values.yaml", "velero: {namespace: backup}\nvolumes: {snapshots: false}\n")
    try shell.write("environments/a/overlays/owner.yaml", overlay)
    try shell.run("render").expect(0)
    let bundle = "a.b/c@sha256:" + String(repeating: "12", count: 32)
    try shell.run("package", "release", "v1.18.1", "-b", bundle, "-o", "r").expect(0)
    let package = try documents(
      ByteString(try #require(shell.read("r/packages/velero.sailplan.dev/1.18.1+sailplan.1.yml"))))[0]
    guard case .sequence(let steps)? = package.value(at: "spec", "template", "spec", "template"),
      let inline = steps.first?.value.value(at: "ytt", "inline", "paths", "release.yaml")?.stringValue
    else {
      Issue.record("no step for ytt")
      return
    }
    try shell.write("release.yaml", inline)
    var arguments = ["ytt", "-f", "\(Repository.root)/overlays/velero/config", "-f", "release.yaml"]
    for (name, flag) in [("overlays", "-f"), ("values", "--data-values-file")] {
      let text = try #require(shell.read("\(objects)/v1_secret_velero-packages-\(name).yaml"))
      let secret = try documents(ByteString(text))[0]
      guard case .map(let files)? = secret.value(at: "stringData") else {
        Issue.record("no stringData")
        continue
      }
      for file in files {
        let path = "secrets/\(name)/\(try #require(file.key.stringValue))"
        try shell.write(path, try #require(file.value.stringValue))
        arguments += [flag, path]
      }
    }
    let there = try documents(try shell.command(arguments).run().output).map(text).sorted()
    let here = try documents(try shell.run("render", "--stdout").output).map(text).sorted()
    #expect(there == here)
    #expect(here.contains { $0.text.contains("owner: backup") })
    #expect(here.contains { $0.text.contains("kapp.k14s.io/") })
    let install = shell.read("\(objects)/packaging.carvel.dev_v1alpha1_packageinstall_velero.yaml")
    for part in [
      "ext.packaging.carvel.dev/ytt-paths-from-secret-name: velero-packages-overlays", "constraints: '>=1.18.0'",
      "syncPeriod: 1h", "namespace: packages",
    ] { #expect(install?.contains(part) == true, "\(part)") }
  }

  @Test func valuesOfSecretsStayOutOfGit() throws {
    let shell = try workspace("valuesFrom:\n- file: secret.yaml\n")
    try shell.write(
      "environments/a/secret.yaml",
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: s}
      stringData: {values.yaml: "backupStorage: {bucket: hidden-bucket}"}
      """)
    try shell.edit("environments/a/values.yaml", "  bucket: acme-velero\n", "")
    try shell.run("render").expect(
      2, "a takes values from a Secret (environments/a/secret.yaml)", "kappController: {secretValues: [NAME]}")
    try shell.edit(
      "environments/a/environment.yaml", "engine: kapp-controller",
      "engine: kapp-controller\nkappController: {secretValues: [more]}")
    try shell.run("render").expect(0)
    let install = shell.read("\(objects)/packaging.carvel.dev_v1alpha1_packageinstall_velero.yaml")
    #expect(
      install?.contains(
        "- secretRef:\n      name: more\n  - secretRef:\n      name: velero-velero-install-values\n") == true)
    #expect(shell.read("\(objects)/v1_secret_velero-velero-install-values.yaml")?.contains("hidden-bucket") == false)
  }

  @Test func rendersAnAppThatDeploysTheTree() throws {
    let shell = try workspace("kappController: {repository: https://example.org/clusters, repositorySecret: key}\n")
    try shell.run("render").expect(0)
    #expect(
      shell.read("\(objects)/kappctrl.k14s.io_v1alpha1_app_velero.yaml") == """
        apiVersion: kappctrl.k14s.io/v1alpha1
        kind: App
        metadata:
          name: velero
          namespace: velero-install
        spec:
          serviceAccountName: velero-velero-install-sa
          fetch:
          - git:
              url: https://example.org/clusters
              ref: origin/main
              subPath: environments/a/rendered
              secretRef:
                name: key
          template:
          - ytt:
              ignoreUnknownComments: true
              fileMarks:
              - kustomization.yaml:exclude=true
              - kapp-controller/**/*:exclude=true
          deploy:
          - kapp: {}

        """)
    #expect(!shell.directory.exists("\(objects)/v1_secret_velero-velero-install-values.yaml"))
    // The step of templates leaves nothing but the objects of the tree.
    let step = try shell.run(
      "ytt", "--ignore-unknown-comments", "--file-mark", "kustomization.yaml:exclude=true", "--file-mark",
      "kapp-controller/**/*:exclude=true", "-f", "environments/a/rendered")
    let there = try documents(step.output).map(text).sorted()
    #expect(try there == documents(try shell.run("render", "--stdout").output).map(text).sorted())
  }

  @Test func appFollowsABranchOfTheEnvironment() throws {
    let shell = try workspace(
      "kappController: {repository: https://a, reference: 'origin/rendered/{environment}', directory: .}\n")
    try shell.run("render").expect(0)
    let app = try #require(shell.read("\(objects)/kappctrl.k14s.io_v1alpha1_app_velero.yaml"))
    #expect(app.contains("ref: origin/rendered/a\n") && !app.contains("subPath"))
  }

  @Test(arguments: [
    ("engine: kapp\n", "'engine' is 'kapp' (expected none or kapp-controller)"),
    ("kappController: x\n", "'kappController' must be a map"),
    ("kappController: {namspace: x}\n", "did you mean 'namespace'?"),
    ("kappController: {package: velero}\n", "'velero' cannot name a package"),
  ])
  func tellsWhatIsWrongWithSettings(_ text: String, _ message: String) throws {
    let shell = try workspace("")
    try shell.write(
      "environments/environment.yaml", ByteString("apiVersion: sailplan.dev/v1alpha1\nkind: Environment\n\(text)"))
    try shell.run("render").expect(2, message, "environments/environment.yaml:3:")
  }

  @Test func filesThatOthersLoadCannotGoThere() throws {
    let shell = try workspace("")
    try shell.write("environments/a/overlays/names.star", "name = 'a'\n")
    try shell.run("render").expect(2, "kapp-controller cannot be given environments/a/overlays/names.star")
  }

  @Test(
    .enabled(if: definitions != nil, "SAILPLAN_KAPP_CONTROLLER_CRDS does not name kapp-controller's definitions"),
    arguments: ["", "kappController: {repository: https://example.org/clusters, syncPeriod: 5m}\n"])
  func objectsFitTheDefinitions(_ settings: String) throws {
    let shell = try workspace(settings)
    try shell.write("environments/a/overlays/owner.yaml", overlay)
    try shell.run("render").expect(0)
    let definitions = try #require(Self.definitions)
    try shell.run("validate", "--strict", "--crds", definitions, objects).expect(0, "1 object checked", "nothing wrong")
  }

  /// kapp-controller keeps packages as objects of an internal API, under names that it forms itself.
  @Test(.enabled(if: definitions != nil, "SAILPLAN_KAPP_CONTROLLER_CRDS does not name kapp-controller's definitions"))
  func packagesFitTheDefinitions() throws {
    let shell = try Shell()
    let bundle = "a.b/c@sha256:" + String(repeating: "12", count: 32)
    try shell.run("package", "release", "-b", bundle, "-o", "r").expect(0)
    let edit = #"s/^apiVersion: data/apiVersion: internal/; s/^kind: /&Internal/; s/^\(  name: .*\)+/\1-/"#
    _ = try Command(["sh", "-c", "sed -i '\(edit)' r/packages/*/*"], in: shell.directory.path).run()
    try shell.run("validate", "--strict", "--crds", try #require(Self.definitions), "r/packages").expect(
      0, "nothing wrong")
  }

  private func documents(_ text: ByteString) throws -> [Node] {
    try ParsedFile.parse(SourceFile.register(path: "-", contents: text)).documents.map(\.value)
  }

  private func text(_ node: Node) -> ByteString {
    var out = ByteBuffer()
    print(node, into: &out)
    return out.finish()
  }
}
