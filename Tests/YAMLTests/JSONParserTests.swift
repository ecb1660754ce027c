import Files
import Testing
import YAML

@Suite struct JSONParserTests {
  private func parse(_ text: ByteString) throws -> Node {
    try parseJSON(SourceFile.register(path: "test.json", contents: text))
  }

  @Test(arguments: [
    ("{}", "{}"), (" [ ] ", "[]"), ("null", "null"), ("true", "true"), ("false", "false"), ("0", "0"),
    ("-1.5e+10", "-15000000000"), ("1E2", "100"), ("\"\"", "\"\""),
    (#""\"\\\/\b\f\n\r\t\u00Ff""#, #""\"\\/\b\f\n\r\tÿ""#),
    (#"{"c": [1, {"b": null}], "a": "d"}"#, #"{"a":"d","c":[1,{"b":null}]}"#),
    ("\t\n\r {\"ä\": \"…\"}\n", #"{"ä":"…"}"#), ("9223372036854775807", "9223372036854775807"),
    ("18446744073709551615", "18446744073709551615"), (#""\ud83d\ude00""#, "\"😀\""), (#""\ud83dx""#, "\"\u{FFFD}x\""),
    (#""\ud83d\u0041""#, "\"\u{FFFD}A\""),
  ])
  func readsJSON(_ text: ByteString, _ printed: ByteString) throws {
    var out = ByteBuffer()
    try printJSON(try parse(text), into: &out)
    #expect(out.finish() == printed)
  }

  @Test(arguments: [
    ("", 0), ("a: 1", 0), ("{a: 1}", 1), ("{'a': 1}", 1), (#"{"a": 1,}"#, 8), ("[1,]", 3), ("[1 2]", 3), ("01", 1),
    ("+1", 0),
    ("1.", 2), (".5", 0), ("1e", 2), ("tru", 3), ("nul1", 3), ("\"a", 2), ("\"a\nb\"", 2), (#""\x""#, 2),
    (#""\u12g4""#, 5),
    ("{} {}", 3), (#"{"a" 1}"#, 5), ("{} # b", 3), ("[", 1), ("{\"a\":", 5), ("1e999", 0),
  ])
  func findsWhereItEnds(_ text: ByteString, _ offset: UInt32) {
    let error = #expect(throws: Diagnostic.self) { try parse(text) }
    #expect(error?.range?.start.offset == offset)
  }

  @Test func depthHasALimit() {
    let error = #expect(throws: Diagnostic.self) { try parse(ByteString(String(repeating: "[", count: 100_000))) }
    #expect(error?.range?.start.offset == 256)
  }

  @Test func itemsKnowTheirPlaces() throws {
    guard case .map(let items) = try parse("{\n  \"a\": [1, 2]}"), case .sequence(let list) = items[0].value else {
      Issue.record("not a map with a list")
      return
    }
    #expect(items[0].position.line == 2 && items[0].position.column == 3)
    #expect(list[1].position.column == 12)
  }
}
