import Files
import Kubernetes
import OCI
import Templating
import TestSupport
import Testing
import Workspace
import YAML

/// Values that are taken over from Secrets and ConfigMaps.
@Suite struct ExistingValuesTests {
  private static let head: ByteString = "apiVersion: sailplan.dev/v1alpha1\nkind: Environment\nvaluesFrom:\n"
  private static let secret: ByteString = """
    apiVersion: v1
    kind: Secret
    metadata: {name: vsphere-config-secret, namespace: vmware-system-csi}
    data: {csi-vsphere.conf: W0dsb2JhbF0K}

    """

  private static func sandbox(_ references: ByteString, _ object: ByteString) throws -> Sandbox {
    try Sandbox([
      "environments/dc/environment.yaml": head.appending(references),
      "environments/dc/values.yaml": "provider: vsphere",
      "environments/dc/object.yaml": object,
    ])
  }

  @Test func takesTheNameOfTheSecretOfTheVSphereDriver() throws {
    let sandbox = try Self.sandbox("- file: object.yaml", Self.secret)
    let inputs = try sandbox.reader().inputs(for: EnvironmentName("dc"))
    #expect(
      inputs.values.map(\.contents) == [
        "vsphere:\n  secret:\n    name: vsphere-config-secret\n    namespace: vmware-system-csi\n", "provider: vsphere",
      ])
    #expect(
      inputs.all.map(\.path) == [
        "environments/dc/environment.yaml", "environments/dc/object.yaml", "environments/dc/values.yaml",
      ])
    #expect(inputs.all[1].digest == ContentDigest(Self.secret))
  }

  @Test func rendersWhatTheDriverHas() throws {
    let sandbox = try Sandbox([
      "environments/environment.yaml": Self.head.appending("- {file: shared/csi.yaml}"),
      "environments/shared/csi.yaml": Self.secret,
      "environments/dc/values.yaml": """
      provider: vsphere
      backupStorage: {bucket: b, region: r, url: "https://s3.example.com"}
      """,
    ])
    let reader = try sandbox.reader()
    let rendered = try reader.render(try reader.environments())
    let objects = rendered[0].objects.objects
    let map = try #require(objects.first { $0.identity.kind == "ConfigMap" })
    #expect(map.content.value(at: "data", "vsphere_secret_name")?.stringValue == "vsphere-config-secret")
    #expect(map.content.value(at: "data", "vsphere_secret_namespace")?.stringValue == "vmware-system-csi")
  }

  @Test(arguments: [
    ("kind: ConfigMap\nmetadata: {name: one}\ndata: {values.yml: 'provider: aws'}", "- file: object.yaml"),
    ("kind: ConfigMap\nmetadata: {name: one}\ndata: {other: 'provider: aws'}", "- {file: object.yaml, key: other}"),
    ("kind: Secret\nmetadata: {name: one}\nstringData: {a.yaml: 'provider: aws'}", "- file: ./object.yaml"),
    ("kind: Secret\nmetadata: {name: one}\ndata: {a.yaml: cHJvdmlkZXI6IGF3cw==}", "- file: ../dc/object.yaml"),
    (
      "kind: ConfigMap\nmetadata: {name: one}\ndata: {a.yaml: 'provider: aws'}\n---\n"
        + "apiVersion: v1\nkind: Secret\nmetadata: {name: two}", "- {file: object.yaml, name: one}"
    ),
  ]) func takesValues(object: String, references: String) throws {
    let sandbox = try Self.sandbox(ByteString(references), ByteString("apiVersion: v1\n" + object))
    let inputs = try sandbox.reader().inputs(for: EnvironmentName("dc"))
    #expect(inputs.values.map(\.contents) == ["provider: aws", "provider: vsphere"])
  }

  @Test func takesTheNameThatASealedSecretWillHave() throws {
    let sealed: ByteString = """
      apiVersion: bitnami.com/v1alpha1
      kind: SealedSecret
      metadata: {name: csi, namespace: kube-system}
      spec: {encryptedData: {csi-vsphere.conf: AgBy}}
      """
    let sandbox = try Self.sandbox("- file: object.yaml", sealed)
    let inputs = try sandbox.reader().inputs(for: EnvironmentName("dc"))
    #expect(inputs.values[0].contents == "vsphere:\n  secret:\n    name: csi\n    namespace: kube-system\n")
  }

  @Test(arguments: [
    ("- file: missing.yaml", "cannot read environments/dc/missing.yaml: there is no such file"),
    ("- file: /etc/passwd", "'file' cannot be '/etc/passwd'"),
    ("- file: ../../../secret.yaml", "'../../../secret.yaml' leads out of the workspace"),
    ("- {}", "the key 'file' is missing"),
    ("- {file: object.yaml, keys: a}", "unknown key 'keys' (expected one of: file, key, name)"),
    ("- 1", "an entry of 'valuesFrom' must hold a map, not an integer"),
    ("  a: 1", "'valuesFrom' must be a list, not a map"),
    (
      "- {file: object.yaml, name: x}",
      "environments/dc/object.yaml holds no Secret, ConfigMap or SealedSecret named 'x'"
    ),
    ("- {file: object.yaml, key: csi.conf}", "there is no key 'csi.conf' in it (there are: csi-vsphere.conf)"),
    ("- {file: values.yaml}", "the object has no 'apiVersion'"),
  ]) func saysWhatIsWrong(references: String, message: String) throws {
    let sandbox = try Self.sandbox(ByteString(references), Self.secret)
    let found = messages(in: sandbox) { _ = try sandbox.reader().inputs(for: EnvironmentName("dc")) }
    #expect(found.first == message)
  }

  @Test(arguments: [
    ("kind: ConfigMap\nmetadata: {name: one}\ndata: {a: b}", "ConfigMap one has no key that values are known to be in"),
    ("kind: Secret\nmetadata: {name: one}\ndata: {a.yaml: '*'}", "'a.yaml' is not base64"),
    ("kind: SealedSecret\nmetadata: {name: one}\nspec: {encryptedData: {a.yaml: x}}", "what is under 'a.yaml' in S"),
    (
      "kind: Secret\nmetadata: {name: one}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: two}",
      "environments/dc/object.yaml holds several: Secret one, Secret two"
    ),
  ]) func saysWhatIsWrongWithTheObject(object: String, message: String) throws {
    let sandbox = try Self.sandbox("- file: object.yaml", ByteString("apiVersion: v1\n" + object))
    let found = messages(in: sandbox) { _ = try sandbox.reader().inputs(for: EnvironmentName("dc")) }
    #expect(found.count == 1 && found[0].hasPrefix(message), "\(found)")
  }
}
