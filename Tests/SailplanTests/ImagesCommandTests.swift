import Files
import OCI
import TestSupport
import Testing
import YAML

@Suite struct ImagesCommandTests {
  private static func workspace() throws -> Shell {
    let shell = try Shell()
    try shell.run("init").expect(0)
    try shell.run("env", "add", "a", "--provider", "aws").expect(0)
    try shell.run("env", "add", "v", "--provider", "vsphere", "--group", "g").expect(0)
    return shell
  }

  @Test func listsImagesAndWhatStartsThem() throws {
    let shell = try Self.workspace()
    let names = try shell.run("images", "list", "--format", "images")
    names.expect(0)
    #expect(
      names.text.split(separator: "\n") == [
        "velero/velero-plugin-for-aws:v1.14.0", "velero/velero:v1.18.1", "vsphereveleroplugin/backup-driver:v1.7.0",
        "vsphereveleroplugin/data-manager-for-plugin:v1.7.0", "vsphereveleroplugin/velero-plugin-for-vsphere:v1.7.0",
      ])
    try shell.run("images", "list", "a").expect(
      0,
      "velero/velero:v1.18.1\n  Deployment velero/velero (apps/v1) spec.template.spec.containers[name=velero].image: a\n"
    )
    try shell.run("images", "list", "--format", "json").expect(0, "\"rule\": \"backup_driver\"", "\"g/v\"")
    try shell.run("images", "list", "--format", "yaml").expect(0, "    rule: backup_driver\n")
    try shell.run("images", "list", "--velero-version", "v1.9.7", "--format", "images").expect(
      0, "velero/velero-restic-restore-helper:v1.9.7\n", "docker.io/chrislusf/seaweedfs@sha256:",
      "velero/velero-plugin-for-microsoft-azure:v1.5.5\n")
    let rendered = try shell.run("render", "--stdout", "a").output
    var list = shell.command(["images", "list", "--path", "-", "--velero-version", "v1.18.1"])
    list.input = rendered
    try list.run().expect(
      0, "jobs that keep backup repositories in order (as Deployment velero/velero (apps/v1) has it): standard input")
    // The server's image says which release it is.
    let install = try shell.run(
      "install", "--dry-run", "-o", "yaml", "--velero-version", "v1.9.7", "--provider", "aws", "--bucket", "b",
      "--no-secret", "--use-restic", "--plugins", "velero/velero-plugin-for-aws:v1.5.5")
    list = shell.command(["images", "list", "--path", "-", "--format", "images"])
    list.input = install.output
    #expect(
      try list.run().text.split(separator: "\n") == [
        "velero/velero-plugin-for-aws:v1.5.5", "velero/velero-restic-restore-helper:v1.9.7", "velero/velero:v1.9.7",
      ])
    try shell.run("images", "list", "--velero-version", "v1.18.1", "--provider", "moon").expect(2, "'moon'")
    try shell.run("images", "list", "a", "--velero-version", "v1.18.1").expect(64)
  }

  @Test func rewritesNamesAndLocks() throws {
    let shell = try Shell()
    let digest = "sha256:" + String(repeating: "a", count: 64)
    try shell.write(
      "lock.yml",
      ByteString(
        """
        apiVersion: imgpkg.carvel.dev/v1alpha1
        kind: ImagesLock
        images:
        - image: velero/velero@\(digest)
          annotations: {kbld.carvel.dev/id: velero/velero:v1}
        """))
    let rule = "docker.io/velero=m.example.com/v"
    try shell.run("images", "rewrite", "--map", rule, "velero/velero:v1", "a/b").expect(
      0, "m.example.com/v/velero:v1\nindex.docker.io/a/b:latest\n")
    try shell.run("images", "rewrite", "--map", rule, "--lock", "lock.yml").expect(
      0, "    kbld.carvel.dev/id: velero/velero:v1\n  image: m.example.com/v/velero@\(digest)\n")
    try shell.run("images", "rewrite", "--map", rule, "--lock", "lock.yml", "-o", "new.yml").expect(0)
    #expect(shell.read("new.yml")?.contains("m.example.com/v/velero@") ?? false)
    try shell.run("images", "rewrite", "--map", "a", "b").expect(64)
    try shell.run("images", "rewrite", "--map", rule).expect(64)
    try shell.run("images", "rewrite", "--map", "a b=c.example.com", "b").expect(2, "'a b' is not the beginning")
  }
}

/// With images of a registry of their own.
@Suite(.enabled(if: RegistryServer.isAvailable, "docker-registry is not installed"))
struct LockImagesCommandTests {
  /// Pushes something under a name.
  static func push(_ name: String, _ client: RegistryClient) throws -> ContentDigest {
    let reference = try ImageReference(ByteString(name))
    let configuration = ByteString("{\"name\":\"\(name)\"}")
    try client.pushBlob(.bytes(configuration), ContentDigest(configuration), to: reference)
    let descriptor = Descriptor(.dockerConfiguration, of: configuration)
    let text = ByteString(
      """
      {"schemaVersion":2,"mediaType":"\(MediaType.dockerManifest)","config":{"mediaType":\
      "\(MediaType.dockerConfiguration)","size":\(configuration.count),"digest":"\(descriptor.digest)"},"layers":[]}
      """)
    let manifest = FetchedManifest(bytes: text, mediaType: .dockerManifest, digest: ContentDigest(text))
    try client.putManifest(manifest, at: reference)
    return manifest.digest
  }

  @Test func locksRendersAndVerifies() throws {
    let server = try RegistryServer()
    let client = try RegistryClient(RegistryOptions())
    let names = ["velero/velero:v1.18.1", "velero/velero-plugin-for-aws:v1.14.0"]
    let digests = try names.map { try Self.push("\(server.name)/\($0)", client) }
    let shell = try Shell()
    try shell.git("init", "-q", "-b", "main")
    try shell.run("init").expect(0)
    try shell.run("env", "add", "a", "--provider", "aws").expect(0)
    try shell.write(
      "environments/environment.yaml",
      ByteString(
        "apiVersion: sailplan.dev/v1alpha1\nkind: Environment\nrewriteImages: {docker.io: '\(server.name)'}\n"))
    try shell.run("images", "resolve", "\(server.name)/\(names[0])").expect(
      0, "\(server.name)/velero/velero@\(digests[0])\n")

    try shell.run("images", "lock", "--check").expect(1, "missing: velero/velero:v1.18.1\n")
    #expect(shell.read("environments/images.lock.yaml") == nil)
    try shell.run("images", "lock", "--from-mirrors").expect(
      0, "environments/images.lock.yaml: 2 images\n", "new: velero/velero:v1.18.1 \(digests[0])\n")
    let lock = try #require(shell.read("environments/images.lock.yaml"))
    #expect(lock.contains("    kbld.carvel.dev/id: velero/velero:v1.18.1\n"))
    #expect(lock.contains("  image: index.docker.io/velero/velero@\(digests[0])\n"))
    try shell.run("images", "lock", "--check").expect(0, "2 images, complete")
    try shell.run("images", "lock", "--from-mirrors", "--refresh").expect(0, "nothing changed")

    try shell.run("commit").expect(0)
    let deployment = try #require(shell.read("environments/a/rendered/apps_v1_deployment_velero.yaml"))
    #expect(deployment.contains("image: \(server.name)/velero/velero@\(digests[0])\n"))
    #expect(deployment.contains("image: \(server.name)/velero/velero-plugin-for-aws@\(digests[1])\n"))
    try shell.run("verify").expect(0, "no drift")

    // Another digest is drift, and a new image is not in the lock.
    try shell.edit("environments/images.lock.yaml", "\(digests[0])", "\(digests[1])")
    try shell.run("verify", "--worktree").expect(
      1, "inputs changed since the last render: environments/images.lock.yaml", "containers[name=velero].image")
    try shell.git("checkout", "-q", ".")
    try shell.edit("environments/a/values.yaml", "v1.18.1", "v1.18.0")
    try shell.run("commit").expect(0)
    try shell.run("verify").expect(
      1,
      "'\(server.name)/velero/velero:v1.18.0' in spec.template.spec.containers[name=velero].image is not in the lock",
      "[image-outside-lock]")
    let failed = try shell.run("images", "lock", "--from-mirrors")
    failed.expect(2, "cannot find the image \(server.name)/velero/velero:v1.18.0")
    #expect(shell.read("environments/images.lock.yaml") == lock)
  }
}
