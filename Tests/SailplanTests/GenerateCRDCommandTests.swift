import Files
import TestSupport
import Testing

/// `sailplan crd generate` and `sailplan crd markers` as processes, on a module that vendors what it needs.
@Suite struct GenerateCRDCommandTests {
  /// A module with one kind.
  private static func module(_ spec: ByteString = "Count int32 `json:\"count\"`") throws -> Shell {
    let shell = try Shell()
    try shell.write("go.mod", "module example.com/m\n\ngo 1.24\n")
    try shell.write(
      "vendor/k8s.io/apimachinery/pkg/apis/meta/v1/types.go",
      "package v1\n\ntype TypeMeta struct{}\n\ntype ObjectMeta struct{}\n")
    let source = """
      // +groupName=example.com
      package v1

      import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

      // Thing is a thing.
      type Thing struct {
        metav1.TypeMeta   `json:",inline"`
        metav1.ObjectMeta `json:"metadata,omitempty"`
        Spec Spec `json:"spec"`
      }

      type Spec struct {
        \(spec)
      }

      """
    try shell.write("api/v1/types.go", ByteString(source))
    return shell
  }

  @Test func writesToTheUsualDirectory() throws {
    let shell = try Self.module()
    let result = try shell.run("crd", "generate", "--paths", "./api/...")
    #expect(result.status == 0, "\(result.errorOutput)")
    let manifest = try #require(shell.read("config/crd/example.com_things.yaml"))
    #expect(manifest.hasPrefix("---\n"))
    #expect(manifest.contains("controller-gen.kubebuilder.io/version: v0.16.5\n"))
    #expect(manifest.contains("description: Thing is a thing.\n"))
    #expect(manifest.contains("count:\n                format: int32\n                type: integer\n"))
  }

  @Test func takesControllerGensSpelling() throws {
    let shell = try Self.module()
    let ours = try shell.run("crd", "generate", "--paths", "./api/...", "--max-description-length", "0", "-o", "-")
    let theirs = try shell.run(
      "crd", "generate", "crd:crdVersions=v1,maxDescLen=0", "paths={./api/...}", "output:stdout")
    #expect(ours.status == 0 && theirs.status == 0, "\(ours.errorOutput) \(theirs.errorOutput)")
    #expect(ours.output == theirs.output)
    #expect(!ours.text.contains("description"))
    let directory = try shell.run("crd", "generate", "crd", "paths=./api/v1", "output:crd:dir=out", "output:stdout")
    #expect(directory.status == 0 && directory.output.isEmpty, "\(directory.errorOutput)")
    #expect(shell.read("out/example.com_things.yaml") != nil)
  }

  @Test(arguments: [
    "object", "rbac:roleName=x", "crd:nothing=1", "crd:allowDangerousTypes=maybe", "crd:maxDescLen=x", "output:tape",
    "crd:trivialVersions=true", "output:dir",
  ])
  func refusesWhatItDoesNotKnow(_ argument: String) throws {
    let shell = try Self.module()
    let result = try shell.run("crd", "generate", "crd", argument, "paths=./api/...")
    #expect(result.status == 64, "\(result.errorOutput)")
    #expect(!result.errorOutput.isEmpty)
    #expect(shell.read("config/crd/example.com_things.yaml") == nil)
  }

  @Test func optionsComeAndGoWithReleases() throws {
    let shell = try Self.module()
    let old = try shell.run(
      "crd", "generate", "--controller-gen-version", "v0.3.0", "crd:trivialVersions=true", "paths=./api/...")
    #expect(old.status == 0, "\(old.errorOutput)")
    let tooOld = try shell.run(
      "crd", "generate", "--controller-gen-version", "v0.3.0", "crd:year=2024", "paths=./api/...")
    #expect(tooOld.status == 64)
    #expect(tooOld.errorOutput.text.contains("v0.12.0 brought it"))
  }

  @Test func faultsAreToldWithTheirPlace() throws {
    let shell = try Self.module("Count missing.Int `json:\"count\"`")
    let result = try shell.run("crd", "generate", "--paths", "./api/...")
    #expect(result.status == 2)
    #expect(result.errorOutput.text.contains("api/v1/types.go:14:"))
  }

  @Test func aSyntaxErrorKeepsThePackageOut() throws {
    let shell = try Self.module("Count int32 `json:\"count\"` }")
    let result = try shell.run("crd", "generate", "--paths", "./api/...")
    #expect(result.status == 2)
    #expect(result.errorOutput.text.contains("api/v1/types.go:15:1: error: expected a declaration, found '}'"))
    #expect(shell.read("config/crd/example.com_things.yaml") == nil)
  }

  @Test func saysWhatKeepsAFileFromBeingRead() throws {
    let shell = try Shell()
    try shell.write("go.mod", "module example.com/api\n")
    try shell.write("api.go", "package api\n\ntype Thing struct {\n\tname string `json:\"name\n}\n")
    try shell.run("crd", "generate", "--paths", ".").expect(2, "api.go:4:")
    #expect(!shell.directory.exists("config"))
  }

  @Test func headersAndYears() throws {
    let shell = try Self.module()
    try shell.write("header.txt", "# Copyright YEAR\n")
    let result = try shell.run(
      "crd", "generate", "--paths", "./api/...", "--header-file", "header.txt", "--year", "2024", "-o", "-")
    #expect(result.text.hasPrefix("# Copyright 2024\n"), "\(result.errorOutput)")
    let missing = try shell.run("crd", "generate", "--paths", "./api/...", "--header-file", "nowhere")
    #expect(missing.status == 2)
  }

  @Test func markersAreListed() throws {
    let shell = try Shell()
    let all = try shell.run("crd", "markers")
    #expect(all.status == 0)
    #expect(all.text.contains("+kubebuilder:validation:MinItems=int\n    type, field: "))
    let old = try shell.run("crd", "markers", "--controller-gen-version", "v0.3.0", "XValidation")
    #expect(old.status == 0 && old.output.isEmpty)
  }
}
