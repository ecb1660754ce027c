import Files
import TestSupport
import Testing
import YAML

struct LimitTests {
  @Test func aliasesOfAliasesEndInAnError() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<12 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(firstProblem(ByteString(text))?.message.contains("once its aliases are expanded") == true)
  }

  @Test(arguments: ["[", "{a: ", "- ", "? ", "[{? ", "a: [", "&a [", "!!x {"])
  func deepNestingEndsInAnError(_ opening: String) {
    let problem = firstProblem(ByteString(String(repeating: opening, count: 100_000)))
    #expect(problem?.message.contains("nest deeper than") == true || problem?.message.contains("not allowed") == true)
  }

  @Test func deepBlocksEndInAnError() {
    var text = ""
    for level in 0..<1000 { text += String(repeating: " ", count: level) + "a:\n" }
    #expect(firstProblem(ByteString(text))?.message.contains("nest deeper than") == true)
  }

  @Test func whatTheLimitAllowsIsReadAndPrintedOnASmallStack() throws {
    let depth = ParseOptions.Limits().depth
    let text = ByteString(String(repeating: "[", count: depth) + "x" + String(repeating: "]", count: depth))
    let result = SmallStack.run {
      guard let file = try? parse(text) else { return false }
      return (try? parse(print(file.documents))) != nil
    }
    #expect(result == true)
  }

  @Test func aFileMayBeTooBig() {
    var options = ParseOptions()
    options.limits.size = 3
    #expect(firstProblem("a: 1", options: options)?.message == "the file has 4 bytes, and 3 are allowed")
  }

  @Test func timeIsLinear() throws {
    // Each of these would take minutes if it took the square of its length.
    let many = 200_000
    for text in [
      String(repeating: "a", count: many), String(repeating: "\n", count: many),
      String(repeating: "# c\n", count: many),
      "a: \"" + String(repeating: "\\n", count: many) + "\"", "|\n" + String(repeating: "  x\n\n", count: many),
      String(repeating: "- a\n", count: many), "[" + String(repeating: "a,", count: many) + "]",
      String(repeating: "a b\n", count: many), "{" + String(repeating: "?,", count: many) + "}",
    ] {
      _ = firstProblem(ByteString(text))
    }
    let keys = (0..<many / 2).map { "k\($0): 1\n" }.joined()
    guard case .map(let items) = try parse(ByteString(keys)).documents[0].value else {
      Issue.record("no map")
      return
    }
    #expect(items.count == many / 2)
  }
}
