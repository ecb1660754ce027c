import Files
import OCI
import Testing

@testable import Carvel

@Suite struct ImageRewritingTests {
  private static func rewriting(_ rules: [(String, String)]) throws -> ImageRewriting {
    ImageRewriting(try rules.map { try ImageRewriting.Rule(from: ByteString($0.0), to: ByteString($0.1)) })
  }

  @Test(arguments: [
    ("velero/velero:v1", "mirror.example.com/hub/velero/velero:v1"),
    ("docker.io/velero/velero:v1", "mirror.example.com/hub/velero/velero:v1"),
    ("redis", "mirror.example.com/hub/library/redis:latest"),
    ("velero/plugins/aws:v1", "mirror.example.com/plugins/aws:v1"),
    ("velero/pluginsets/aws:v1", "mirror.example.com/hub/velero/pluginsets/aws:v1"),
    ("velero/plugins:v1", "mirror.example.com/plugins:v1"),
    ("ghcr.io/a/b:v1", "ghcr.io/a/b:v1"),
    ("localhost:5000/a:v1", "mirror.example.com:443/a:v1"),
  ]) func theLongestBeginningWins(image: String, expected: String) throws {
    let rewriting = try Self.rewriting([
      ("docker.io", "mirror.example.com/hub"), ("velero/plugins/", "mirror.example.com/plugins"),
      ("localhost:5000", "mirror.example.com:443"),
    ])
    #expect(try rewriting.apply(to: ImageReference(ByteString(image))).text.text == expected)
  }

  @Test func aDigestStays() throws {
    let digest = "@sha256:" + String(repeating: "a", count: 64)
    let rewriting = try Self.rewriting([("docker.io/velero", "mirror.example.com")])
    let image = try ImageReference(ByteString("velero/velero:v1\(digest)"))
    #expect(try rewriting.apply(to: image).text.text == "mirror.example.com/velero\(digest)")
  }

  @Test func theNearerRuleOfOneBeginningWins() throws {
    let rewriting = try Self.rewriting([("docker.io", "one.example.com"), ("index.docker.io/", "other.example.com")])
    #expect(try rewriting.apply(to: ImageReference("a/b:c")).text == "other.example.com/a/b:c")
  }

  @Test(arguments: ["", "/", "docker.io//a", "Docker.IO/A", "docker.io/a:v1", "a b", "https://docker.io"])
  func refusesWhatIsNoBeginning(_ text: String) {
    #expect(throws: Diagnostic.self) { try ImageRewriting.Rule(from: ByteString(text), to: "a.example.com") }
    #expect(throws: Diagnostic.self) { try ImageRewriting.Rule(from: "a.example.com", to: ByteString(text)) }
  }

  @Test func whatManifestsCallTheImagesOfALockStays() throws {
    let digest = ContentDigest("x")
    let lock = ImagesLock([ImagesLock.Entry(id: "a/b:v1", written: try ImageReference("a/b:v1"), digest: digest)])
    let moved = try Self.rewriting([("docker.io", "m.example.com")]).apply(to: lock)
    #expect(moved.entries.map(\.image.text) == [ByteString("m.example.com/a/b@\(digest)")])
    #expect(moved.entries.map(\.annotations) == lock.entries.map(\.annotations))
  }
}
