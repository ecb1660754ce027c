import Files
import TestSupport
import Testing
import Workspace

@Suite struct AssetTests {
  /// The generated list: `make generate` rewrites it.
  @Test func theBinaryCarriesTheBundleAsItIs() throws {
    let bundle = DiskTree(root: "\(Repository.root)/overlays/velero")
    let onDisk = try Disk.walk(bundle.path("config")).filter { $0.value != .directory }.keys.sorted()
    let carried = Asset.files(below: "overlays/velero/config")
    #expect(carried.files.map(\.path) == onDisk, "run 'make generate'")
    for file in carried.files {
      #expect(try bundle.holds(file.contents, at: "config/" + file.path), "\(file.path)")
    }
  }

  @Test(arguments: ["aws", "azure", "gcp", "kind", "vsphere"])
  func theBinaryCarriesTheSampleValues(provider: String) throws {
    let path = "environments/\(provider)/values.yaml"
    let onDisk = try Disk.read("\(Repository.root)/\(path)", limit: 1 << 20)
    #expect(Asset.file(ByteString(path)) == onDisk)
  }
}

private func + (left: ByteString, right: ByteString) -> ByteString { left.appending(right) }
