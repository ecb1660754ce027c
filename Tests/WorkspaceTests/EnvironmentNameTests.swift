import Files
import Testing
import Workspace

@Suite struct EnvironmentNameTests {
  @Test(arguments: ["prod", "prod-eu", "prod/eu", "a.b_C-9", "0"])
  func accepts(name: String) throws {
    #expect(try EnvironmentName(ByteString(name)).directory == ByteString("environments/\(name)"))
  }

  @Test(arguments: [
    ("", "it is empty"), ("/prod", "it begins or ends with '/'"), ("prod/", "it begins or ends with '/'"),
    ("a//b", "a part of it is empty"), ("..", "'..' leads elsewhere"), ("a/../b", "'..' leads elsewhere"),
    (".", "'.' leads elsewhere"), ("-f", "it does not begin with a letter or a digit"),
    ("a/-b", "it does not begin with a letter or a digit"), (".hidden", "it does not begin with a letter or a digit"),
    ("rendered", "'rendered' holds the files of an environment"), ("a/overlays", "'overlays' holds the files"),
    ("a b", "only letters, digits"), ("a\u{0}b", "only letters, digits"), ("é", "only letters, digits"),
    ("a.", "it ends with '.'"), ("a\nb", "only letters, digits"),
    (".git", "'.git' is git's own directory"), (".GIT", "'.GIT' is git's own"), (".git.", "'.git.' is git's own"),
    (".git . ", "is git's own"), ("git~1", "is git's own"), ("GIT~1", "is git's own"), (".git::$INDEX", "is git's own"),
    (".g\u{200C}it", "is git's own"), ("\u{FEFF}.git", "is git's own"), ("a/.git/b", "is git's own"),
  ])
  func refuses(name: String, reason: String) {
    let found = messages { _ = try EnvironmentName(ByteString(name)) }
    #expect(found.count == 1)
    #expect(found.first?.contains(reason) == true, "\(found)")
    #expect(found.first?.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x200C } == false)
  }

  @Test func refusesWhatIsNotUTF8AndTooLong() {
    #expect(messages { _ = try EnvironmentName(ByteString([0x61, 0xFF])) }.first?.contains("not UTF-8") == true)
    let long = ByteString(String(repeating: "a", count: 64))
    #expect(messages { _ = try EnvironmentName(long) }.first?.contains("more than 63") == true)
  }
}
