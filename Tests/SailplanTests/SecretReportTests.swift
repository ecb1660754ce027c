import Files
import TestSupport
import Testing

/// No report prints what a Secret holds.
@Suite struct SecretReportTests {
  private static let secret = "environments/a/rendered/v1_secret_cloud-credentials.yaml"

  /// A repository whose Secret was edited in one environment, and is missing or made by hand in others.
  private static func drifted() throws -> Shell {
    let shell = try Shell.workspace()
    try shell.git("init", "-q", "-b", "main")
    try shell.write("environments/a/values.yaml", "secret: hunter-rendered\n")
    try shell.write("environments/c/values.yaml", "secret: hunter-rendered\n")
    try shell.run("commit", "--allow-plaintext-secrets").expect(0)
    try shell.edit(secret, "hunter-rendered", "hunter-by-hand")
    try shell.git("rm", "-q", secret.replacing("/a/", with: "/c/"))
    try shell.write(
      "environments/b/rendered/mine.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {k: hunter-mine}\n"
    )
    try shell.write("environments/b/rendered/broken.yaml", "kind: Secret\ndata: {k: hunter-broken\n")
    try shell.git("add", "-A")
    try shell.git("commit", "-qm", "Edit by hand")
    return shell
  }

  @Test(
    arguments: [["diff"]]
      + ["text", "json", "github", "gitlab", "sarif", "junit", "markdown"].map { ["verify", "--format", $0] })
  func hidesContents(arguments: [String]) throws {
    let shell = try Self.drifted()
    for place in [[], ["--worktree"]] {
      let result = try shell.command(arguments + place).run()
      result.expect(1, "cloud-credentials")
      #expect(!result.output.text.contains("hunter"), "\(result.text)")
    }
  }

  @Test func showsThemToThoseWhoAsk() throws {
    let shell = try Self.drifted()
    try shell.run("diff").expect(1, "-(secret, 14 bytes)", "+(secret, 15 bytes)", "may hold secrets")
    try shell.run("diff", "--show-secrets").expect(
      1, "-hunter-by-hand", "+hunter-rendered", "hunter-mine", "hunter-broken")
    try shell.run("verify", "--show-secrets").expect(1, "hunter-rendered")
  }

  /// Messages about a Secret that values are taken from name the place, and do not show it.
  @Test(arguments: [
    ("  values.yaml: |\n    tokn: hunter2\n", "(Secret v, key values.yaml):1:1: error: unknown key 'tokn'"),
    ("  values.yaml: |\n    args: {hunter2\n", "(Secret v, key values.yaml):1:"),
    ("  values.yaml: {hunter2\n", "secret.yaml:5:"), ("  values.yaml: [hunter2]\n", "'values.yaml' must hold a string"),
  ]) func messagesDoNotShowSecrets(data: String, message: String) throws {
    let shell = try Shell.workspace()
    try shell.write(
      "environments/a/environment.yaml",
      "apiVersion: sailplan.dev/v1alpha1\nkind: Environment\nvaluesFrom:\n- file: secret.yaml\n")
    try shell.write(
      "environments/a/secret.yaml",
      ByteString("apiVersion: v1\nkind: Secret\nmetadata: {name: v}\nstringData:\n\(data)"))
    let result = try shell.run("render", "a")
    result.expect(2, message, "(not shown: it is of a Secret)")
    #expect(!result.errorOutput.text.contains("hunter"))
  }

  @Test func hidesValuesThatWereTakenFromASecret() throws {
    let shell = try Shell.workspace()
    try shell.git("init", "-q", "-b", "main")
    try shell.write(
      "environments/a/environment.yaml",
      "apiVersion: sailplan.dev/v1alpha1\nkind: Environment\nvaluesFrom:\n- file: secret.yaml\n")
    try shell.write(
      "environments/a/secret.yaml",
      "apiVersion: v1\nkind: Secret\nmetadata: {name: v}\nstringData:\n  values.yaml: 'args: [--token=hunter2]'\n")
    try shell.run("commit").expect(0)
    try shell.edit("environments/a/rendered/apps_v1_deployment_velero.yaml", "--token=hunter2", "--other")
    let result = try shell.run("diff", "--worktree")
    result.expect(1, "-(secret, 7 bytes)", "+(secret, 15 bytes)")
    #expect(!result.text.contains("hunter2"))
  }
}
