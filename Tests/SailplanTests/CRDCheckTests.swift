import Files
import TestSupport
import Testing

/// `sailplan crd check` as a program.
@Suite struct CRDCheckTests {
  private func definition(_ phases: String, kind: String = "Widget") -> ByteString {
    ByteString(
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: widgets.example.com}
      spec:
        group: example.com
        names: {plural: widgets, kind: \(kind)}
        scope: Namespaced
        versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                phase: {type: string, enum: [\(phases)]}

      """)
  }

  @Test func comparesFilesAndDirectories() throws {
    let shell = try Shell()
    try shell.write("old.yaml", definition("New, Done"))
    try shell.write("new/deep/widgets.yaml", definition("New"))
    try shell.write("new/.hidden.yaml", "not: [yaml")
    try shell.run("crd", "check", "old.yaml", "new").expect(
      1, #"narrowing spec.versions[v1].schema.phase: not accepted any more: "Done" [enum-values-removed]"#,
      "old: old.yaml:16, new: new/deep/widgets.yaml:16", "Stored objects with one of these values are invalid",
      "1 definition compared: 1 narrowing")
    try shell.run("crd", "check", "new", "old.yaml").expect(0, "1 definition compared: 1 additive")
    try shell.run("crd", "check", "old.yaml", "old.yaml").expect(0, "1 definition compared: nothing changed")
  }

  @Test func failsFromTheSeverityOnThatIsAskedFor() throws {
    let shell = try Shell()
    try shell.write("old.yaml", definition("New, Done"))
    try shell.write("new.yaml", definition("New"))
    try shell.write("refused.yaml", definition("New, Done", kind: "Gadget"))
    try shell.run("crd", "check", "old.yaml", "new.yaml", "--fail-on", "data-loss").expect(0)
    try shell.run("crd", "check", "old.yaml", "refused.yaml", "--fail-on", "refused").expect(1, "kind-changed")
    try shell.run("crd", "check", "old.yaml", "refused.yaml", "--fail-on", "never").expect(0)
    try shell.run("crd", "check", "old.yaml", "new.yaml", "--fail-on", "always").expect(64, "--fail-on")
  }

  @Test func printsJSON() throws {
    let shell = try Shell()
    try shell.write("old.yaml", definition("New, Done"))
    var command = shell.command(["crd", "check", "old.yaml", "-", "--format", "json"])
    command.input = definition("New")
    let result = try command.run()
    result.expect(
      1, #""rule": "enum-values-removed""#, #""severity": "narrowing""#, #""field": "phase""#,
      #""file": "standard input""#, #""worst": "narrowing""#)
  }

  @Test func takesReleases() throws {
    let shell = try Shell()
    try shell.run("crd", "check", "v1.18.1", "v1.18.1").expect(0, "13 definitions compared: nothing changed")
    try shell.run("crd", "check", "v1.17.2", "v1.18.1").expect(0, "13 definitions compared: 9 additive")
    try shell.run("crd", "check", "v1.18.1", "v1.17.2").expect(
      1, "old: v1.18.1:", "new: v1.17.2:", "13 definitions compared: 6 data-loss, 1 narrowing, 2 additive")
    try shell.run("crd", "check", "v1.9.7", "v1.10.0").expect(1, "kind ResticRepository goes away")
    try shell.run("crd", "check", "v1.18.1", "v1.99.0").expect(2, "Velero 'v1.99.0' is not known")
  }

  /// The definitions that the program carries mean the same as those of the real releases.
  @Test(.enabled(if: Repository.goldens != nil)) func findsNoDifferenceFromTheRealReleases() throws {
    let shell = try Shell()
    let folder = "\(try #require(Repository.goldens))/crds"
    let index = try Disk.read("\(folder)/index.tsv", limit: 1 << 20).text
    for line in index.split(separator: "\n").dropFirst() {
      let fields = line.split(separator: "\t").map(String.init)
      try shell.run("crd", "check", "\(folder)/\(fields[1])", fields[0]).expect(
        0, "\(fields[2]) definitions compared: nothing changed")
    }
  }

  @Test func tellsAllThatIsWrongWithBothSides() throws {
    let shell = try Shell()
    try shell.write("none.yaml", "kind: Secret\n")
    try shell.write("bad.yaml", "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n")
    try shell.write("yaml.yaml", "a: [\n")
    try shell.run("crd", "check", "none.yaml", "bad.yaml").expect(
      2, "there is no CustomResourceDefinition in none.yaml", "bad.yaml:1:1: error: 'metadata' is missing")
    try shell.run("crd", "check", "missing.yaml", "yaml.yaml").expect(
      2, "cannot read missing.yaml: there is no such file or directory", "yaml.yaml:")
    try shell.run("crd", "check", "none.yaml").expect(64)
    try shell.run("crd", "check", "-", "-").expect(64, "only one of OLD and NEW")
  }
}
