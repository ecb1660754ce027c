import Files
import Testing
import YAML

/// JSON as `ytt -o json` prints it.
struct JSONTests {
  private func json(_ text: ByteString, style: JSONStyle = JSONStyle()) throws -> String {
    var out = ByteBuffer()
    try printJSON(try parse(text).documents[0].value, style: style, into: &out)
    return out.finish().text
  }

  @Test(arguments: [
    ("b: 1\na: [x, null, true]\nB: {}\n", #"{"B":{},"a":["x",null,true],"b":1}"#),
    (
      #"a: "<&> \" \\ \n \t \r \x01 \x7f \u2028 é 😀""#,
      #"{"a":"\u003c\u0026\u003e \" \\ \n \t \r \u0001 "# + "\u{7F}" + #" \u2028 é 😀"}"#
    ),
    (
      "[1.0, 1e6, 1e20, 1e21, 1e-6, 1e-7, 1.5e-9, 123456789.5, 18446744073709551615, -0.0]",
      "[1,1000000,100000000000000000000,1e+21,0.000001,1e-7,1.5e-9,123456789.5,18446744073709551615,-0]"
    ),
    ("!!binary /w==", "\"\u{FFFD}\""), ("[]", "[]"), ("text", #""text""#),
  ])
  func isPrintedAsGoPrintsIt(_ text: String, _ expected: String) throws {
    #expect(try json(ByteString(text)) == expected)
  }

  @Test func mayBeIndentedAndUnescaped() throws {
    let style = JSONStyle(escapesHTML: false, indent: 2)
    #expect(try json("a: [1, '<']\nb: {}\n", style: style) == "{\n  \"a\": [\n    1,\n    \"<\"\n  ],\n  \"b\": {}\n}")
  }

  @Test(arguments: [("a: 1\n2: b\n", 5), ("a: 1\nb: .inf\n", 5)])
  func refusesWhatItLacks(_ text: String, _ offset: Int) throws {
    let tree = try parse(ByteString(text)).documents[0].value
    var out = ByteBuffer()
    do throws(Diagnostics) {
      try printJSON(tree, into: &out)
      Issue.record("printed")
    } catch {
      #expect(error.list.first?.range?.start.offset == UInt32(offset))
    }
  }
}
