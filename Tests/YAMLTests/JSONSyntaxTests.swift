import Files
import Testing
import YAML

@Suite struct JSONSyntaxTests {
  @Test(arguments: [
    "{}", " [ ] ", "null", "true", "false", "0", "-1.5e+10", "1E2", "\"\"", #""\"\\\/\b\f\n\r\t\u00Ff""#,
    #"{"a": [1, {"b": null}], "c": "d"}"#, "\t\n\r {\"ä\": \"…\"}\n",
  ])
  func takesJSON(_ text: ByteString) { #expect(JSONSyntax.firstError(in: text) == nil) }

  @Test(arguments: [
    ("", 0), ("a: 1", 0), ("{a: 1}", 1), ("{'a': 1}", 1), (#"{"a": 1,}"#, 8), ("[1,]", 3), ("[1 2]", 3), ("01", 1),
    ("+1", 0),
    ("1.", 2), (".5", 0), ("1e", 2), ("tru", 3), ("nul1", 3), ("\"a", 2), ("\"a\nb\"", 2), (#""\x""#, 2),
    (#""\u12g4""#, 5),
    ("{} {}", 3), (#"{"a" 1}"#, 5), ("{} # b", 3), ("[", 1), ("{\"a\":", 5),
  ])
  func findsWhereItEnds(_ text: ByteString, _ offset: Int) {
    #expect(JSONSyntax.firstError(in: text) == offset)
  }

  @Test func depthHasALimit() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(JSONSyntax.firstError(in: ByteString(deep)) == 1_000)
  }
}
