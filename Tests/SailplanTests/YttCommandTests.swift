import Files
import TestSupport
import Testing

/// What `sailplan ytt` reads besides plain files.
struct YttInputTests {
  private func bash(_ script: String, in shell: Shell, input: ByteString = .empty) throws -> Command.Result {
    try Command(
      ["bash", "-c", script, "bash", Product.sailplan], in: shell.directory.path, input: input, timeout: 60
    ).run()
  }

  @Test(arguments: [
    "cat a.yml | \"$1\" ytt -f-",
    "cat a.yml | \"$1\" ytt -f x.yml=-",
    "cat a.yml | \"$1\" ytt -f x.yml=/dev/stdin",
    "cat a.yml | \"$1\" ytt -f x.yml=/proc/self/fd/0",
    "\"$1\" ytt -f x.yml=<(cat a.yml)",
    "\"$1\" ytt --data-values-file <(cat a.yml) --data-values-inspect",
    "\"$1\" ytt --data-values-file - --data-values-inspect < a.yml",
    "mkfifo pipe.yml; cat a.yml > pipe.yml & \"$1\" ytt -f pipe.yml",
  ])
  func pipesAreRead(_ script: String) throws {
    let shell = try Shell()
    try shell.write("a.yml", "a: 1\n")
    let result = try bash(script, in: shell)
    #expect(result.status == 0, "\(result.errorOutput)")
    #expect(result.output == "a: 1\n")
  }

  @Test func aPipeWithoutANameIsNoTemplate() throws {
    let shell = try Shell()
    let result = try bash("\"$1\" ytt -f <(echo 'a: 1')", in: shell)
    #expect(result.status == 0, "\(result.errorOutput)")
    #expect(result.output.isEmpty)
  }

  @Test func aLinkToAFileStaysForbidden() throws {
    let shell = try Shell()
    try shell.write("a.yml", "a: 1\n")
    let script = "ln -s a.yml b.yml; \"$1\" ytt -f b.yml"
    let result = try bash(script, in: shell)
    #expect(result.status == 2)
    #expect(result.errorOutput.text.contains("--allow-symlink-destination"))
  }

  @Test func standardInputCanBeReadOnce() throws {
    let shell = try Shell()
    let result = try shell.run("ytt", "-f", "-", "--data-values-file", "-")
    #expect(result.status == 2)
    #expect(
      result.errorOutput.text.contains(
        "Extracting data value from file: Reading file 'stdin.yml': Standard input has already been read"))
  }

  @Test func addressesAreNotFetched() throws {
    let result = try Shell().run("ytt", "-f", "https://example.com/config/all.yml")
    #expect(result.status == 2)
    #expect(result.errorOutput.text.contains("rendering does not use the network"))
    #expect(result.errorOutput.text.contains("curl -fsSL 'https://example.com/config/all.yml'"))
    #expect(result.errorOutput.text.contains("-f 'all.yml=-'"))
  }

  @Test func aLoadedFileThatFailsIsShownWhereItFails() throws {
    let shell = try Shell()
    try shell.write("a.star", "def f(x):\n  return 1 // x\nend\ny = f(0)\n")
    try shell.write("b.yml", "#@ load(\"a.star\", \"y\")\n---\na: #@ y\n")
    let result = try shell.run("ytt", "-f", "b.yml", "-f", "a.star")
    let lines = result.errorOutput.text.split(separator: "\n").filter { $0.contains(".star:") || $0.contains(".yml:") }
    #expect(
      lines == [
        "b.yml:1:4: error: cannot load a.star: floored division by zero", "  = note: a.star:2:12: it failed here",
        "  = note: a.star:4:5: called from <toplevel>",
      ])
  }
}
