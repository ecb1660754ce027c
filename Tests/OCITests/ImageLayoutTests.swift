import Files
import OCI
import TestSupport
import Testing

@Suite struct ImageLayoutTests {
  private static let layer = Gzip.compress(TarWriter.archive(LayerTreeFixture.tree("plain")))
  static let image = Image(
    docker: "{\"architecture\":\"\",\"os\":\"\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}",
    layers: [layer])

  private func write(_ files: FileSet, into directory: TemporaryDirectory) throws {
    for file in files.files { try directory.write(file.contents, to: file.path.text) }
  }

  private func read(_ layout: ImageLayout) throws {
    let descriptor = try layout.image()
    #expect(descriptor.digest == Self.image.digest)
    let reference = try ImageReference("localhost/layout").with(digest: descriptor.digest)
    let fetched = try layout.manifest(reference)
    #expect(fetched == Self.image.manifest)
    let manifest = try ImageManifest(fetched.bytes, shown: "test")
    #expect(try layout.blob(manifest.layers[0], from: reference, limit: 1 << 20) == Self.image.layers[0])
    #expect(try layout.blob(manifest.configuration, from: reference, limit: 1 << 20) == Self.image.configuration)
    var bytes: [UInt8] = []
    try layout.fetchBlob(manifest.layers[0], from: reference) { bytes += $0 }
    #expect(ByteString(bytes) == Self.image.layers[0])
    #expect(try layout.digestIfPresent(of: ImageReference("localhost/layout:v1")) == Self.image.digest)
    #expect(try layout.digestIfPresent(of: ImageReference("localhost/layout:v2")) == nil)
  }

  @Test func directoriesAreReadAsTheyAreWritten() throws {
    let directory = try TemporaryDirectory()
    try write(ImageLayout.files(Self.image, name: "v1"), into: directory)
    try read(try ImageLayout(directory.path))
  }

  @Test(arguments: [true, false])
  func archivesAreReadAsTheyAreWritten(_ isCompressed: Bool) throws {
    let directory = try TemporaryDirectory()
    let archive = TarWriter.archive(LayerTree(ImageLayout.files(Self.image, name: "v1")))
    try directory.write(isCompressed ? Gzip.compress(archive) : archive, to: "layout.tar")
    try read(try ImageLayout(directory.path("layout.tar")))
  }

  @Test func bothFormatsShareWhatTheyHaveInCommon() throws {
    let twin = Self.image.inOCIFormat
    #expect(twin.digest != Self.image.digest && twin.layers == Self.image.layers)
    let manifest = try ImageManifest(twin.manifest.bytes, shown: "test")
    #expect(manifest.mediaType == .manifest && manifest.layers[0].mediaType == .layer)
    #expect(ImageLayout.files(Self.image, name: nil).files.count == 6)
  }

  private func layout(_ edit: (TemporaryDirectory) throws -> Void) throws -> Diagnostic? {
    let directory = try TemporaryDirectory()
    try write(ImageLayout.files(Self.image, name: "v1"), into: directory)
    try edit(directory)
    return #expect(throws: Diagnostic.self) {
      let layout = try ImageLayout(directory.path)
      let reference = try ImageReference("localhost/layout").with(digest: layout.image().digest)
      let manifest = try ImageManifest(layout.manifest(reference).bytes, shown: "test")
      for layer in manifest.layers { _ = try layout.blob(layer, from: reference, limit: 1 << 20) }
    }
  }

  @Test func saysWhatIsWrong() throws {
    let blob =
      ImageLayout.files(Self.image, name: nil).files.first { $0.contents == Self.image.layers[0] }?.path.text ?? ""
    #expect(try layout { try Disk.remove($0.path("oci-layout")) }?.message.contains("is no OCI image layout") == true)
    #expect(try layout { try Disk.remove($0.path("index.json")) }?.message.contains("is no OCI image layout") == true)
    #expect(
      try layout { try $0.write("{\"imageLayoutVersion\":\"2.0.0\"}", to: "oci-layout") }?.message
        .hasSuffix("is an OCI image layout of version 2.0.0; expected version 1") == true)
    #expect(try layout { try Disk.remove($0.path(blob)) }?.message.contains("lacks the blob sha256:") == true)
    #expect(try layout { try $0.write("other", to: blob) }?.message.contains("is damaged: its digest is") == true)
    #expect(
      try layout { try $0.write(ImageIndex(manifests: []).contents, to: "index.json") }?.message
        .hasSuffix("holds no image") == true)
    let two = ImageIndex(
      manifests: [("a", "1"), ("b", "2")].map { (name: ByteString, contents: ByteString) in
        var descriptor = Descriptor(.manifest, of: contents)
        descriptor.annotations = [Annotation(name: "org.opencontainers.image.ref.name", value: name)]
        return descriptor
      })
    #expect(
      try layout { try $0.write(two.contents, to: "index.json") }?.message.hasSuffix("holds several images: a, b")
        == true)
  }
}
