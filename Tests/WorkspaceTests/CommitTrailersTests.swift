import Files
import OCI
import TestSupport
import Testing
import Workspace

@Suite struct CommitTrailersTests {
  private static let own = [
    "Sailplan-Source: 0123", "Sailplan-Version: \(ToolVersion.text)",
    "Sailplan-Bundle: \(ContentDigest("bundle"))",
  ]

  /// Messages, and the trailers that git finds in them by itself.
  static let messages: [(ByteString, [String])] = [
    ("Subject", []),
    ("Subject: like a trailer", []),
    ("Subject\n\nBody of\ntwo lines.\n\n\n", []),
    ("Subject\n\nSigned-off-by: Ada <ada@example.com>\n", ["Signed-off-by: Ada <ada@example.com>"]),
    ("Subject\n\nBody: no\ntrailer\n\nFixes: #1\nReviewed-by: Cy\n", ["Fixes: #1", "Reviewed-by: Cy"]),
    ("Subject\n\nOne: 1\ntwo\nthree\nSigned-off-by: Ada\n", ["One: 1", "Signed-off-by: Ada"]),
    ("Subject\n\nOne: 1\ntwo\nthree\n", []),
    ("Subject\n\nOne: 1\n  goes on\n", ["One: 1 goes on"]),
    ("Größe\n\n(cherry picked from commit 0123)\nFixes: 1", ["Fixes: 1"]),
  ]

  @Test(arguments: messages)
  func gitReadsThem(_ message: ByteString, _ found: [String]) throws {
    let trailers = CommitTrailers(source: "0123", bundle: ContentDigest("bundle"))
    let text = trailers.appended(to: message)
    let parsed = try Command(["git", "interpret-trailers", "--parse"], input: text).run()
    #expect(parsed.text.split(separator: "\n").map(String.init) == found + Self.own, "\(text)")
    // As git itself would add them.
    var given = message
    if !given.hasSuffix("\n") { given = given.appending("\n") }
    let adding = Self.own.flatMap { ["--trailer", $0] }
    let gits = try Command(["git", "interpret-trailers"] + adding, input: given).run()
    let ours = text.text.split(separator: "\n").map(String.init)
    #expect(gits.text.split(separator: "\n").map(String.init) == ours)
  }

  @Test func nothingIsMadeUp() {
    #expect(
      CommitTrailers(source: nil, bundle: nil).appended(to: "a\n")
        == ByteString("a\n\nSailplan-Version: \(ToolVersion.text)\n"))
  }
}
