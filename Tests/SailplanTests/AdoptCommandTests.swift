import Files
import TestSupport
import Testing

@Suite struct AdoptCommandTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func adopt(_ arguments: String..., input: ByteString = .empty) throws -> Command.Result {
    try Command([Product.sailplan, "adopt"] + arguments, in: directory.path, input: input).run()
  }

  private static let flags = [
    "--provider", "aws", "--plugins", "velero/velero-plugin-for-aws:v1.13.2", "--bucket", "b", "--no-secret",
    "--backup-location-config", "region=eu-west-1", "--snapshot-location-config", "region=eu-west-1",
  ]

  private func adoptFlags(_ options: String...) throws -> Command.Result {
    let version = ["--velero-version", "v1.17.2"]
    return try Command(
      [Product.sailplan, "adopt", "install"] + version + options + ["--", "velero", "install"] + Self.flags,
      in: directory.path
    ).run()
  }

  @Test func printsValuesAlone() throws {
    let result = try adoptFlags()
    #expect(result.status == 0)
    #expect(
      result.output.text == """
        velero:
          version: v1.17.2
        provider: aws
        backupStorage:
          bucket: b
          region: eu-west-1
        credentials:
          secretName: ""

        """)
    #expect(result.errorOutput.text.hasSuffix("objects compared, nothing differs\n"))
  }

  @Test func writesAnEnvironmentThatRenders() throws {
    #expect(try Command([Product.sailplan, "init"], in: directory.path).run().status == 0)
    let result = try adoptFlags("--environment", "prod/eu")
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
    #expect(result.errorOutput.text.contains("wrote environments/prod/eu/values.yaml\n"))
    #expect(try Command([Product.sailplan, "render"], in: directory.path).run().status == 0)

    let again = try adoptFlags("--environment", "prod/eu")
    #expect(again.status == 2)
    #expect(again.errorOutput.text.contains("there is an environment 'prod/eu' already"))
    #expect(try adoptFlags("--environment", "prod/eu", "--overwrite").status == 0)
  }

  /// What is inherited is not said again, and what it makes different shows.
  @Test func reckonsWithWhatIsInherited() throws {
    #expect(try Command([Product.sailplan, "init"], in: directory.path).run().status == 0)
    try directory.write("provider: aws\nbackupStorage: { region: eu-west-1 }\n", to: "environments/values.yaml")
    #expect(try adoptFlags("--environment", "one").status == 0)
    let values = try Disk.read("\(directory.path)/environments/one/values.yaml", limit: 1 << 20).text
    #expect(!values.contains("region"))

    try directory.write("server: { priorityClassName: high }\n", to: "environments/values.yaml")
    let result = try adoptFlags("--environment", "two")
    #expect(result.status == 0)
    #expect(result.errorOutput.text.contains("wrote environments/two/overlays/adopted.yaml\n"))
  }

  @Test(
    arguments: [
      (["install"], 64, "put them behind '--'"),
      (["install", "--", "--buckte", "b"], 64, "did you mean --bucket?"),
      (["install", "--overwrite", "--", "--bucket", "b"], 64, "--overwrite is about files"),
      (["objects", "nowhere.yaml"], 2, "nowhere.yaml"),
      (["objects", "-"], 2, "there is no Velero server among the objects, for there are none"),
      (["objects", "--velero-version", "v1.0.0", "-"], 2, "Velero 'v1.0.0' is not known"),
      (["objects", "--environment", "x", "-"], 2, "there is no sailplan.yaml"),
    ] as [([String], Int32, String)])
  func refuses(_ arguments: [String], _ status: Int32, _ text: String) throws {
    let result = try Command([Product.sailplan, "adopt"] + arguments, in: directory.path).run()
    #expect(result.status == status)
    #expect(result.output.isEmpty)
    #expect(result.errorOutput.text.contains(text), "\(result.errorOutput.text)")
  }

  @Test func readsDirectories() throws {
    try directory.write("kind: Service\napiVersion: v1\nmetadata: { name: a, namespace: b }\n", to: "dump/a.yaml")
    try directory.write("a: [\n", to: "dump/b.yaml")
    let result = try adopt("objects", "dump")
    #expect(result.status == 2)
    #expect(result.errorOutput.text.contains("dump/b.yaml:"))
  }

  /// A difference that nothing can mend is the status' business.
  @Test func tellsWhatIsMissing() throws {
    let server = """
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: velero, namespace: velero }
      spec:
        selector: { matchLabels: { deploy: velero } }
        template:
          spec:
            containers:
            - { name: velero, image: "velero/velero:v1.17.2", args: [server], env: [{ name: AWS_SECRET_ACCESS_KEY, value: abc }] }
      """
    let result = try adopt("objects", "-", input: ByteString(server))
    #expect(result.status == 1)
    #expect(!result.output.text.contains("abc"))
    #expect(!result.errorOutput.text.contains("abc"))
    #expect(result.errorOutput.text.contains("not taken: looks like a secret in plain text"))
  }
}
