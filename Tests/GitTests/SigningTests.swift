import Files
import Git
import Glibc
import TestSupport
import Testing

/// Commits that git's configuration wants signed.
@Suite struct SigningTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.git("config", "commit.gpgSign", "true")
  }

  private static func has(_ program: String) -> Bool {
    (try? Command(["sh", "-c", "command -v \(program)"]).run().status) == 0
  }

  private func commit(message: ByteString = "Signed\n\nBody\n") throws {
    var snapshot = Snapshot.rendered("a: 1\n")
    snapshot.message = message
    try sandbox.write(snapshot)
    try sandbox.commit(snapshot)
  }

  /// Makes a key in a home of its own; gives its fingerprint. The program is a script that knows that home.
  private func gnuPG() throws -> String {
    let home = sandbox.directory.path("gnupg")
    // The agent's socket must have a short path; it lies in the home where there is no directory for it.
    try sandbox.run(["mkdir", "-m", "700", home], in: "/")
    let gpg = ["gpg", "--homedir", home, "--batch", "--quiet"]
    try sandbox.run(
      gpg + ["--passphrase", "", "--quick-gen-key", "Cy <cy@example.com>", "ed25519", "sign", "never"], in: "/")
    let keys = try sandbox.run(gpg + ["--with-colons", "--list-keys"], in: "/")
    let line = try #require(keys.split(separator: "\n").first { $0.hasPrefix("fpr:") })
    try sandbox.directory.write(
      ByteString("#!/bin/sh\nexec gpg --homedir '\(home)' \"$@\"\n"), to: "gpg", mode: 0o755)
    try sandbox.git("config", "gpg.program", sandbox.directory.path("gpg"))
    return String(line.split(separator: ":")[1])
  }

  private func stopAgent() throws {
    _ = try Command(["gpgconf", "--homedir", sandbox.directory.path("gnupg"), "--kill", "all"]).run()
  }

  /// Whoever signs may be asked for a passphrase: meanwhile nobody is kept from the index.
  @Test(.enabled(if: has("gpg"), "gpg is not installed")) func theIndexIsFreeWhileSigning() throws {
    _ = try gnuPG()
    defer { try? stopAgent() }
    let script = """
      #!/bin/sh
      sleep 0.5
      test ! -e '\(sandbox.path)/.git/index.lock' || exit 1
      exec gpg --homedir '\(sandbox.directory.path("gnupg"))' "$@"

      """
    try sandbox.directory.write(ByteString(script), to: "gpg", mode: 0o755)
    try commit()
    try sandbox.expectClean()
  }

  @Test(.enabled(if: has("gpg"), "gpg is not installed"), arguments: [true, false])
  func openPGP(_ isKeyNamed: Bool) throws {
    let key = try gnuPG()
    defer { try? stopAgent() }
    // Without a key, git asks for that of the committer.
    if isKeyNamed { try sandbox.git("config", "user.signingKey", key) }
    try commit()
    try sandbox.expectClean()
    try sandbox.git("verify-commit", "HEAD")
    #expect(try sandbox.git("log", "-1", "--format=%G? %s|%b") == "G Signed|Body")
    // A copy whose message differs is no longer what was signed.
    let forged = try sandbox.run(
      ["sh", "-c", "git cat-file commit HEAD | sed s/Body/Other/ | git hash-object -t commit -w --stdin"],
      in: sandbox.path)
    try sandbox.git("verify-commit", forged, status: 1)
  }

  private func sshKey(_ name: String = "key") throws -> String {
    let path = sandbox.directory.path(name)
    try sandbox.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "cy", "-f", path], in: "/")
    let text = try #require(sandbox.directory.read("\(name).pub")?.text)
    try sandbox.directory.write(ByteString("cy@example.com \(text)"), to: "allowed")
    try sandbox.git("config", "gpg.format", "ssh")
    try sandbox.git("config", "gpg.ssh.allowedSignersFile", sandbox.directory.path("allowed"))
    return path
  }

  @Test(.enabled(if: has("ssh-keygen"), "ssh-keygen is not installed"))
  func ssh() throws {
    try sandbox.git("config", "user.signingKey", try sshKey())
    try commit()
    try sandbox.expectClean()
    try sandbox.git("verify-commit", "HEAD")
    #expect(try sandbox.git("log", "-1", "--format=%G? %s|%b") == "G Signed|Body")
  }

  /// A public key in the configuration itself: an agent has the private one.
  @Test(
    .enabled(if: has("ssh-agent"), "ssh-agent is not installed"),
    arguments: ["user.signingKey", "gpg.ssh.defaultKeyCommand"])
  func sshWithAnAgent(_ setting: String) throws {
    let key = try sshKey()
    let text = try #require(sandbox.directory.read("key.pub")?.text.split(separator: "\n").first.map(String.init))
    try sandbox.git("config", setting, setting == "user.signingKey" ? "key::\(text)" : "echo '\(text)'")
    let program = Repository.program("CommitLoop")
    let run = try Command(
      ["ssh-agent", "sh", "-c", "ssh-add -q '\(key)' && '\(program)' '\(sandbox.path)' 1"],
      environment: sandbox.environment
    ).run()
    #expect(run.status == 0, "\(run.errorOutput)")
    try sandbox.git("verify-commit", "HEAD")
  }

  /// A signature that fails leaves the repository as it was.
  @Test(arguments: [
    (["gpg.program": "false"], "false"), (["gpg.program": "/nowhere/gpg"], "/nowhere/gpg"),
    (["gpg.program": "true"], "true"), (["gpg.format": "morse"], "gpg.format"),
    (["gpg.format": "ssh"], "user.signingkey"),
    (["gpg.format": "ssh", "user.signingKey": "/nowhere/key"], "ssh-keygen"),
    (["gpg.format": "ssh", "gpg.ssh.defaultKeyCommand": "echo none"], "echo none"),
  ])
  func failures(_ settings: [String: String], _ subject: String) throws {
    for (key, value) in settings { try sandbox.git("config", key, value) }
    let before = try sandbox.git("count-objects")
    let head = try sandbox.git("rev-parse", "HEAD")
    let snapshot = Snapshot.rendered("a: 1\n")
    let error = expectRefusal(.cannotSign) { try sandbox.commit(snapshot) }
    #expect(error?.subject == subject)
    #expect(try sandbox.git("count-objects") == before)
    #expect(try sandbox.git("rev-parse", "HEAD") == head)
    try sandbox.expectClean()
  }
}
