import Files
import OCI
import TestSupport
import Testing

@Suite struct LayerTests {
  @Test(arguments: Repository.rows("oci/layer-digests.tsv").map { ($0[0], $0[1]) })
  func archivesAreThoseOfImgpkg(_ tree: String, _ digest: String) {
    #expect(ContentDigest(TarWriter.archive(LayerTreeFixture.tree(tree))).description == digest)
  }

  @Test(arguments: ["plain", "long"], [true, false])
  func readsWhatItWrites(_ name: String, _ isCompressed: Bool) throws {
    let tree = LayerTreeFixture.tree(name)
    let archive = TarWriter.archive(tree)
    #expect(try LayerTree(.bytes(isCompressed ? Gzip.compress(archive) : archive), shown: "layer") == tree)
  }

  @Test func compressesTheSameToTheSame() throws {
    let archive = TarWriter.archive(LayerTreeFixture.tree("plain"))
    let compressed = Gzip.compress(archive)
    #expect(Gzip.compress(archive) == compressed)
    #expect(Array(compressed.bytes.prefix(8)) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
  }

  @Test func anArchiveMayBeCompressedInParts() throws {
    let tree = LayerTreeFixture.tree("plain")
    let archive = TarWriter.archive(tree)
    let parts = Gzip.compress(archive[0..<700]).appending(Gzip.compress(archive[700..<archive.count]))
    #expect(try LayerTree(.bytes(parts), shown: "layer") == tree)
  }

  @Test func filesInMemoryMakeATree() {
    let tree = LayerTree(FileSet([.init(path: "b/c/d", contents: "1"), .init(path: "b-a", contents: "2")]))
    #expect(tree.entries.map(\.path) == [".", "b", "b/c", "b/c/d", "b-a"])
    #expect(tree["b-a"]?.contents == "2" && tree["b"] == nil)
  }

  // MARK: What others write

  @Test func readsLongNamesOfGNUAndPAX() throws {
    let long = String(repeating: "long/", count: 60) + "name"
    let archive = TarText()
      .adding("././@LongLink", kind: "L", contents: long + "\u{0}", magic: "ustar  \u{0}")
      .adding(String(long.prefix(100)), contents: "1", magic: "ustar  \u{0}")
      .adding("pax", kind: "x", contents: "28 mtime=1700000000.1234567\n14 path=ü/ö\n")
      .adding("other", contents: "2")
      .adding("pax_global_header", kind: "g", contents: "52 comment=0123456789012345678901234567890123456789\n")
      .adding("./directory/", kind: "5")
      .adding("directory/", kind: "5")
      .adding("./a//b/./c", contents: "3")
      .adding("windows\\d", contents: "4")
      .adding("old", kind: "\u{0}", contents: "5", magic: "")
    let tree = try LayerTree(.bytes(archive.archive), shown: "layer")
    #expect(tree[ByteString(long)]?.contents == "1")
    #expect(tree["ü/ö"]?.contents == "2" && tree["a/b/c"]?.contents == "3" && tree["windows/d"]?.contents == "4")
    #expect(tree["old"]?.contents == "5")
    #expect(tree.entries.contains { $0.path == "directory" && $0.file == nil })
  }

  @Test func theTopMayStandSeveralTimes() throws {
    let archive = TarText().adding(".", kind: "5").adding("a").adding("./", kind: "5").adding("b")
    #expect(try LayerTree(.bytes(archive.archive), shown: "layer").entries.map(\.path) == [".", "a", "b"])
  }

  // MARK: What is refused

  static let refused: [(TarText, String)] = [
    (TarText().adding("../a"), "holds ../a, which is named with '..', which may lead out of the top"),
    (TarText().adding("a/../../b"), "holds a/../../b, which is named with '..', which may lead out of the top"),
    (TarText().adding("a\\..\\b"), "holds a\\..\\b, which is named with '..', which may lead out of the top"),
    (TarText().adding("/etc/passwd"), "holds /etc/passwd, which is not below the top: its name is absolute"),
    (TarText().adding("\\a"), "holds \\a, which is not below the top: its name is absolute"),
    (TarText().adding("a", kind: "2", link: "/etc"), "holds a, which is a symbolic link"),
    (TarText().adding("a", kind: "1", link: "b"), "holds a, which is a hard link"),
    (TarText().adding("a", kind: "3"), "holds a, which is a device"),
    (TarText().adding("a", kind: "4"), "holds a, which is a device"),
    (TarText().adding("a", kind: "6"), "holds a, which is a pipe"),
    (TarText().adding("a", kind: "Q"), "holds a, which is of a kind that is not known (Q)"),
    (TarText().adding("a").adding("./a"), "holds ./a, which is in the archive twice"),
    (TarText().adding("a", kind: "5").adding("a"), "holds a, which is in the archive twice"),
    (TarText().adding("a").adding("a/b/c"), "holds a/b/c, which is below a, which is a file"),
    (TarText().adding("a/b").adding("a"), "holds a, which is in the archive twice"),
    (TarText().adding("."), "holds ., which is a file in the place of the top"),
    (TarText().adding("a", kind: "5", contents: "b"), "holds a, which is a directory with contents"),
    (
      TarText().adding("a", size: "77777777777"),
      "holds a, which is 8589934591 bytes long; at most 134217728 are taken"
    ),
    (TarText().adding("x", kind: "x", contents: "9 path=a"), "cannot be read: a PAX header is malformed"),
    (TarText().adding("x", kind: "x", contents: "13 path=../a\n").adding("a"), "holds ../a, which is named with '..'"),
    (TarText().adding(String(repeating: "a", count: 99), size: "x"), "cannot be read: it is no tar archive"),
    (
      TarText().adding("l", kind: "L", contents: String(repeating: "a", count: 256)).adding("a"),
      "which is named longer than a file system takes"
    ),
    (
      TarText().adding("x", kind: "x", contents: "22 GNU.sparse.major=1\n").adding("a"),
      "holds a, which is a file with holes"
    ),
  ]

  @Test(arguments: refused.indices)
  func refusesWhatLeadsOutOrIsNoFile(_ index: Int) throws {
    let (text, message) = Self.refused[index]
    let directory = try TemporaryDirectory()
    let error = #expect(throws: Diagnostic.self) {
      try LayerExtraction(into: directory.path, limits: .configuration).extract(.bytes(text.archive), shown: "layer")
    }
    #expect(error?.message.hasPrefix("layer ") == true)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test func noticesWhereAnArchiveEndsTooEarly() throws {
    let archive = TarWriter.archive(LayerTreeFixture.tree("long"))
    for end in stride(from: 0, to: archive.count - 1024, by: 256) {
      let error = #expect(throws: Diagnostic.self) {
        try LayerTree(.bytes(archive[0..<end]), shown: "layer")
      }
      #expect(error?.message == "layer ends too early: a part of it is missing")
    }
    let compressed = Gzip.compress(archive)
    for end in 4..<compressed.count {
      let error = #expect(throws: Diagnostic.self) {
        try LayerTree(.bytes(compressed[0..<end]), shown: "layer")
      }
      #expect(error?.message == "layer ends too early: a part of it is missing")
    }
  }

  @Test func noticesDamage() throws {
    let compressed = Gzip.compress(TarWriter.archive(LayerTreeFixture.tree("plain"))).bytes
    var checksum = compressed
    checksum[compressed.count - 6] ^= 1
    for damaged in [checksum, compressed + Array("trailing bytes".utf8)] {
      let error = #expect(throws: Diagnostic.self) { try LayerTree(.bytes(ByteString(damaged)), shown: "layer") }
      #expect(error?.message == "layer is damaged: it cannot be inflated")
    }
    let error = #expect(throws: Diagnostic.self) {
      try LayerTree(.bytes(ByteString([0x28, 0xB5, 0x2F, 0xFD, 0])), shown: "layer")
    }
    #expect(error?.message == "layer is compressed with zstd; gzip is expected")
  }

  @Test func boundsWhatIsInflated() throws {
    let zeros = ByteString([UInt8](repeating: 0, count: 4 << 20))
    let bomb = TarWriter.archive(LayerTree(FileSet([.init(path: "zeros", contents: zeros)])))
    let compressed = Gzip.compress(bomb)
    #expect(compressed.count < bomb.count / 500)
    let limits = LayerLimits(size: 1 << 20, entries: 10, file: 1 << 30)
    let error = #expect(throws: Diagnostic.self) {
      try LayerTree(.bytes(compressed), shown: "layer", limits: limits)
    }
    #expect(
      error?.message == "layer has more than 1048576 bytes once it is inflated, which is the most that is read")
    let few = LayerLimits(size: 1 << 30, entries: 3, file: 1 << 30)
    let many = #expect(throws: Diagnostic.self) {
      try LayerTree(.bytes(TarWriter.archive(LayerTreeFixture.tree("plain"))), shown: "layer", limits: few)
    }
    #expect(many?.message == "layer cannot be read: it has more than 3 entries")
  }
}
