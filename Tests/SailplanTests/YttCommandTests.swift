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

  @Test(arguments: ["fmt", "a.yml"]) func wordsThatAreNoCommandAreRefused(_ word: String) throws {
    let shell = try Shell()
    for result in [try shell.run("ytt", word, "-f", "a.yml"), try shell.run("ytt", "template", word)] {
      result.expect(2)
      #expect(result.errorOutput.text.contains("command 'ytt' does not accept extra arguments '\(word)'"))
      #expect(result.errorOutput.text.contains("name files with -f"))
    }
  }

  @Test(arguments: ["help", "--help", "-h"]) func helpIsPrinted(_ word: String) throws {
    try Shell().run("ytt", word).expect(0, "usage: sailplan ytt", "--data-values-file")
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

/// The bounds of templates, and the flags that move them.
struct YttLimitTests {
  /// A template that asks for more than `flag` set to `refused` allows, and no more than `allowed`.
  struct Case: Sendable, CustomTestStringConvertible {
    let flag: String
    let refused: String
    let allowed: String
    let template: String

    var testDescription: String { flag }
  }

  static let cases = [
    Case(
      flag: "--max-steps", refused: "1000", allowed: "2k",
      template: "#@ n = 0\n#@ for i in range(1500):\n#@ n += i\n#@ end\na: #@ n\n"),
    Case(
      flag: "--max-call-depth", refused: "50", allowed: "20k",
      template: "#@ def f(n):\n#@ return 0 if n == 0 else 1 + f(n - 1)\n#@ end\na: #@ f(10000)\n"),
    Case(flag: "--max-depth", refused: "3", allowed: "4", template: "a: {b: {c: {d: 1}}}\n"),
    Case(flag: "--max-file-size", refused: "10", allowed: "100", template: "a: a text of more bytes\n"),
    Case(
      flag: "--max-nodes", refused: "1000", allowed: "4k",
      template: "#@ x = [1]\n#@ for i in range(10):\n#@ x = [x, x]\n#@ end\na: #@ x\n"),
    Case(flag: "--max-nodes", refused: "20", allowed: "50", template: "a: &a [1, 2, 3, 4, 5, 6]\nb: [*a, *a, *a]\n"),
    Case(flag: "--max-string-size", refused: "1000", allowed: "1M", template: "a: #@ 'a' * 2000\n"),
    Case(
      flag: "--max-string-size", refused: "1000", allowed: "1M",
      template: "#@ load(\"@ytt:yaml\", \"yaml\")\n#@ s = 'a' * 400\na: #@ yaml.encode([s, s, s])\n"),
    Case(
      flag: "--max-string-size", refused: "1000", allowed: "1M",
      template: "#@ load(\"@ytt:json\", \"json\")\n#@ s = 'a' * 400\na: #@ json.encode([s, s, s])\n"),
    Case(flag: "--max-elements", refused: "100", allowed: "1k", template: "a: #@ len([i for i in range(200)])\n"),
    Case(
      flag: "--max-output-size", refused: "10k", allowed: "1M",
      template: "#@ s = 'a' * 400\n#@ for i in range(100):\n---\na: #@ s\n#@ end\n"),
  ]

  @Test(arguments: cases) func isRefusedAndAllowed(_ limit: Case) throws {
    let shell = try Shell()
    try shell.write("a.yml", ByteString(limit.template))
    let refused = try shell.run("ytt", "-f", "a.yml", limit.flag, limit.refused)
    #expect(refused.status == 2)
    #expect(refused.output.isEmpty)
    #expect(refused.errorOutput.text.contains("hint: ") && refused.errorOutput.text.contains(limit.flag))
    let allowed = try shell.run("ytt", "-f", "a.yml", limit.flag, limit.allowed)
    #expect(allowed.status == 0, "\(allowed.errorOutput)")
    #expect(try shell.run("ytt", "-f", "a.yml", "--max-call-depth", "20k").output == allowed.output)
  }

  @Test(arguments: [["-o", "json"], ["-o", "pos"], ["--output-files", "out"], ["--bulk-out"]])
  func outputOfEveryFormIsBounded(_ flags: [String]) throws {
    let shell = try Shell()
    try shell.write("a.yml", "#@ s = 'a' * 4000\n#@ for i in range(10):\n---\na: #@ s\n#@ end\n")
    let refused = try shell.command(["ytt", "-f", "a.yml", "--max-output-size", "10k"] + flags).run()
    refused.expect(2)
    #expect(refused.errorOutput.text.contains("--max-output-size"))
    #expect(shell.read("out/a.yml") == nil)
    #expect(try shell.command(["ytt", "-f", "a.yml", "--max-output-size", "1M"] + flags).run().status == 0)
  }

  /// Each of these would need more memory than there is, or never end.
  @Test(arguments: [
    "#@ x = [1]\n#@ for i in range(200):\n#@ x = [x, x]\n#@ end\na: #@ x\n",
    "#@ def twice(x):\n- #@ x\n- #@ x\n#@ end\n#@ def many():\n#@ x = [1]\n#@ for i in range(200):\n#@ x = twice(x)\n#@ end\n"
      + "#@ return x\n#@ end\n---\na: #@ many()\n",
    "#@ s = 'a' * 100000\n#@ for i in range(100000):\n---\na: #@ s\n#@ end\n",
  ])
  func whatGrowsWithoutEndIsStopped(_ template: String) throws {
    let shell = try Shell()
    try shell.write("a.yml", ByteString(template))
    let result = try shell.run("ytt", "-f", "a.yml", "--max-nodes", "100k", "--max-output-size", "10M")
    result.expect(2)
    #expect(result.errorOutput.text.contains("allow more with --max-"))
  }

  @Test(arguments: ["0", "-1", "", "many", "1T", "99999999999999999999", "9999999999G"])
  func malformedNumbersAreRefused(_ number: String) throws {
    let result = try Shell().run("ytt", "--max-steps=\(number)")
    result.expect(2)
    #expect(result.errorOutput.text.contains("--max-steps"))
  }

  @Test func depthHasABoundOfItsOwn() throws {
    try Shell().run("ytt", "--max-depth", "501").expect(2)
    let shell = try Shell()
    try shell.write("a.yml", ByteString(String(repeating: "[", count: 490) + String(repeating: "]", count: 490)))
    #expect(try shell.run("ytt", "-f", "a.yml").status == 2)
    #expect(try shell.run("ytt", "-f", "a.yml", "--max-depth", "500").status == 0)
  }

  @Test func helpNamesThem() throws {
    let help = try Shell().run("ytt", "--help").output.text
    for limit in Self.cases { #expect(help.contains(limit.flag)) }
  }

  @Test func debuggingTellsWhatFilesAreTakenFor() throws {
    let shell = try Shell()
    try shell.write("a.yml", "a: 1\n")
    try shell.write("b.star", "b = 1\n")
    let result = try shell.run("ytt", "-f", "a.yml", "-f", "b.star", "--debug")
    #expect(result.output == "a: 1\n")
    let lines = result.errorOutput.text.split(separator: "\n")
    #expect(lines.prefix(2) == ["file a.yml: YAML template", "file b.star: Starlark library"])
    #expect(lines.last?.hasPrefix("total: ") == true)
  }
}
