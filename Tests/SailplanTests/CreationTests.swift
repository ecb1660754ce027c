import TestSupport
import Testing

@Suite struct CreationTests {
  @Test func createsAWorkspaceThatRenders() throws {
    let shell = try Shell()
    try shell.run("init", "--provider", "aws", "--name", "prod-eu").expect(
      0, "created sailplan.yaml", "created environments/prod-eu/values.yaml")
    try shell.run("environment", "add", "laptop", "--provider", "kind").expect(0)
    try shell.run("environment", "add", "eu", "--provider", "azure", "--group", "prod").expect(0)
    try shell.run("environment", "list").expect(0)
    #expect(try shell.run("environment", "list").text == "laptop\nprod-eu\nprod/eu")
    try shell.run("render").expect(0, "laptop: ", "prod-eu: ", "prod/eu: ")
    // Two clusters must not write to one place.
    #expect(shell.read("environments/prod-eu/values.yaml")?.contains("  prefix: prod-eu\n") == true)
    #expect(shell.read("environments/prod/eu/values.yaml")?.contains("  prefix: prod-eu\n") == true)
  }

  @Test func touchesNothingThatExists() throws {
    let shell = try Shell.workspace()
    let before = try shell.snapshot()
    try shell.run("init").expect(2, "this is a workspace already")
    try shell.run("environment", "add", "a", "--provider", "aws").expect(2, "there is an environment 'a' already")
    #expect(try shell.snapshot() == before)
  }

  @Test func refusesAnEnvironmentInsideOfAnother() throws {
    let shell = try Shell.workspace()
    try shell.run("render").expect(0)
    try shell.run("environment", "add", "x", "--group", "a", "--provider", "aws").expect(2, "inside of an environment")
  }

  @Test(arguments: ["..", "a/b", "/a", "-x", ".git", ".GIT", "git~1", ".git.", ".git ", "a\\b", "", "rendered", "a b"])
  func refusesNames(name: String) throws {
    let shell = try Shell()
    try shell.run("init").expect(0)
    let before = try shell.snapshot()
    try shell.run("environment", "add", "--provider", "aws", "--", name).expect(64)
    try shell.run("init", "--provider", "aws", "--name=\(name)", "-C", "new").expect(64)
    #expect(try shell.snapshot() == before)
  }

  @Test func needsNoTerminalAndNoInput() throws {
    let shell = try Shell()
    var command = shell.command(["init", "--provider", "vsphere"])
    command.environment = [:]
    #expect(try command.run().status == 0)
  }
}
