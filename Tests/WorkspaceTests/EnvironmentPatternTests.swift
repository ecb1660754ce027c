import Files
import Testing
import Workspace

@Suite struct EnvironmentPatternTests {
  private static let all = ["eu-1", "eu-2", "prod/eu-1", "prod/us/blue", "prod/us/green", "stage/blue"]

  @Test(arguments: [
    ("eu-1", ["eu-1"]),
    ("prod", ["prod/eu-1", "prod/us/blue", "prod/us/green"]),
    ("prod/us", ["prod/us/blue", "prod/us/green"]),
    ("environments/prod/us/", ["prod/us/blue", "prod/us/green"]),
    ("pro", []),
    ("*", all),
    ("**", all),
    ("eu-*", ["eu-1", "eu-2", "prod/eu-1"]),
    ("/eu-*", ["eu-1", "eu-2"]),
    ("environments/eu-?", ["eu-1", "eu-2"]),
    ("prod/*", ["prod/eu-1", "prod/us/blue", "prod/us/green"]),
    ("prod/*/", ["prod/eu-1", "prod/us/blue", "prod/us/green"]),
    ("prod/**", ["prod/eu-1", "prod/us/blue", "prod/us/green"]),
    ("eu-1/**", []),
    ("**/blue", ["prod/us/blue", "stage/blue"]),
    ("**/bl*", ["prod/us/blue", "stage/blue"]),
    ("*/*/bl*", ["prod/us/blue"]),
    ("*/bl*", ["stage/blue"]),
    ("**/us/*", ["prod/us/blue", "prod/us/green"]),
    ("prod/**/gr?en", ["prod/us/green"]),
    ("prod/**/eu-1*", ["prod/eu-1"]),
    ("eu-[2-9]", ["eu-2"]),
    ("eu-[!2]", ["eu-1", "prod/eu-1"]),
    ("eu-[^2]", ["eu-1", "prod/eu-1"]),
    ("eu-[]1]", ["eu-1", "prod/eu-1"]),
    ("eu-[a-]", []),
    ("[ps]*/*", ["prod/eu-1", "prod/us/blue", "prod/us/green", "stage/blue"]),
    ("?*?", all),
  ])
  func names(text: String, expected: [String]) throws {
    let pattern = try EnvironmentPattern(ByteString(text))
    let found = try Self.all.filter { pattern.matches(try EnvironmentName(ByteString($0))) }
    #expect(found == expected)
  }

  /// Tried in every way, these would take longer than anybody waits.
  @Test func manyStarsTakeNoLongerThanAFew() throws {
    let name = try EnvironmentName(ByteString(String(repeating: "a", count: 63)))
    let stars = String(repeating: "*a", count: 25)
    #expect(try EnvironmentPattern(ByteString(stars)).matches(name))
    #expect(try !EnvironmentPattern(ByteString("\(stars)b")).matches(name))
    let deep = try EnvironmentName(ByteString(Array(repeating: "a", count: 31).joined(separator: "/")))
    let groups = String(repeating: "**/a/", count: 12)
    #expect(try EnvironmentPattern(ByteString("\(groups)a")).matches(deep))
    #expect(try !EnvironmentPattern(ByteString("\(groups)b")).matches(deep))
  }

  @Test(arguments: [
    ("a//*", "a part of it is empty"), ("eu-[1", "a '[' in it has no ']'"), ("[]*", "a '[' in it has no ']'"),
    ("[!]*", "a '[' in it has no ']'"), ("../x", "'..' leads elsewhere"), ("", "it is empty"), ("!", "it is empty"),
  ])
  func refuses(text: String, reason: String) {
    var caught: Diagnostic?
    do { _ = try EnvironmentPattern(ByteString(text)) } catch { caught = error }
    #expect(caught?.message.contains(reason) == true, "\(caught?.message ?? "it was accepted")")
  }
}
