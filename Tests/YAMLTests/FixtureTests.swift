import Files
import Testing
import YAML

/// What stands in `fixtures/yaml`; its answers are those of ytt 0.48.0.
struct FixtureTests {
  @Test(arguments: Fixture.all(in: "read"))
  func isReadAndPrintedAsYttDoes(_ fixture: Fixture) throws {
    let printed = print(try parse(fixture.input).documents)
    #expect(printed.text == fixture.expected.text)
    // ytt itself does not read these back: it prints a `<<` that was text without quotes, notes on the items of keys
    // that are sequences, and -0.0 as -0, which is an integer.
    if ["complex-keys.txt", "flow-explicit-key.txt", "merge-quoted.txt", "floats.txt"].contains(fixture.name) {
      return
    }
    let again = print(try parse(printed).documents)
    #expect(again == printed, "what has been printed is printed again as it is")
  }

  @Test(arguments: Fixture.all(in: "refused"))
  func isRefusedInItsPlace(_ fixture: Fixture) throws {
    let problem = try #require(firstProblem(fixture.input))
    // Where ytt itself breaks down, its words are followed by none here.
    #expect(problem.message + "\n" == fixture.expected.text)
    #expect(problem.range.map { Int($0.start.offset) } == fixture.mark)
    #expect(problem.hint != nil)
  }

  @Test func fixturesAreFound() {
    #expect(Fixture.all(in: "read").count > 40)
    #expect(Fixture.all(in: "refused").count > 40)
  }
}
