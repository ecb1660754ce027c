import Files
import Glibc
import TestSupport
import Testing

extension TemporaryDirectory {
  fileprivate func link(_ path: String, to target: String) { symlink(target, self.path(path)) }

  fileprivate func contents(_ path: String) -> String? { read(path)?.text }

  /// What is below it that is no directory, sorted.
  fileprivate func listing() -> [String] {
    ((try? Disk.walk(path)) ?? [:]).filter { $0.value != .directory }.keys.sorted().map(\.text)
  }
}

@Suite struct DiskTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func failure(_ body: () throws(Diagnostic) -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch {
      return error.message
    }
  }

  @Test func readsAFile() throws {
    try directory.write("text", to: "a")
    #expect(try Disk.read("\(directory.path)/a", limit: 4) == "text")
    try directory.write("", to: "empty")
    #expect(try Disk.read("\(directory.path)/empty", limit: 4) == "")
    // Its size is said to be 0.
    #expect(try Disk.read("/proc/self/status", limit: 1 << 20).count > 100)
  }

  @Test func saysWhyAFileCannotBeRead() throws {
    let path = directory.path
    try directory.write("12345", to: "large")
    directory.link("circle", to: "circle")
    mkfifo("\(path)/pipe", 0o600)
    let cases = [
      ("missing", "cannot read \(path)/missing: there is no such file or directory"),
      (".", "cannot read \(path)/.: it is a directory"),
      ("large", "cannot read \(path)/large: it is too large (5 bytes, at most 4 are read)"),
      ("circle", "cannot read \(path)/circle: too many symbolic links"),
      ("pipe", "cannot read \(path)/pipe: it is no ordinary file"),
      ("large/x", "cannot read \(path)/large/x: something in the path is not a directory"),
    ]
    for (name, message) in cases {
      #expect(failure { () throws(Diagnostic) in _ = try Disk.read("\(path)/\(name)", limit: 4) } == message)
    }
  }

  @Test func listsInTheOrderOfBytes() throws {
    for name in ["b", "B", "é", "a/x"] { try directory.write("", to: name) }
    directory.link("l", to: "nowhere")
    chmod("\(directory.path)/b", 0o755)
    let entries = try Disk.entries(directory.path)
    #expect(entries.map(\.name) == ["B", "a", "b", "l", "é"])
    #expect(entries.map(\.kind) == [.file, .directory, .executable, .link, .file])
  }

  @Test func replacesAFileInOneStep() throws {
    try directory.write("old", to: "lock")
    try Disk.replace("\(directory.path)/lock", with: "new")
    #expect(directory.contents("lock") == "new")
    #expect(directory.listing() == ["lock"])
  }
}

@Suite struct DiskReplacementTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }
  private var place: String { "\(directory.path)/tree" }

  private func files(_ files: KeyValuePairs<ByteString, ByteString>) -> FileSet {
    FileSet(files.map { FileSet.File(path: $0.key, contents: $0.value) })
  }

  private func replace(_ new: FileSet, owned: Set<ByteString> = [], lock: ByteString? = nil) throws(Diagnostic) {
    var replacement = try DiskReplacement(path: place)
    try replacement.stage(new, owned: owned)
    if let lock { try replacement.stage(lock, name: "lock") }
    try replacement.publish()
  }

  @Test func createsWhatIsNotThere() throws {
    try replace(files(["a": "1", "d/e/b": "2"]), lock: "l")
    #expect(directory.listing() == ["lock", "tree/a", "tree/d/e/b"])
    #expect(directory.contents("tree/d/e/b") == "2")
  }

  @Test func removesWhatIsOursAndKeepsWhatIsNot() throws {
    for path in ["tree/ours", "tree/crds/gone", "tree/README", "tree/notes/x"] { try directory.write("old", to: path) }
    directory.link("tree/link", to: "../elsewhere")
    try Disk.createDirectory("\(place)/empty")
    try replace(files(["ours": "new"]), owned: ["ours", "crds/gone"])
    #expect(directory.listing() == ["tree/README", "tree/link", "tree/notes/x", "tree/ours"])
    #expect(directory.contents("tree/ours") == "new")
    #expect(try Disk.linkTarget("\(place)/link") == "../elsewhere")
    #expect(try Disk.kind("\(place)/empty") == .directory)
    #expect(try Disk.kind("\(place)/crds") == nil)
  }

  @Test func leavesAnUnchangedFileTheSameFile() throws {
    try replace(files(["same": "1", "other": "1"]))
    func identity(_ name: String) -> UInt64 {
      var status = stat()
      return stat("\(place)/\(name)", &status) == 0 ? UInt64(status.st_ino) : 0
    }
    let before = (identity("same"), identity("other"))
    try replace(files(["same": "1", "other": "2"]), owned: ["same", "other"])
    #expect(identity("same") == before.0)
    #expect(identity("other") != before.1)
  }

  @Test func replacesALinkByAFile() throws {
    try directory.write("precious", to: "outside")
    try Disk.createDirectory(place)
    directory.link("tree/a", to: "../outside")
    try replace(files(["a": "new"]), owned: ["a"])
    #expect(directory.contents("outside") == "precious")
    #expect(try Disk.kind("\(place)/a") == .file)
  }

  @Test func clearsAwayWhatAKilledRunLeft() throws {
    try directory.write("old", to: "tree/a")
    try directory.write("x", to: ".tree.sailplan-new/half")
    try directory.write("older", to: ".tree.sailplan-old/a")
    try replace(files(["a": "new"]), owned: ["a"])
    #expect(directory.listing() == ["tree/a"])
  }

  @Test func restoresTheTreeOfARunKilledBetweenTwoRenames() throws {
    try directory.write("kept", to: ".tree.sailplan-old/README")
    try replace(files(["a": "new"]))
    #expect(directory.listing() == ["tree/README", "tree/a"])
  }

  @Test func givesUpWithoutATrace() throws {
    try directory.write("theirs", to: "tree/a/b")
    #expect(throws: Diagnostic.self) { try replace(files(["a": "new"]), lock: "l") }
    #expect(directory.listing() == ["tree/a/b"])
    directory.link("linked", to: "tree")
    var replacement = try DiskReplacement(path: "\(directory.path)/linked")
    var message = ""
    do throws(Diagnostic) { try replacement.stage(files(["a": "new"]), owned: []) } catch { message = error.message }
    #expect(message == "cannot write \(directory.path)/linked: it is a symbolic link")
  }

  /// Needs the right to mount.
  @Test(.enabled(if: getuid() == 0)) func aFullDiskLeavesTheOldTree() throws {
    try Disk.createDirectory(place)
    guard mount("tmpfs", directory.path, "tmpfs", 0, "size=64k") == 0 else { return }
    defer { umount2(directory.path, Int32(MNT_DETACH)) }
    try replace(files(["a": "old"]), lock: "old")
    let large = ByteString([UInt8](repeating: 0x61, count: 1 << 20))
    var caught: Diagnostic?
    do throws(Diagnostic) { try replace(files(["a": "new", "b": large]), owned: ["a"], lock: "new") } catch {
      caught = error
    }
    #expect(caught?.message.hasSuffix("no space left on the device") == true)
    #expect(directory.listing() == ["lock", "tree/a"])
    #expect(directory.contents("tree/a") == "old")
  }

  @Test func twoAtOnceWaitForEachOther() async throws {
    let path = place
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          try? {
            var replacement = try DiskReplacement(path: path)
            let contents = ByteString("\(number)")
            try replacement.stage(
              FileSet([.init(path: "a", contents: contents), .init(path: "b", contents: contents)]), owned: ["a", "b"])
            try replacement.publish()
          }()
        }
      }
    }
    #expect(directory.listing() == ["tree/a", "tree/b"])
    #expect(directory.contents("tree/a") == directory.contents("tree/b"))
  }
}
