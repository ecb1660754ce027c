import Files
import TestSupport
import Testing

/// `sailplan validate` as a program.
@Suite struct ValidateCommandTests {
  private let backup: ByteString = """
    apiVersion: velero.io/v1
    kind: Backup
    metadata: {name: a, namespace: velero}
    spec:
      includedNamespace: [a]
      ttl: 720
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: b}
    """

  @Test func checksFilesAgainstARelease() throws {
    let shell = try Shell()
    try shell.write("backup.yaml", backup)
    try shell.run("validate", "backup.yaml").expect(
      1, "backup.yaml:6:8: error: 'spec.ttl' must be a string, not an integer", #"hint: put it in quotes: "720""#,
      "backup.yaml:5:3: warning: 'spec.includedNamespace' is no field of this kind",
      "did you mean 'includedNamespaces'?", "object: Backup velero/a",
      "1 object checked, 1 of other kinds left alone: 1 error, 1 warning")
    try shell.run("validate", "--velero-version", "v1.18.0", "backup.yaml").expect(1, "'spec.ttl'")
    try shell.write(
      "queued.yaml", "{apiVersion: velero.io/v1, kind: Backup, metadata: {name: a}, status: {phase: Queued}}")
    try shell.run("validate", "--velero-version", "v1.18.1", "queued.yaml").expect(0)
    try shell.run("validate", "--velero-version", "v1.17.2", "queued.yaml").expect(1, "'status.phase' must be one of")
  }

  @Test func readsDirectoriesAndStandardInput() throws {
    let shell = try Shell()
    try shell.write("objects/a.yaml", "apiVersion: velero.io/v1\nkind: Backup\nmetadata: {name: a}\nspec: {}\n")
    try shell.write("objects/b.json", #"{"apiVersion": "velero.io/v1", "kind": "Restor", "metadata": {"name": "a"}}"#)
    try shell.write("objects/c.txt", "[")
    try shell.run("validate", "objects").expect(
      1, "objects/b.json:1:", "there is no kind 'Restor' in velero.io", "did you mean 'Restore'?",
      "2 objects checked: 1 error, 0 warnings")
    var command = shell.command(["validate", "-"])
    command.input = "apiVersion: velero.io/v1\nkind: Backup\nmetadata: {name: a}\nspec: {}\n"
    try command.run().expect(0, "1 object checked: nothing wrong")
  }

  @Test func failsOnWarningsIfToldTo() throws {
    let shell = try Shell()
    try shell.write("a.yaml", "apiVersion: velero.io/v1\nkind: Backup\nmetadata: {name: a}\nspec: {tttl: 1h}\n")
    try shell.run("validate", "a.yaml").expect(0, "0 errors, 1 warning")
    try shell.run("validate", "--strict", "a.yaml").expect(1, "0 errors, 1 warning")
    try shell.run("validate", "--format", "json", "a.yaml").expect(
      0, #""severity": "warning""#, #""field": "spec.tttl""#, #""line": 4"#, #""checked": 1"#)
  }

  /// With the bundle that the program carries.
  @Test func checksWhatEnvironmentsRender() throws {
    let shell = try Shell()
    try shell.run("init", "--provider", "kind", "--name", "a").expect(0)
    try shell.run("validate").expect(0, "nothing wrong")
    try shell.run("validate", "a", "environments/a").expect(0, "nothing wrong")
    try shell.write(
      "environments/a/overlays/schedule.yaml",
      """
      #@ load("@ytt:overlay", "overlay")
      #@overlay/match by=overlay.subset({"kind": "BackupStorageLocation"})
      ---
      spec:
        #@overlay/match missing_ok=True
        accessMode: ReadSometimes
      """)
    try shell.run("validate", "a").expect(
      1, "environments/a/rendered/velero.io_v1_backupstoragelocation_default.yaml:",
      #"'spec.accessMode' must be one of "ReadOnly", "ReadWrite", not "ReadSometimes""#)
  }

  @Test func tellsWhatItCannotFind() throws {
    let shell = try Shell()
    try shell.run("validate", "nothing").expect(2, "'nothing' is neither a file nor an environment")
    try shell.run("validate").expect(2, "there is no sailplan.yaml")
    try shell.write("a.yaml", "a: [\n")
    try shell.write("b.yaml", "b: ]\n")
    try shell.run("validate", "a.yaml").expect(2, "a.yaml:")
    try shell.run("validate", "a.yaml", "--velero-version", "v1.99.0").expect(2, "Velero 'v1.99.0' is not known")
    try shell.run("validate", "a.yaml", "--velero-version", "v1.18.1", "--crds", "x").expect(64, "exclude each other")
    try shell.run("validate", "").expect(64)
  }
}
