import Files
import OCI
import Testing

@Suite struct ManifestTests {
  static let empty = ContentDigest("")

  @Test func digestsAreRead() {
    #expect(Self.empty.text == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(ContentDigest(written: Self.empty.text) == Self.empty)
    var hasher = ContentDigest.Hasher()
    hasher.update("sail")
    hasher.update("plan")
    #expect(hasher.finish() == ContentDigest("sailplan"))
  }

  @Test(arguments: [
    "", "sha256:", "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
    "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
    "sha512:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  ])
  func digestsOfAnotherFormAreNone(_ text: ByteString) { #expect(ContentDigest(written: text) == nil) }

  @Test func manifestsAreWrittenAsTheyAreRead() throws {
    let manifest = ImageManifest(
      mediaType: .dockerManifest, configuration: Descriptor(.dockerConfiguration, of: "{}"),
      layers: [Descriptor(.dockerLayer, of: "layer")])
    let contents = manifest.contents
    #expect(
      contents.hasPrefix(
        #"{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":{"mediaType":"#
      ))
    #expect(try ImageManifest(contents, shown: "test") == manifest)
  }

  @Test func listsAreWrittenAsTheyAreRead() throws {
    var image = Descriptor(.manifest, of: "{}")
    image.annotations = [Annotation(name: "b", value: "<1>"), Annotation(name: "a", value: "2")]
    image.platform = Platform(system: "linux", architecture: "arm", variant: "v7")
    let index = ImageIndex(manifests: [image], annotations: [Annotation(name: "c", value: "")])
    #expect(try ImageIndex(index.contents, shown: "test") == index)
    #expect(image.annotation("a") == "2")
    #expect(image.platform?.description == "linux/arm/v7")
  }

  @Test func configurationsAreRead() throws {
    let configuration = try ImageConfiguration(
      """
      {"architecture":"amd64","os":"linux","config":{"Labels":{"a":"b"},"Env":["PATH=/"]},
       "rootfs":{"type":"layers","diff_ids":["sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]}}
      """, shown: "test")
    #expect(configuration.platform.description == "linux/amd64")
    #expect(configuration.label("a") == "b" && configuration.label("b") == nil)
    #expect(configuration.layers == [Self.empty])
  }

  @Test(arguments: [
    ("{", "this is no JSON: expected a key in double quotes; the text ends too early"),
    ("[]", "test: the field config.mediaType is missing; expected a text"),
    (#"{"config":{"mediaType":1}}"#, "test: the field config.mediaType is not a text"),
    (
      #"{"config":{"mediaType":"a","digest":"b","size":1}}"#,
      "test: the field config.digest is not a digest: sha256: and 64 hexadecimal digits"
    ),
    (
      #"{"mediaType":"application/vnd.oci.image.index.v1+json"}"#,
      "test is of type application/vnd.oci.image.index.v1+json, and not the manifest of an image"
    ),
  ])
  func saysWhatIsWrong(_ text: ByteString, _ message: String) {
    let error = #expect(throws: Diagnostic.self) { try ImageManifest(text, shown: "test") }
    #expect(error?.message == message)
  }

  @Test func sizesAreNotNegative() {
    let text: ByteString =
      #"{"config":{"mediaType":"a","size":-1,"digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}"#
    let error = #expect(throws: Diagnostic.self) { try ImageManifest(text, shown: "test") }
    #expect(error?.message == "test: the field config.size is not a number of bytes")
  }
}
