import Files
import TestSupport
import Testing

/// Packages and bundles in a registry.
@Suite(.enabled(if: RegistryServer.isAvailable, "docker-registry is not installed"))
struct PackagePushTests {
  /// The last word of what `bundle push` and `package release --push` print, without its quotes.
  private func pushed(_ result: Command.Result) -> String {
    result.text.split(separator: " ").last.map { String($0.replacing("'", with: "")) } ?? ""
  }

  @Test func pushesARepositoryOfPackages() throws {
    let server = try RegistryServer()
    defer { withExtendedLifetime(server) {} }
    let shell = try Shell()
    let bundle = "\(server.name)/velero/bundle:v1"
    try shell.run("bundle", "push", "-b", bundle, "--lock-output", "bundle.lock.yml").expect(0)
    let target = "\(server.name)/velero/packages:1.0.0"
    let release = ["package", "release", "v1.18.1", "--lock", "bundle.lock.yml", "-o", "r", "--push", target]
    let first = try shell.command(release).run()
    first.expect(0, "velero.sailplan.dev.1.18.1+sailplan.1\n", "Pushed '\(server.name)/velero/packages@sha256:")
    #expect(
      shell.read("r/package-repository.yml") == """
        apiVersion: packaging.carvel.dev/v1alpha1
        kind: PackageRepository
        metadata:
          annotations:
            kctrl.carvel.dev/repository-version: 1.0.0
          name: velero.sailplan.dev
        spec:
          fetch:
            imgpkgBundle:
              image: \(pushed(first))

        """)
    try shell.run("bundle", "pull", "-b", target, "-o", "pulled").expect(0)
    #expect(
      try Command(["diff", "-r", "r/packages", "pulled/packages"], in: shell.directory.path).run().status == 0)
    #expect(shell.read("pulled/.imgpkg/images.yml") == shell.read("r/.imgpkg/images.yml"))
    // The same packages are the same bundle; others do not take its tag.
    #expect(pushed(try shell.command(release).run()) == pushed(first))
    try shell.command(release + ["--revision", "2"]).run().expect(2, "1.0.0")
    try shell.command(release + ["--revision", "2", "--overwrite"]).run().expect(0)
  }

  @Test func tellsWhatABundleConsistsOf() throws {
    let server = try RegistryServer()
    defer { withExtendedLifetime(server) {} }
    let shell = try Shell.repository()
    let bundle = "\(server.name)/bundle:v1"
    let digest = pushed(try shell.run("bundle", "push", "-b", bundle)).split(separator: "@sha256:").last.map(
      String.init)
    let name = try #require(digest)
    try shell.run("sbom", "-b", bundle).expect(0, "./config/objects.yaml", "pkg:oci/bundle@sha256:\(name)")
    try shell.run("sbom", "-b", bundle, "--format", "cyclonedx").expect(0, "pkg:oci/bundle@sha256:\(name)")
    let commit = try shell.git("rev-parse", "HEAD")
    try shell.run("provenance", "-b", bundle).expect(
      0, #""sha256": "\#(name)""#, #""gitCommit": "\#(commit)""#, "https://sailplan.dev/bundle/v1",
      #""externalParameters": {}"#)
    // Nobody vouches for a bundle that was made of something else.
    try shell.edit("bundle/config/objects.yaml", "replicas:", "replicas: ")
    try shell.git("commit", "-qam", "Change the bundle")
    try shell.run("provenance", "-b", bundle).expect(
      2, "was not made of the bundle 'bundle': config/objects.yaml differs", "--revision")
    try shell.run("provenance", "-b", bundle, "--revision", "HEAD^").expect(0, #""gitCommit": "\#(commit)""#)
  }
}
