import Files
import OCI
import Testing

@Suite struct ImageReferenceTests {
  static let digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

  @Test(arguments: [
    ("redis", "index.docker.io/library/redis:latest"),
    ("velero/velero", "index.docker.io/velero/velero:latest"),
    ("velero/velero:v1.18.1", "index.docker.io/velero/velero:v1.18.1"),
    ("docker.io/velero/velero:v1.18.1", "index.docker.io/velero/velero:v1.18.1"),
    ("index.docker.io/redis:7", "index.docker.io/library/redis:7"),
    ("ghcr.io/a/b/c:1", "ghcr.io/a/b/c:1"),
    ("localhost/a", "localhost/a:latest"),
    ("localhost:5000/a", "localhost:5000/a:latest"),
    ("127.0.0.1:5000/a__b/c-d---e.f:T_1", "127.0.0.1:5000/a__b/c-d---e.f:T_1"),
    ("Registry/a", "Registry/a:latest"),
    ("[::1]:5000/a", "[::1]:5000/a:latest"),
    ("a:5000/b", "a:5000/b:latest"),
    ("velero/velero@\(digest)", "index.docker.io/velero/velero@\(digest)"),
    ("velero/velero:v1@\(digest)", "index.docker.io/velero/velero@\(digest)"),
  ])
  func normalises(_ text: String, _ whole: String) throws {
    #expect(try ImageReference(ByteString(text)).description == whole)
  }

  @Test(arguments: [
    ("", "the repository is missing"), ("a@sha256:12", "what follows '@' is no digest"),
    ("a@\(digest.uppercased())", "what follows '@' is no digest"),
    ("a:", "'' is no tag"), ("a:-b", "'-b' is no tag"), ("a:b c", "'b c' is no tag"),
    ("Velero", "'Velero' is no repository"),
    ("a//b", "'a//b' is no repository"), ("a/", "'a/' is no repository"), ("/a", "'/a' is no repository"),
    ("a..b", "'a..b' is no repository"), ("a___b", "'a___b' is no repository"), ("a-/b", "'a-/b' is no repository"),
    ("a:99999/b", "'a:99999' is no registry"), ("-a.b/c", "'-a.b' is no registry"),
    ("https://a.b/c", "'https:' is no registry"),
    ("a.b/", "the repository is missing"), ("ü", "'ü' is no repository"),
  ])
  func refuses(_ text: String, _ why: String) {
    let error = #expect(throws: Diagnostic.self) { try ImageReference(ByteString(text)) }
    #expect(error?.message == "'\(text)' is not the name of an image: \(why)")
  }

  @Test func tagsHaveAtMost128Characters() throws {
    let longest = String(repeating: "a", count: 128)
    #expect(try ImageReference(ByteString("r:\(longest)")).tag?.count == 128)
    #expect(throws: Diagnostic.self) { try ImageReference(ByteString("r:\(longest)a")) }
  }

  @Test func givesItsParts() throws {
    let image = try ImageReference(ByteString("ghcr.io/velero/plugin:v1@\(Self.digest)"))
    #expect(image.registry == "ghcr.io" && image.path == "velero/plugin" && image.name == "plugin")
    #expect(image.tag == "v1" && image.digest?.description == Self.digest)
    #expect(image.identifier == ByteString(Self.digest))
    #expect(try image.with(tag: "v2").text == "ghcr.io/velero/plugin:v2")
    let mirror = try ImageReference("mirror.local/copies")
    #expect(image.moved(to: mirror).text == ByteString("mirror.local/copies@\(Self.digest)"))
    #expect(mirror.identifier == "latest")
  }
}
