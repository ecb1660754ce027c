import Files
import Templating
import Testing

/// What is wrong on the command line, in the words of ytt.
struct FileMarkTests {
  @Test(arguments: [
    ("a.yml", "Expected file mark 'a.yml' to be in format path:key=value"),
    ("a.yml:exclude", "Expected file mark 'a.yml:exclude' key-value portion to be in format key=value"),
    ("b.yml:exclude=true", "Expected file mark 'b.yml:exclude=true' to match at least one file by path, but did not"),
    ("a.yml:exclude=yes", "Unknown value in file mark 'a.yml:exclude=yes'"),
    ("a.yml:type=yaml", "Unknown value in file mark 'a.yml:type=yaml'"),
    ("a.yml:color=red", "Unknown key in file mark 'a.yml:color=red'"),
  ])
  func aMarkThatCannotBe(_ mark: String, _ message: String) {
    let files = [InputFile(path: "a.yml", contents: "a: 1\n")]
    let error = #expect(throws: Diagnostics.self) { try FileMark.apply([ByteString(mark)], to: files) }
    #expect(error?.list.map(\.message) == [message])
  }

  @Test(arguments: [
    ("{", "Reading bulk input: unexpected end of JSON input"),
    ("{\"files\": [1]}", "Reading bulk input: a file is not an object"),
  ])
  func bulkInputThatCannotBe(_ json: String, _ message: String) {
    let error = #expect(throws: Diagnostics.self) { try BulkFiles.parse(ByteString(json)) }
    #expect(error?.list.map(\.message) == [message])
  }
}
