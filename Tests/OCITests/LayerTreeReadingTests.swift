import Files
import Glibc
import OCI
import TestSupport
import Testing

@Suite struct LayerTreeReadingTests {
  private func tree(_ paths: [String], _ excluded: Set<ByteString> = [".git"]) throws -> LayerTree {
    try LayerTree(reading: paths, excluding: excluded)
  }

  private func messages(_ paths: [String]) -> [String] {
    do {
      _ = try tree(paths)
      return []
    } catch { return (error as? Diagnostics)?.list.map(\.message) ?? ["\(error)"] }
  }

  @Test func readsDirectoriesAndFilesInAnyOrder() throws {
    let directory = try TemporaryDirectory()
    try directory.write("1", to: "one/a/b")
    try directory.write("2", to: "two/a-b")
    try directory.write("3", to: "two/run.sh", mode: 0o755)
    try directory.write("4", to: "file")
    try directory.write("5", to: "one/.git/config")
    try directory.write("6", to: "two/left/out")
    let paths = ["one", "two", "file"].map(directory.path)
    let tree = try tree(paths, [".git", "left/out"])
    #expect(tree.entries.map(\.path) == [".", "a", "a/b", "a-b", "file", "left", "run.sh"])
    #expect(tree["run.sh"]?.isExecutable == true && tree["a-b"]?.isExecutable == false)
    #expect(try self.tree(paths.reversed(), [".git", "left/out"]) == tree)
  }

  @Test func filesMayBeNamedByLinks() throws {
    let directory = try TemporaryDirectory()
    try directory.write("1", to: "a")
    #expect(symlink("a", directory.path("b")) == 0)
    #expect(try tree([directory.path("b")])["b"]?.contents == "1")
  }

  @Test func saysAllThatCannotBeTaken() throws {
    let directory = try TemporaryDirectory()
    try directory.write("1", to: "one/a")
    try directory.write("2", to: "two/a")
    #expect(symlink("a", directory.path("one/link")) == 0)
    #expect(mkfifo(directory.path("two/pipe"), 0o600) == 0)
    let (one, two) = (directory.path("one"), directory.path("two"))
    let plain = "images for configuration hold directories and ordinary files only"
    #expect(
      messages([one, two, directory.path("none")]) == [
        "\(one)/link is a symbolic link; \(plain)", "a stands in two places: \(one)/a and \(two)/a",
        "\(two)/pipe is no ordinary file; \(plain)",
        "cannot read \(directory.path("none")): there is no such file or directory",
      ])
  }
}
