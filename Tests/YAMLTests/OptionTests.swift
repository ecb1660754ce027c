import Files
import Testing
import YAML

struct OptionTests {
  @Test func duplicateKeysStayForTemplates() throws {
    let file = try parse("a: 1\nb: 2\na: 3\n", options: ParseOptions(duplicateKeys: .keepAll))
    #expect(print(file.documents) == "a: 1\nb: 2\na: 3\n")
  }

  @Test func duplicateKeysAreRefusedWhereAsked() throws {
    let problem = try #require(
      firstProblem("a: 1\nb:\n  c: 2\n  'c': 3\n", options: ParseOptions(duplicateKeys: .error)))
    #expect(problem.message == "the key 'c' stands twice in one map")
    #expect(problem.range?.start.offset == 17)
    #expect(problem.notes.first?.range?.start.offset == 10)
  }

  @Test(arguments: [2, 40])
  func theLastDuplicateTakesTheFirstPlace(_ number: Int) throws {
    let keys = (0..<number).map { "k\($0): 1\n" }.joined()
    let text = ByteString(keys + "k0: 2\n'1': x\n1: z\nk1: 3\n")
    let printed = print(try parse(text).documents).text
    #expect(printed.hasPrefix("k0: 2\nk1: 3\n"))
    #expect(printed.hasSuffix("\"1\": x\n1: z\n"))
  }

  @Test func mergingCanBeTurnedOff() throws {
    var options = ParseOptions()
    options.mergesKeys = false
    #expect(print(try parse("a:\n  <<: {b: 1}\n", options: options).documents) == "a:\n  <<:\n    b: 1\n")
  }

  @Test(arguments: [
    ("a: yes", "Found 'yes' ambigious (could be !!str or !!bool)"), ("a: b c", "Strings with whitespace"),
    ("a: b:c", "Strings with colon"), ("a: 010", "Found '010' ambigious (could be !!str or !!int)"),
    ("a: ~", "Found '~' ambigious"), ("a: 2001-12-14", "could be !!str or !!timestamp"), ("on: 1", "Found 'on'"),
  ])
  func strictReadingRefusesWhatIsAmbiguous(_ text: String, _ phrase: String) throws {
    var options = ParseOptions()
    options.isStrict = true
    let problem = try #require(firstProblem(ByteString(text), options: options))
    #expect(problem.message.contains("yaml: Strict parsing: "))
    #expect(problem.message.contains(phrase))
  }

  @Test func strictReadingTakesWhatIsPlain() throws {
    var options = ParseOptions()
    options.isStrict = true
    let text: ByteString = "a: 1\nb: -1.5e3\nc: true\nd:\ne: text\nf: \"on\"\ng: !!str yes\n"
    #expect(firstProblem(text, options: options) == nil)
  }
}
