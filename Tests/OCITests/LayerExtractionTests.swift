import Files
import Glibc
import OCI
import TestSupport
import Testing

@Suite struct LayerExtractionTests {
  private func extract(_ layers: [ByteString], into directory: TemporaryDirectory) throws {
    let extraction = LayerExtraction(into: directory.path, limits: .image)
    for layer in layers {
      #expect(try extraction.extract(.bytes(Gzip.compress(layer)), shown: "layer") == ContentDigest(layer))
    }
  }

  @Test func writesTheTree() throws {
    let directory = try TemporaryDirectory()
    let tree = LayerTreeFixture.tree("long")
    try extract([TarWriter.archive(tree)], into: directory)
    for entry in tree.entries where entry.path != "." {
      if let file = entry.file {
        #expect(directory.read(entry.path.text) == file.contents)
      } else {
        #expect(Disk.isDirectory(directory.path(entry.path.text)))
      }
    }
  }

  @Test func othersMayReadWhatTheOwnerMay() throws {
    let directory = try TemporaryDirectory()
    let archive = TarText().adding("a", mode: "0000600").adding("b", mode: "0000700").adding("c", mode: "0000640")
      .adding("d", mode: "0004755")
    try extract([archive.archive], into: directory)
    let mask = umask(0)
    umask(mask)
    for (name, mode) in [("a", 0o666), ("b", 0o777), ("c", 0o640), ("d", 0o755)] {
      var facts = stat()
      #expect(stat(directory.path(name), &facts) == 0 && facts.st_mode & 0o7777 == mode_t(mode) & ~mask, "\(name)")
    }
  }

  @Test func laterLayersReplaceAndHide() throws {
    let directory = try TemporaryDirectory()
    try extract(
      [
        TarText().adding("a/b", contents: "1").adding("a/c").adding("d/e").adding("d/f/g").adding("h/i").adding("j")
          .archive,
        TarText().adding("a/b", contents: "2").adding("a/.wh.c").adding(".wh.j").archive,
        TarText().adding("d/new").adding("d/.wh..wh..opq").adding("h").archive,
      ], into: directory)
    #expect(try Disk.walk(directory.path).filter { $0.value == .file }.keys.sorted() == ["a/b", "d/new", "h"])
    #expect(directory.read("a/b") == "2")
  }

  /// A layer may say that a file is gone, but nothing of a directory above.
  @Test(arguments: [".wh.", ".wh..", ".wh...", "a/.wh...", "a/.wh.."])
  func nothingIsRemovedAbove(name: String) throws {
    let directory = try TemporaryDirectory()
    try directory.write("1", to: "kept")
    try directory.write("1", to: "top/a/kept")
    let extraction = LayerExtraction(into: directory.path("top"), limits: .image)
    let archive = TarText().adding(name).archive
    let error = #expect(throws: Diagnostic.self) { try extraction.extract(.bytes(archive), shown: "layer") }
    #expect(error?.message.contains("layer holds \(name)") == true)
    #expect(directory.read("kept") == "1" && directory.read("top/a/kept") == "1")
  }

  @Test func nothingIsWrittenThroughLinksThatAreThereAlready() throws {
    let directory = try TemporaryDirectory()
    let outside = try TemporaryDirectory()
    #expect(symlink(outside.path("file"), directory.path("a")) == 0)
    try extract([TarText().adding("a", contents: "1").archive], into: directory)
    #expect(!outside.exists("file") && directory.read("a") == "1")
  }
}
