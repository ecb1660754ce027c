import Carvel
import Files
import OCI
import Synchronization
import TestSupport
import Testing

@Suite struct RepositoryCopyTests {
  private static func client() throws -> RegistryClient {
    var options = RegistryOptions()
    options.retryCount = 1
    return try RegistryClient(options)
  }

  @Test(.enabled(if: RegistryServer.isAvailable, "docker-registry is not installed"), arguments: [false, true])
  func bringsABundleWithAllItsImages(throughAnArchive: Bool) throws {
    let one = try RegistryServer()
    let other = try RegistryServer()
    let client = try Self.client()
    let samples = try SampleImages(one.name)
    try samples.push(client)
    let destination = try ImageReference(ByteString("\(other.name)/mirror/all"))
    let directory = try TemporaryDirectory()

    /// Copies everything; gives how many blobs there were to send.
    func copy() throws -> Int {
      let sent = Atomic(0)
      let progress = { (_: Int, total: Int) in sent.store(total, ordering: .relaxed) }
      let set = try CopySet(bundle: samples.reference, from: client, jobs: 3)
      if throughAnArchive {
        try ImageArchiveWriter(set, to: directory.path("a.tar"), foreign: false)
          .write(from: client, jobs: 3) { _, _ in }
        let archive = try ImageArchive(directory.path("a.tar"))
        try RepositoryCopy(to: destination, client)
          .copy(CopySet(archive), from: archive, RepositoryCopy.Options(), progress: progress)
      } else {
        try RepositoryCopy(to: destination, client)
          .copy(set, from: client, RepositoryCopy.Options(), progress: progress)
      }
      return sent.load(ordering: .relaxed)
    }
    #expect(try copy() == 8)
    #expect(try copy() == 0)

    let tags = try client.tags(of: destination)
    let named = [samples.images[0].digest, samples.images[2].digest, samples.bundle.digest, samples.list.digest]
    #expect(Set(named.map(\.tag) + ["v1"]).isSubset(of: tags))
    #expect(tags.count == named.count + 1 + 4)
    #expect(try client.digest(of: destination.with(tag: "v1")) == samples.bundle.digest)
    // The images of the bundles are found beside them now: nothing of the first registry is needed.
    let copied = try CopySet(bundle: destination.with(tag: "v1"), from: client, jobs: 3)
    #expect(copied.items.allSatisfy { $0.tree.reference.repository == destination.repository })
    #expect(copied.items.count == 4)
  }

  @Test(.enabled(if: RegistryServer.isAvailable, "docker-registry is not installed"))
  func movesATagOnlyWhereAsked() throws {
    let server = try RegistryServer()
    let client = try Self.client()
    let samples = try SampleImages(server.name)
    try samples.push(client)
    let destination = try ImageReference(ByteString("\(server.name)/mirror"))
    try client.push(samples.images[0], to: destination, tags: ["v1"], overwrites: false)
    let set = try CopySet(bundle: samples.reference, from: client, jobs: 3)
    let copy = RepositoryCopy(to: destination, client)
    let error = #expect(throws: Diagnostics.self) {
      try copy.copy(set, from: client, RepositoryCopy.Options()) { _, _ in }
    }
    #expect(error?.list.first?.message.hasPrefix("\(server.name)/mirror:v1 is another image already") == true)
    #expect(try client.tags(of: destination) == ["v1"])
    var options = RepositoryCopy.Options()
    options.overwrites = true
    try copy.copy(set, from: client, options) { _, _ in }
    #expect(try client.digest(of: destination.with(tag: "v1")) == samples.bundle.digest)
  }

  @Test(.enabled(if: RegistryServer.isAvailable, "docker-registry is not installed"))
  func takesTheImageOfOnePlatform() throws {
    let server = try RegistryServer()
    let client = try Self.client()
    let samples = try SampleImages(server.name)
    try samples.push(client)
    let list = try ImageReference(ByteString("\(server.name)/list")).with(digest: samples.list.digest)
    for (architecture, variant) in [("arm64", ""), ("arm64", "v8")] {
      let platform = Platform(
        system: "linux", architecture: ByteString(architecture), variant: ByteString(variant))
      let set = try CopySet(image: list, platform: platform, from: client)
      #expect(set.items.map(\.tree.digest) == [samples.images[1].digest])
    }
    #expect(try CopySet(image: list, platform: nil, from: client).items.map(\.tree.digest) == [samples.list.digest])
    let error = #expect(throws: Diagnostic.self) {
      try CopySet(image: list, platform: Platform(system: "linux", architecture: "s390x"), from: client)
    }
    #expect(error?.hint == "it has images for: linux/amd64, linux/arm64/v8")
  }

  @Test func putsNothingUnderATagWhereABlobIsRefused() throws {
    let samples = try SampleImages("registry.example")
    let uploads = Atomic(0)
    let server = try FaultyServer { request, _ in
      switch request.method {
      case "HEAD": FaultyServer.Answer(404)
      case "POST": FaultyServer.Answer(202, ["Location: /upload"])
      case "PUT" where request.target.hasPrefix("/upload"):
        FaultyServer.Answer(uploads.wrappingAdd(1, ordering: .relaxed).oldValue < 3 ? 201 : 507)
      case "PUT": FaultyServer.Answer(201)
      default: FaultyServer.Answer(200)
      }
    }
    let set = try CopySet(bundle: samples.reference, from: samples, jobs: 1)
    let destination = try ImageReference(ByteString("\(server.name)/mirror"))
    var options = RepositoryCopy.Options()
    options.jobs = 1
    #expect(throws: Diagnostics.self) {
      try RepositoryCopy(to: destination, Self.client()).copy(set, from: samples, options) { _, _ in }
    }
    #expect(uploads.load(ordering: .relaxed) == 4)
    #expect(!server.requests.contains { $0.method == "PUT" && $0.target.contains("/manifests/") })
  }
}
