import Testing

/// What commands say of themselves, and of mistakes.
@Suite struct HelpTests {
  @Test(arguments: ["commit", "diff", "render", "verify", "check", "watch", "assemble"])
  func usageNamesTheProgram(command: String) throws {
    let shell = try Shell()
    try shell.run(command, "--help").expect(0, "USAGE: sailplan \(command) ")
    try shell.run(command, "--nonsense").expect(64, "Usage: sailplan \(command) ")
  }

  @Test func completionsAreOfTheProgram() throws {
    try Shell().run("--generate-completion-script", "bash").expect(0, "_sailplan_verify")
  }
}
