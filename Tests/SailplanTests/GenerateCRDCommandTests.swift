import Files
import TestSupport
import Testing

@Suite struct GenerateCRDCommandTests {
  @Test func saysWhatKeepsAFileFromBeingRead() throws {
    let shell = try Shell()
    try shell.write("go.mod", "module example.com/api\n")
    try shell.write("api.go", "package api\n\ntype Thing struct {\n\tname string `json:\"name\n}\n")
    try shell.run("crd", "generate", "--paths", ".").expect(2, "api.go:4:")
    #expect(!shell.directory.exists("config"))
  }
}
