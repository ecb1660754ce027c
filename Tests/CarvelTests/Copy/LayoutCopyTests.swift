import Carvel
import Files
import OCI
import TestSupport
import Testing

@Suite struct LayoutCopyTests {
  private static func copy(_ samples: SampleImages, from source: CountingSource, to path: String) throws {
    let set = try CopySet(bundle: samples.reference, from: samples, jobs: 2)
    try LayoutCopy(to: path).copy(set, from: source, foreign: false, jobs: 1) { _, _ in }
  }

  @Test func holdsWhatWasCopied() throws {
    let directory = try TemporaryDirectory()
    let samples = try SampleImages("registry.example")
    let path = directory.path("layout")
    try Self.copy(samples, from: CountingSource(samples), to: path)
    let layout = try ImageLayout(path)
    #expect(try layout.image(named: "v1").digest == samples.bundle.digest)
    let named = Set(layout.index.manifests.compactMap { $0.annotation(ImageLayout.nameAnnotation) })
    let digests = [samples.images[0], samples.images[2], samples.bundle].map(\.digest) + [samples.list.digest]
    #expect(named == Set(digests.map(\.tag) + ["v1"]))
    let reference = try samples.reference
    for image in samples.images {
      for blob in image.blobs {
        let descriptor = Descriptor(.dockerLayer, of: blob.contents)
        #expect(try layout.blob(descriptor, from: reference, limit: 1 << 20) == blob.contents)
      }
    }
  }

  @Test func goesOnWithWhatIsThere() throws {
    let directory = try TemporaryDirectory()
    let samples = try SampleImages("registry.example")
    let path = directory.path("layout")
    #expect(throws: Diagnostics.self) {
      try Self.copy(samples, from: CountingSource(samples, failsAfter: 3), to: path)
    }
    // Nothing is a layout that is not complete.
    #expect(!directory.exists("layout/index.json"))
    let counted = CountingSource(samples)
    try Self.copy(samples, from: counted, to: path)
    #expect(counted.fetched == 8 - 3)
    let before = directory.read("layout/index.json")
    try Self.copy(samples, from: counted, to: path)
    #expect(counted.fetched == 8 - 3)
    #expect(directory.read("layout/index.json") == before)
  }

  @Test func leavesOtherDirectoriesAlone() throws {
    let directory = try TemporaryDirectory()
    try directory.write("mine", to: "other/file")
    let samples = try SampleImages("registry.example")
    let error = #expect(throws: Diagnostics.self) {
      try Self.copy(samples, from: CountingSource(samples), to: directory.path("other"))
    }
    #expect(error?.list.first?.message.contains("holds something else") == true)
    #expect(!directory.exists("other/blobs"))
  }
}
