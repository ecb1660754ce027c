import Carvel
import Files
import OCI
import TestSupport
import Testing

@Suite struct ImageArchiveTests {
  private static func write(
    _ samples: SampleImages, to path: String, _ progress: (Int, Int) -> Void = { _, _ in }
  ) throws {
    let set = try CopySet(bundle: samples.reference, from: samples, jobs: 2)
    try ImageArchiveWriter(set, to: path, foreign: false).write(from: samples, jobs: 2, progress: progress)
  }

  /// A finished archive.
  private static func archive() throws -> (TemporaryDirectory, SampleImages, ByteString) {
    let directory = try TemporaryDirectory()
    let samples = try SampleImages("registry.example")
    try write(samples, to: directory.path("a.tar"))
    return (directory, samples, try #require(directory.read("a.tar")))
  }

  private static let unfinished = ".a.tar.sailplan-new"

  @Test func holdsWhatWasCopied() throws {
    let (directory, samples, _) = try Self.archive()
    let archive = try ImageArchive(directory.path("a.tar"))
    #expect(archive.entries.count == 4)
    let roots = archive.entries.filter(\.isRoot)
    let root = try #require(roots.first)
    let expected = try samples.reference.with(digest: samples.bundle.digest)
    #expect(root.reference == expected)
    #expect(root.tag == "v1")
    #expect(try archive.manifest(root.reference).bytes == samples.bundle.manifest.bytes)
    for image in samples.images {
      for blob in image.blobs {
        let descriptor = Descriptor(.dockerLayer, of: blob.contents)
        #expect(try archive.blob(descriptor, from: root.reference, limit: 1 << 20) == blob.contents)
      }
    }
    let set = try CopySet(archive)
    let bundle = try #require(set.root)
    let locations = try #require(set.locations(of: bundle))
    #expect(locations.images.count == 3)
    #expect(locations.images.count(where: \.isBundle) == 1)
    #expect(!directory.exists(Self.unfinished))
  }

  @Test func isTheSameEveryTime() throws {
    let (_, _, one) = try Self.archive()
    let (_, _, other) = try Self.archive()
    #expect(one == other)
  }

  @Test(
    .enabled(
      if: RegistryServer.isAvailable && Repository.search("imgpkg") != nil, "docker-registry or imgpkg is not installed"
    ))
  func isTheOneThatImgpkgWrites() throws {
    let server = try RegistryServer()
    let client = try RegistryClient(RegistryOptions())
    let samples = try SampleImages(server.name)
    try samples.push(client)
    let directory = try TemporaryDirectory()
    let set = try CopySet(bundle: samples.reference, from: client, jobs: 2)
    try ImageArchiveWriter(set, to: directory.path("ours.tar"), foreign: false)
      .write(from: client, jobs: 2) { _, _ in }
    let made = try Command(
      ["imgpkg", "copy", "-b", "\(samples.reference)", "--to-tar", directory.path("theirs.tar")],
      environment: Command.environment(adding: ["HOME": directory.path])
    ).run()
    try #require(made.status == 0, "\(made.errorOutput)")
    #expect(directory.read("ours.tar") == directory.read("theirs.tar"))
  }

  // MARK: Going on

  @Test func goesOnWithWhatIsThere() throws {
    let (directory, samples, whole) = try Self.archive()
    // The first layer is as it should be, the second one is not, and the others are missing.
    var bytes = whole.bytes
    let index = try TarIndex(OpenFile(reading: directory.path("a.tar"))).files
    let layers = index.filter { $0.key.hasSuffix(".tar.gz") }.values.sorted { $0.lowerBound < $1.lowerBound }
    bytes[layers[1].lowerBound] ^= 1
    for position in layers[2].lowerBound - 512..<bytes.count { bytes[position] = 0 }
    try directory.write(ByteString(bytes), to: Self.unfinished)
    let counted = CountingSource(samples)
    let set = try CopySet(bundle: samples.reference, from: samples, jobs: 2)
    try ImageArchiveWriter(set, to: directory.path("a.tar"), foreign: false)
      .write(from: counted, jobs: 2) { _, _ in }
    #expect(directory.read("a.tar") == whole)
    #expect(counted.fetched == layers.count - 1)
    #expect(!directory.exists(Self.unfinished))
  }

  @Test(arguments: ["something else", ""])
  func replacesWhatIsOfNoUse(_ left: String) throws {
    let (directory, samples, whole) = try Self.archive()
    try directory.write(ByteString(left), to: Self.unfinished)
    try Self.write(samples, to: directory.path("a.tar"))
    #expect(directory.read("a.tar") == whole)
  }

  @Test func leavesTheOldOneWhereASourceFails() throws {
    let (directory, samples, _) = try Self.archive()
    try directory.write("the old one", to: "a.tar")
    let set = try CopySet(bundle: samples.reference, from: samples, jobs: 2)
    let failing = CountingSource(samples, failsAfter: 2)
    #expect(throws: Diagnostics.self) {
      try ImageArchiveWriter(set, to: directory.path("a.tar"), foreign: false)
        .write(from: failing, jobs: 1) { _, _ in }
    }
    #expect(directory.read("a.tar") == "the old one")
    // What has arrived is not fetched again.
    #expect(directory.exists(Self.unfinished))
    let counted = CountingSource(samples)
    try ImageArchiveWriter(set, to: directory.path("a.tar"), foreign: false)
      .write(from: counted, jobs: 1) { _, _ in }
    #expect(counted.fetched == 2)
  }

  @Test(.enabled(if: Command.canMount, "only root can mount a small file system"))
  func leavesNothingOnAFullDisk() throws {
    let (_, samples, _) = try Self.archive()
    try Command.withSmallFileSystem(bytes: 8192) { path throws in
      #expect(throws: Diagnostics.self) { try Self.write(samples, to: "\(path)/a.tar") }
      let left = try Disk.entries(path)
      #expect(left.isEmpty)
    }
  }

  // MARK: What comes from outside

  @Test(arguments: [
    (0, "is no tar archive"), (600, "is cut off in 'manifest.json'"), (20_000, "is cut off in 'sha256-"),
  ])
  func refusesWhatIsCutOff(_ count: Int, _ expected: String) throws {
    let (directory, _, whole) = try Self.archive()
    let cut = count == 20_000 ? whole.count - 1500 : count
    try directory.write(whole[0..<cut], to: "b.tar")
    let error = #expect(throws: Diagnostic.self) { try ImageArchive(directory.path("b.tar")) }
    #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
  }

  @Test func refusesDamagedLayers() throws {
    let (directory, _, whole) = try Self.archive()
    let index = try TarIndex(OpenFile(reading: directory.path("a.tar"))).files
    var bytes = whole.bytes
    for (name, range) in index where name.hasSuffix(".tar.gz") { bytes[range.lowerBound + 12] ^= 1 }
    try directory.write(ByteString(bytes), to: "b.tar")
    let archive = try ImageArchive(directory.path("b.tar"))
    let error = #expect(throws: Diagnostics.self) { try CopySet(archive) }
    #expect(error?.list.first?.message.contains("is damaged") == true)
  }

  @Test func refusesManifestsThatWereChanged() throws {
    let (directory, _, whole) = try Self.archive()
    var bytes = whole.bytes
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: "arm64".utf8) })
    bytes[place] = UInt8(ascii: "A")
    try directory.write(ByteString(bytes), to: "b.tar")
    let archive = try ImageArchive(directory.path("b.tar"))
    let error = #expect(throws: Diagnostics.self) { try CopySet(archive) }
    #expect(error?.list.first?.message.contains("is damaged") == true)
  }

  @Test(arguments: [
    "ln -s /etc/passwd manifest.json", "mkdir manifest.json", "echo {} > manifest.json", "echo > other",
  ])
  func refusesOtherArchives(_ make: String) throws {
    let directory = try TemporaryDirectory()
    let made = try Command(
      ["sh", "-c", "mkdir d && cd d && \(make) && tar -cf ../a.tar --format=ustar *"], in: directory.path
    ).run()
    try #require(made.status == 0)
    let error = #expect(throws: Diagnostic.self) { try ImageArchive(directory.path("a.tar")) }
    #expect(error != nil)
  }
}
