import Files
import Kubernetes
import Testing
import YAML

@Suite struct SecretHidingTests {
  private static func node(_ text: ByteString) throws -> Node {
    try #require(try ParsedFile.parse(SourceFile.register(path: "x", contents: text)).documents.first).value
  }

  private static let secret: ByteString = """
    apiVersion: v1
    kind: Secret
    metadata:
      name: s
      annotations:
        kubectl.kubernetes.io/last-applied-configuration: '{"data":{"k":"aHVudGVyMg=="}}'
        note: shown
    data:
      k: aHVudGVyMg==
    stringData:
      plain: hunter2 hunter2
      number: 7
    type: Opaque

    """

  @Test func hidesContentsAndKeepsTheRest() throws {
    let hidden = SecretHiding().hide(text: Self.secret, ofKind: "Secret").text
    for shown in ["k: (secret, 7 bytes)", "plain: (secret, 15 bytes)", "number: (secret)", "note: shown", "Opaque"] {
      #expect(hidden.contains(shown))
    }
    for text in ["hunter", "aHVudGVy", "7\n"] { #expect(!hidden.contains(text)) }
  }

  /// Whatever hides a Secret: lists, files that cannot be read, files that should hold one and hold something else.
  @Test(
    arguments: [
      ("apiVersion: v1\nkind: List\nitems:\n- {kind: Secret, data: {k: hunter2}}\n", ""),
      ("apiVersion: v1\nkind: SecretList\nitems:\n- {kind: Secret, stringData: {k: hunter2}}\n", ""),
      ("kind: ConfigMap\ndata: {a: b}\n---\nkind: Secret\ndata: {k: [hunter2]}\n", ""),
      ("kind: Secret\ndata: {k: hunter2\n<<<<<<< ours\n", ""),
      ("data: {k: hunter2\n", "Secret"),
      ("data: {k: hunter2}\n", "Secret"),
      ("kind: Kustomization\nsecretGenerator:\n- name: x\n  literals: [k=hunter2]\n", ""),
      ("secretGenerator: [{literals: [k=hunter2]}]\n", "Kustomization"),
    ] as [(ByteString, ByteString)]) func hidesSecretsWhereverTheyStand(text: ByteString, kind: ByteString)
  {
    let hidden = SecretHiding().hide(text: text, ofKind: kind).text
    #expect(hidden.contains("secret"))
    #expect(!hidden.contains("hunter2"), "\(hidden)")
  }

  @Test func leavesOthersAsTheyAreWritten() {
    let text: ByteString = "# of a Secret\nkind:   ConfigMap\ndata: {k: 'v'}\n"
    #expect(SecretHiding().hide(text: text, ofKind: "ConfigMap") == text)
  }

  @Test func differencesSayThatSecretsDiffer() throws {
    let old = try Self.node(Self.secret)
    let new = try Self.node(
      ByteString(Self.secret.text.replacing("aHVudGVyMg==", with: "aHVudGVyMw==").replacing("7", with: "{a: b}")))
    let fields = SecretHiding().hide(FieldDifference.differences(from: old, to: new), ofKind: "Secret")
    #expect(
      fields.map {
        "\($0.path): \($0.old.map { FieldValue.text($0) } ?? "") \($0.new.map { FieldValue.text($0) } ?? "")"
      }
        == [
          #"metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]: "(secret, 29 bytes)" "(another secret, 29 bytes)""#,
          #"data.k: "(secret, 7 bytes)" "(another secret, 7 bytes)""#,
          #"stringData.number: "(secret)" {a: "(secret, 1 byte)"}"#,
        ])
  }

  /// Whole fields that come or go, and an object that becomes a Secret.
  @Test(arguments: [
    ("kind: Secret\n", "kind: Secret\ndata: {k: hunter2}\n"), ("kind: Secret\ndata: {k: hunter2}\n", "[]\n"),
    ("kind: ConfigMap\ndata: {k: v}\n", "kind: Secret\ndata: {k: hunter2}\n"),
    (
      "kind: Secret\nmetadata: {annotations: {a: b}}\n",
      "kind: Secret\nmetadata:\n  annotations:\n    \(SecretHidingTests.applied): hunter2\n"
    ),
    ("kind: Secret\n", "kind: Secret\nmetadata: {annotations: {\(SecretHidingTests.applied): hunter2}}\n"),
  ]) func differencesHoldNoSecret(old: String, new: String) throws {
    let fields = FieldDifference.differences(
      from: try Self.node(ByteString(old)), to: try Self.node(ByteString(new)))
    let kind: ByteString = old.contains("ConfigMap") ? "ConfigMap" : "Secret"
    let texts = SecretHiding().hide(fields, ofKind: kind).flatMap { [$0.old, $0.new] }.compactMap(\.self)
      .map { FieldValue.text($0, widest: 1000) }.joined()
    #expect(texts.contains("secret"))
    #expect(!texts.contains("hunter2"))
  }

  static let applied = "kubectl.kubernetes.io/last-applied-configuration"

  @Test func hidesValuesThatCameFromSecrets() throws {
    let hiding = SecretHiding(values: ["hunter22", "abc", "1234"])
    let hidden = FieldValue.text(
      hiding.hide(
        try Self.node("kind: ConfigMap\ndata: {a: x=hunter22, b: abc, c: abcd, d: 1234}\n")), widest: 1000)
    #expect(
      hidden
        == #"{kind: "ConfigMap", data: {a: "(secret, 10 bytes)", b: "(secret, 3 bytes)", c: "abcd", d: "(secret)"}}"#)
  }
}
