import Files
import Kubernetes
import Testing

@Suite struct LabelSelectorTests {
  private static let things: [(String, [ByteString: ByteString])] = [
    ("none", [:]),
    ("prod", ["tier": "prod", "rank": "5"]),
    ("stage", ["tier": "stage", "legacy": "", "rank": "17"]),
    ("other", ["tier": "", "example.org/in": "in", "rank": "x"]),
  ]

  @Test(arguments: [
    ("", ["none", "prod", "stage", "other"]),
    (" ", ["none", "prod", "stage", "other"]),
    ("tier=prod", ["prod"]),
    (" tier == prod ", ["prod"]),
    ("tier=", ["other"]),
    ("tier!=prod", ["none", "stage", "other"]),
    ("tier!=", ["none", "prod", "stage"]),
    ("tier", ["prod", "stage", "other"]),
    ("!tier", ["none"]),
    ("! tier", ["none"]),
    ("tier,!legacy", ["prod", "other"]),
    ("tier in (prod,stage),!legacy", ["prod"]),
    ("tier in ( prod , stage )", ["prod", "stage"]),
    ("tier in (prod,)", ["prod", "other"]),
    ("tier in (,)", ["other"]),
    ("tier in (,,stage)", ["stage", "other"]),
    ("tier notin (prod)", ["none", "stage", "other"]),
    ("tier notin (prod,stage),tier", ["other"]),
    ("example.org/in=in", ["other"]),
    ("example.org/in in (in)", ["other"]),
    ("in", []),
    ("notin notin (in)", ["none", "prod", "stage", "other"]),
    ("rank > 4", ["prod", "stage"]),
    ("rank>5,rank<20", ["stage"]),
    ("rank<5", []),
    ("tier=prod,tier=stage", []),
  ])
  func selects(text: String, expected: [String]) throws {
    let selector = try LabelSelector(parsing: ByteString(text))
    #expect(Self.things.filter { selector.matches($0.1) }.map(\.0) == expected)
  }

  @Test(arguments: [
    (",tier", "character 1: ',' stands where the key of a label is expected"),
    ("tier,", "character 6: it ends where the key of a label is expected"),
    ("tier=prod stage", "character 11: 'stage' stands where ',' or the end is expected"),
    ("tier prod", "character 6: 'prod' stands where an operator (=, ==, !=, in, notin, <, >) is expected"),
    ("tier in prod", "character 9: 'prod' stands where '(' is expected"),
    ("tier in (prod", "character 14: it ends where ',' or ')' is expected"),
    ("tier in (prod stage)", "character 15: 'stage' stands where ',' or ')' is expected"),
    ("tier in ()", "character 10: ')' stands where a value is expected"),
    ("tier=!prod", "character 6: '!' stands where a value is expected"),
    ("tier===prod", "character 7: '=' stands where a value is expected"),
    ("!tier=prod", "character 6: '=' stands where ',' or the end is expected"),
    ("!!tier", "character 2: '!' stands where the key of a label is expected"),
    ("rank > x", "character 8: 'x' stands where a whole number is expected"),
    ("rank <", "character 7: it ends where a whole number is expected"),
    ("-tier", "'-tier' cannot be the key of a label: it must begin and end with a letter or a digit"),
    ("a/b/c", "'a/b/c' cannot be the key of a label: only letters, digits, '-', '_' and '.' are allowed"),
    ("Example.org/x", "'Example.org/x' cannot be the key of a label: what stands before '/' is no DNS name"),
    ("/x", "'/x' cannot be the key of a label: what stands before '/' is empty"),
    ("example.org/", "'example.org/' cannot be the key of a label: it is empty"),
    ("tier=a:b", "'a:b' cannot be the value of a label: only letters, digits, '-', '_' and '.' are allowed"),
    ("tier=" + String(repeating: "x", count: 64), "it has more than 63 characters"),
    ("tier in (prod)(stage)", "character 15: '(' stands where ',' or the end is expected"),
  ])
  func saysWhereItCannotBeRead(text: String, message: String) {
    var caught: Diagnostic?
    do { _ = try LabelSelector(parsing: ByteString(text)) } catch { caught = error }
    #expect(caught?.message.contains(message) == true, "\(caught?.message ?? "it was read")")
  }
}
