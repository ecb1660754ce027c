import Files
import OCI
import Testing
import Workspace

@Suite struct LockTests {
  private let lock: Lock

  init() throws {
    lock = Lock(
      inputs: EnvironmentInputs(
        name: try EnvironmentName("prod"),
        values: [WorkspaceFile(path: "environments/prod/values.yaml", contents: "a: 1")], overlays: []),
      bundle: Bundle(source: .directory("overlays/velero"), files: FileSet()),
      release: "v1.18.1", output: FileSet([.init(path: "a.yaml", contents: "x")]))
  }

  @Test func readsWhatItWrites() throws {
    let read = Lock(parsing: SourceFile.register(path: "sailplan.lock", contents: lock.text))
    #expect(read == lock)
    #expect(lock.digest(ofFile: "a.yaml") == ContentDigest("x"))
  }

  @Test(arguments: [
    "", "a: 1", "apiVersion: sailplan.dev/v2\nkind: Lock", "\t", "[",
    "apiVersion: sailplan.dev/v1alpha1\nkind: Lock\nfiles: 1",
  ])
  func takesNothingElseForOne(text: String) {
    #expect(Lock(parsing: SourceFile.register(path: "sailplan.lock", contents: ByteString(text))) == nil)
  }

  @Test func digestsAreThoseOfSHA256() {
    #expect(ContentDigest("").text == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      ContentDigest(FileSet([.init(path: "a", contents: "b")]))
        != ContentDigest(FileSet([.init(path: "ab", contents: "")])))
  }
}
