import Files
import TestSupport
import Testing
import YAML

/// `sailplan package release` as a program.
@Suite struct PackageReleaseTests {
  private let bundle = "registry.example.org/velero@sha256:" + String(repeating: "12", count: 32)
  private let packages = "repository/packages/velero.sailplan.dev"

  private func release(_ shell: Shell, _ arguments: String...) throws -> Command.Result {
    try shell.command(["package", "release", "-b", bundle, "-o", "repository"] + arguments).run()
  }

  @Test func writesPackagesOfReleases() throws {
    let shell = try Shell()
    try release(shell, "v1.15.2", "v1.9.7").expect(
      0, "velero.sailplan.dev.1.15.2+sailplan.1\nvelero.sailplan.dev.1.9.7+sailplan.1\n")
    let package = try #require(shell.read("\(packages)/1.15.2+sailplan.1.yml"))
    for part in [
      "name: velero.sailplan.dev.1.15.2+sailplan.1\n", "constraints: '>=1.18.0'\n",
      "releasedAt: \"2023-11-14T22:13:20Z\"\n", "image: \(bundle)\n", "- .imgpkg/images.yml\n",
      "displayName: velero/velero-plugin-for-aws\n    version: v1.11.1\n", "default: v1.15.2\n",
      "/velero/releases/tag/v1.15.2",
    ] { #expect(package.contains(part), "\(part)") }
    #expect(shell.read("\(packages)/1.9.7+sailplan.1.yml")?.contains("constraints: '>=1.16.0'") == true)
    #expect(shell.read("\(packages)/metadata.yml")?.contains("kind: PackageMetadata\n") == true)
    #expect(shell.read("repository/.imgpkg/images.yml")?.contains("kbld.carvel.dev/id: \(bundle)\n") == true)
  }

  /// Whatever is asked for first, and what lies there already.
  @Test func sameReleasesGiveTheSameBytes() throws {
    let shells = [try Shell(), try Shell()]
    try release(shells[0], "v1.18.1", "v1.17.2").expect(0)
    try release(shells[1], "v1.17.2").expect(0)
    try release(shells[1], "v1.18.1").expect(0)
    let trees = try shells.map { shell in
      try Command(["sh", "-c", "find . -type f | sort | xargs sha256sum"], in: shell.directory.path("repository")).run()
    }
    #expect(trees[0].text == trees[1].text)
    #expect(trees[0].text.split(separator: "\n").count == 4)
  }

  @Test func thereIsAPackageOfEveryRelease() throws {
    let shell = try Shell()
    let releases = try shell.run("release", "list").text.split(separator: "\n").dropFirst().map {
      String($0.split(separator: " ")[0].dropFirst())
    }
    try release(shell, "--revision", "7", "--name", "backup.example.org").expect(0)
    for name in releases {
      #expect(shell.directory.exists("repository/packages/backup.example.org/\(name)+sailplan.7.yml"), "\(name)")
    }
  }

  /// The one source of the schema is the bundle; what differs is the release, which the package says itself.
  @Test func schemaIsWhatTheEngineSaysOfTheBundle() throws {
    let shell = try Shell()
    try release(shell, "v1.13.2").expect(0)
    let text = try #require(shell.read("\(packages)/1.13.2+sailplan.1.yml"))
    let package = try document(ByteString(text))
    guard case .sequence(let steps)? = package.value(at: "spec", "template", "spec", "template"),
      let inline = steps.first?.value.value(at: "ytt", "inline", "paths", "release.yaml")?.stringValue
    else {
      Issue.record("no step for ytt")
      return
    }
    try shell.write("release.yaml", inline)
    let inspected = try shell.run(
      "ytt", "-f", "\(Repository.root)/overlays/velero/config", "-f", "release.yaml", "--data-values-schema-inspect",
      "-o", "openapi-v3")
    let schema = try document(inspected.output).value(at: "components", "schemas", "dataValues")
    let expected = try json(try #require(schema))
    #expect(try json(try #require(package.value(at: "spec", "valuesSchema", "openAPIv3"))) == expected)
    // The package takes its own release only.
    try shell.write("values.yaml", "velero: {version: v1.18.1}\nprovider: kind\nbackupStorage: {enabled: false}\n")
    let config = ["-f", "\(Repository.root)/overlays/velero/config", "-f", "release.yaml"]
    try shell.command(["ytt"] + config + ["--data-values-file", "values.yaml"]).run().expect(2, "v1.13.2")
    try shell.write("values.yaml", "provider: kind\nbackupStorage: {enabled: false}\n")
    try shell.command(["ytt"] + config + ["--data-values-file", "values.yaml"]).run().expect(
      0, "image: velero/velero:v1.13.2\n")
  }

  private func document(_ text: ByteString) throws -> Node {
    try #require(try ParsedFile.parse(SourceFile.register(path: "-", contents: text)).documents.first?.value)
  }

  private func json(_ node: Node) throws -> ByteString {
    var out = ByteBuffer()
    try printJSON(node, into: &out)
    return out.finish()
  }

  @Test func refusesWhatCannotBeReleased() throws {
    let shell = try Shell()
    try shell.run("package", "release", "-b", "a.b/c:v1", "-o", "x").expect(2, "'a.b/c:v1' has no digest")
    try release(shell, "v1.18.9").expect(2, "'v1.18.9' is not known", "did you mean v1.18.0, v1.18.1?")
    try release(shell, "--name", "velero").expect(2, "'velero' cannot name a package")
    try release(shell, "--revision", "0").expect(64, "--revision begins with 1")
    #expect(!shell.directory.exists("repository"))
  }
}
