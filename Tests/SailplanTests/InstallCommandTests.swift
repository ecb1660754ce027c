import Files
import TestSupport
import Testing

@Suite struct InstallCommandTests {
  private func install(_ flags: [String], in directory: String? = nil) throws -> Command.Result {
    try Command([Product.sailplan, "install"] + flags, in: directory).run()
  }

  private static let enough = ["--provider", "aws", "--plugins", "a/b:v1", "--bucket", "b", "--dry-run"]

  @Test func printsAList() throws {
    let result = try install(Self.enough + ["--no-secret", "-o", "yaml"])
    #expect(result.status == 0)
    #expect(result.errorOutput.isEmpty)
    #expect(result.output.hasPrefix("apiVersion: v1\nitems:\n- apiVersion: apiextensions.k8s.io/v1\n"))
    #expect(result.output.hasSuffix("kind: List\n\n"))
  }

  @Test func printsJSON() throws {
    let result = try install(["--crds-only", "--dry-run", "-ojson"])
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("{\n  \"apiVersion\": \"v1\",\n  \"items\": [\n"))
    #expect(result.output.hasSuffix("  \"kind\": \"List\"\n}\n"))
  }

  @Test func readsFilesFromWhereItRuns() throws {
    let directory = try TemporaryDirectory()
    try directory.write("secret\n", to: "credentials")
    let result = try install(Self.enough + ["--secret-file", "credentials"], in: directory.path)
    #expect(result.status == 0)
    #expect(result.output.text.contains("\n    cloud: c2VjcmV0Cg==\n"))
  }

  /// Nothing reaches standard output, and the status says whose fault it is.
  @Test(
    arguments: [
      (["--buckte", "b"], 64, "did you mean --bucket?"),
      (["--dry-run"], 64, "--provider is missing"),
      (["--velero-version", "v1.0.0", "--dry-run"], 64, "Velero 'v1.0.0' is not known"),
      (enough + ["--secret-file", "nowhere"], 2, "nowhere"),
      (enough + ["--no-secret", "--velero-pod-cpu-request", "3"], 2, "not above the limit"),
    ] as [([String], Int32, String)])
  func refuses(_ flags: [String], _ status: Int32, _ text: String) throws {
    let result = try install(flags)
    #expect(result.status == status)
    #expect(result.output.isEmpty)
    #expect(result.errorOutput.text.contains(text))
  }

  @Test func explainsItsFlags() throws {
    let result = try install(["--help"])
    #expect(result.status == 0)
    #expect(result.output.text.contains("--backup-location-config KEY=VALUE,…"))
    #expect(result.output.text.contains("-n, --namespace TEXT"))
  }
}
