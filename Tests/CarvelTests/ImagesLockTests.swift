import Files
import OCI
import TestSupport
import Testing

@testable import Carvel

@Suite struct ImagesLockTests {
  private static func parse(_ text: String) throws(Diagnostics) -> ImagesLock {
    try ImagesLock(parsing: SourceFile.register(path: "images.lock.yaml", contents: ByteString(text)))
  }

  /// What kbld 0.42 wrote for a registry of this machine; the name of the registry was replaced.
  private static var written: ByteString {
    get throws { try Disk.read(Repository.fixtures("carvel/images-lock/kbld.yml"), limit: 1 << 20) }
  }

  @Test func comesBackByteByByte() throws {
    let written = try Self.written
    let lock = try Self.parse(written.text)
    #expect(lock.entries.count == 4)
    #expect(lock.text == written)
    #expect(try Self.parse(ImagesLock().text.text).entries.isEmpty)
  }

  /// From names and digests alone.
  @Test func isWhatKbldWrites() throws {
    let written = try Self.written
    var entries: [ImagesLock.Entry] = []
    for entry in try Self.parse(written.text).entries {
      let id = try #require(entry.id)
      entries.append(
        ImagesLock.Entry(id: id, written: try ImageReference(id), digest: try #require(entry.image.digest)))
    }
    #expect(ImagesLock(entries).text == written)
  }

  @Test func takesTheFirstOfANameAsKbldDoes() throws {
    let digests = ["1", "2"].map { "sha256:" + String(repeating: $0, count: 64) }
    let entries = digests.map { "- image: a/b@\($0)\n  annotations: {kbld.carvel.dev/id: 'a/b:v1'}\n" }
    let lock = try Self.parse(
      "apiVersion: imgpkg.carvel.dev/v1alpha1\nkind: ImagesLock\nimages:\n" + entries.joined())
    #expect(lock[id: "a/b:v1"]?.image.text == ByteString("index.docker.io/a/b@\(digests[0])"))
    #expect(lock[id: "a/b"] == nil)
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    let text: String
    let line: Int
    let message: String
    var testDescription: String { message }
  }

  static let refused = [
    Refused(text: "", line: 1, message: "it is empty"),
    Refused(text: "kind: ImagesLock\n", line: 1, message: "the key 'apiVersion' is missing"),
    Refused(
      text: "apiVersion: imgpkg.carvel.dev/v1alpha1\nkind: BundleLock\n", line: 2,
      message: "'kind' is \"BundleLock\" (expected 'ImagesLock')"),
    Refused(
      text: "apiVersion: imgpkg.carvel.dev/v1alpha1\nkind: ImagesLock\nimgaes: []\n", line: 3,
      message: "unknown key 'imgaes'"),
    Refused(
      text: "apiVersion: imgpkg.carvel.dev/v1alpha1\nkind: ImagesLock\nimages: a\n", line: 3,
      message: "'images' must be a list"),
    Refused(
      text: "apiVersion: imgpkg.carvel.dev/v1alpha1\nkind: ImagesLock\nimages:\n- image: a/b:v1\n", line: 4,
      message: "'a/b:v1' has no digest"),
    Refused(
      text: "apiVersion: imgpkg.carvel.dev/v1alpha1\nkind: ImagesLock\nimages:\n- annotations: {a: b}\n", line: 4,
      message: "has no 'image'"),
    Refused(
      text: "apiVersion: imgpkg.carvel.dev/v1alpha1\nkind: ImagesLock\nimages:\n- image: a/b@sha256:1\n", line: 4,
      message: "is no digest"),
    Refused(
      text: "apiVersion: imgpkg.carvel.dev/v1alpha1\nkind: ImagesLock\n---\nkind: ImagesLock\n", line: 3,
      message: "more than one document"),
  ]

  @Test(arguments: refused) func saysWhatIsWrongAndWhere(_ refused: Refused) throws {
    do {
      _ = try Self.parse(refused.text)
      Issue.record("it was read")
    } catch {
      #expect(error.list.contains { $0.message.contains(refused.message) }, "\(error)")
      #expect(error.list.first { $0.message.contains(refused.message) }?.range?.start.line == refused.line, "\(error)")
    }
  }
}
