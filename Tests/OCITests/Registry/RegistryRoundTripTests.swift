import Files
import OCI
import TestSupport
import Testing

/// Against the registry of the distribution project.
@Suite(.enabled(if: RegistryServer.isAvailable, "docker-registry is not installed"))
struct RegistryRoundTripTests {
  /// Pushes a manifest with one layer; gives the manifest.
  static func push(
    _ layer: BlobContents, _ digest: ContentDigest, _ client: RegistryClient, at reference: ImageReference
  ) throws -> FetchedManifest {
    let configuration = ByteString("{}")
    let configurationDigest = ContentDigest(configuration)
    try client.pushBlob(.bytes(configuration), configurationDigest, to: reference)
    try client.pushBlob(layer, digest, to: reference)
    let text = """
      {"schemaVersion":2,"mediaType":"\(MediaType.dockerManifest)",\
      "config":{"mediaType":"\(MediaType.dockerConfiguration)","size":2,"digest":"\(configurationDigest)"},\
      "layers":[{"mediaType":"\(MediaType.dockerLayer)","size":\(layer.count),"digest":"\(digest)"}]}
      """
    let manifest = FetchedManifest(
      bytes: ByteString(text), mediaType: .dockerManifest, digest: ContentDigest(ByteString(text)))
    try client.putManifest(manifest, at: reference)
    return manifest
  }

  @Test(arguments: [256 << 20, 100_000])
  func comesBackAsItWasPushed(chunk: Int) throws {
    let server = try RegistryServer()
    var options = RegistryOptions()
    options.chunkLength = chunk
    let client = try RegistryClient(options)
    let reference = try ImageReference(ByteString("\(server.name)/team/app:v1"))
    let layer = ByteString((0..<350_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
    let digest = ContentDigest(layer)
    #expect(try client.digestIfPresent(of: reference) == nil)
    #expect(try client.tags(of: reference) == [])

    let manifest = try Self.push(.bytes(layer), digest, client, at: reference)

    #expect(try client.digest(of: reference) == manifest.digest)
    let fetched = try client.manifest(reference)
    #expect(fetched.bytes == manifest.bytes)
    #expect(fetched.mediaType == .dockerManifest)
    #expect(try client.manifest(reference.with(digest: manifest.digest)).bytes == manifest.bytes)
    #expect(try client.tags(of: reference) == ["v1"])
    let descriptor = Descriptor(.dockerLayer, of: layer)
    #expect(try client.blob(descriptor, from: reference, limit: 1 << 20) == layer)
  }

  @Test func takesBlobsFromOtherRepositories() throws {
    let server = try RegistryServer()
    let client = try RegistryClient(RegistryOptions())
    let one = try ImageReference(ByteString("\(server.name)/one"))
    let other = try ImageReference(ByteString("\(server.name)/other"))
    let blob = ByteString("some bytes")
    let digest = ContentDigest(blob)

    #expect(try client.pushBlob(.bytes(blob), digest, to: one) == .uploaded)
    #expect(try client.pushBlob(.bytes(blob), digest, to: one) == .present)
    #expect(try client.pushBlob(.bytes(blob), digest, to: other, mountingFrom: one) == .mounted)
    #expect(try client.hasBlob(digest, in: other))
  }

  @Test func refusesOtherBytesThanTheDigestSays() throws {
    let server = try RegistryServer()
    let client = try RegistryClient(RegistryOptions())
    let reference = try ImageReference(ByteString("\(server.name)/app"))
    let error = #expect(throws: Diagnostic.self) {
      try client.pushBlob(.bytes("one"), ContentDigest("other"), to: reference)
    }
    #expect(error?.message.contains("answers with status 400: provided digest did not match uploaded content") == true)
    #expect(try !client.hasBlob(ContentDigest("other"), in: reference))
  }

  @Test func refusesManifestsThatLackABlob() throws {
    let server = try RegistryServer()
    let client = try RegistryClient(RegistryOptions())
    let reference = try ImageReference(ByteString("\(server.name)/app:v1"))
    let missing = ContentDigest("missing")
    let text = ByteString(
      """
      {"schemaVersion":2,"mediaType":"\(MediaType.dockerManifest)",\
      "config":{"mediaType":"\(MediaType.dockerConfiguration)","size":7,"digest":"\(missing)"},"layers":[]}
      """)
    let manifest = FetchedManifest(bytes: text, mediaType: .dockerManifest, digest: ContentDigest(text))
    let error = #expect(throws: Diagnostic.self) { try client.putManifest(manifest, at: reference) }
    #expect(error?.message.contains("blob unknown to registry") == true)
    #expect(try client.tags(of: reference) == [])
  }
}
