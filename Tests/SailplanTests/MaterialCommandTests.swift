import Files
import TestSupport
import Testing

/// `sailplan sbom` and `sailplan provenance` as programs.
@Suite struct MaterialCommandTests {
  private static func has(_ program: String) -> Bool {
    (try? Command(["sh", "-c", "command -v \(program)"]).run().status) == 0
  }

  @Test(arguments: ["spdx", "cyclonedx"])
  func billsAreTheSameEachTime(_ format: String) throws {
    let shell = try Shell.repository()
    let first = try shell.run("sbom", "a", "--format", format)
    first.expect(0, "2023-11-14T22:13:20Z", "apps_v1_deployment_velero.yaml", "pkg:docker/")
    #expect(try shell.run("sbom", "a", "--format", format, "--worktree").text == first.text)
    try shell.run("sbom", "environments/a", "--format", format, "-o", "bill.json").expect(0)
    #expect(shell.read("bill.json") == first.output.text)
    // The work tree is not what is committed.
    try shell.write("environments/a/values.yaml", "replicas: 3\n")
    #expect(try shell.run("sbom", "a", "--format", format).text == first.text)
    #expect(try shell.run("sbom", "a", "--format", format, "--worktree").text != first.text)
  }

  @Test func provenanceNamesCommitAndInputs() throws {
    let shell = try Shell.repository()
    let commit = try shell.git("rev-parse", "HEAD")
    let bundle = try Command(
      ["sh", "-c", "find . -type f | cut -c3- | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-64"],
      in: shell.directory.path("bundle/config")
    ).run().text
    let values = try Command(["sha256sum", "environments/a/values.yaml"], in: shell.directory.path).run().text
    let object = try Command(
      ["sha256sum", "environments/a/rendered/apps_v1_deployment_velero.yaml"], in: shell.directory.path
    ).run().text
    try shell.run("provenance", "a", "--source", "git+https://example.org/clusters", "--builder", "https://ci").expect(
      0, #""gitCommit": "\#(commit)""#, #""uri": "git+https://example.org/clusters""#, #""dirHash": "\#(bundle)""#,
      #""sha256": "\#(values.prefix(64))""#, #""sha256": "\#(object.prefix(64))""#, #""id": "https://ci""#)
    let onDisk = try shell.run("provenance", "a", "--worktree")
    #expect(!onDisk.text.contains("gitCommit"))
  }

  @Test(.enabled(if: has("ssh-keygen"), "ssh-keygen is not installed"))
  func provenanceIsSigned() throws {
    let shell = try Shell.repository()
    let key = shell.directory.path("key")
    _ = try Command(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "cy", "-f", key]).run()
    try shell.run("provenance", "a", "-o", "p.json", "--sign").expect(2, "sign")
    #expect(!shell.directory.exists("p.json"))
    try shell.git("config", "gpg.format", "ssh")
    try shell.git("config", "user.signingKey", key)
    try shell.run("provenance", "a", "-o", "p.json", "--sign").expect(0)
    let verify = "ssh-keygen -Y check-novalidate -n file -s p.json.sig < p.json"
    try Command(["sh", "-c", verify], in: shell.directory.path).run().expect(0, "Good \"file\" signature")
    try shell.write("p.json", ByteString(try #require(shell.read("p.json")) + "\n"))
    #expect(try Command(["sh", "-c", verify], in: shell.directory.path).run().status != 0)
    try shell.run("provenance", "a", "--sign").expect(64, "--sign goes with --output only")
  }

  @Test func tellsWhatIsNoEnvironment() throws {
    let shell = try Shell.repository()
    try shell.run("sbom", "aa").expect(2, "there is no environment 'aa'", "'sailplan environment list'")
    try shell.run("sbom", "a", "--worktree", "--revision", "HEAD").expect(64, "exclude each other")
  }
}
