import OCI
import Testing

@Suite struct WebAddressTests {
  @Test(arguments: [
    ("https://a.example/v2/x", "/other?y=1", "https://a.example/other?y=1"),
    ("https://a.example/v2/x?old", "other", "https://a.example/v2/other"),
    ("https://a.example/v2/x?old", "?new", "https://a.example/v2/x?new"),
    ("http://a.example:80/v2/x", "//b.example/y", "http://b.example/y"),
    ("http://a.example/v2/x", "HTTPS://B.example", "https://b.example/"),
    ("http://[::1]:5000/v2/", "/z#part", "http://[::1]:5000/z"),
  ])
  func follows(_ from: String, _ location: String, _ expected: String) {
    #expect(WebAddress(from)?.following(location)?.text == expected)
  }

  @Test(arguments: ["ftp://a/b", "http://user@a/b", "https://", "https://a/b c", "file:///etc/passwd", "nothing"])
  func refuses(_ text: String) { #expect(WebAddress(text) == nil) }

  @Test(arguments: [
    ("https://a.example/x", "https://A.example:443/y", true), ("https://a.example/", "http://a.example/", false),
    ("https://a.example/", "https://b.example/", false), ("http://a.example:80/", "http://a.example/", true),
    ("http://[::1]:80/", "http://[::1]/", true), ("http://[::1]:81/", "http://[::1]/", false),
  ])
  func comparesServers(_ one: String, _ other: String, _ expected: Bool) throws {
    let one = try #require(WebAddress(one))
    let other = try #require(WebAddress(other))
    #expect(one.isSameServer(as: other) == expected)
  }

  @Test(arguments: [
    ("127.0.0.1:5000", true), ("localhost:5000", true), ("[::1]:5000", true), ("a.localhost", true),
    ("127.evil.example", false), ("127.0.0.1.evil.example", false), ("localhost.evil.example", false),
    ("10.0.0.1", false),
  ])
  func knowsThisMachine(_ authority: String, _ expected: Bool) {
    #expect(WebAddress(.http, authority: authority, target: "/").isLoopback == expected)
  }
}
