import Carvel
import Files
import OCI
import Testing

@Suite struct BundleImageTests {
  static let lock: ByteString = "---\napiVersion: imgpkg.carvel.dev/v1alpha1\nkind: ImagesLock\n"

  static func tree(_ others: (ByteString, ByteString)...) -> LayerTree {
    LayerTree(FileSet(others.map { FileSet.File(path: $0.0, contents: $0.1) }))
  }

  /// The digest of the configuration is what imgpkg 0.43 gave for the same files: `skopeo inspect --config --raw`.
  @Test func imagesAreThoseOfImgpkg() throws {
    let image = try Image(Self.tree(("hello.txt", "hello\n")), labels: [:])
    #expect(
      ContentDigest(image.configuration).description
        == "sha256:81a281a1435b083e9513a5c92366554710d8bbda9df98e46dfa403c60b9049bd")
    #expect(
      image.configuration.text
        == #"{"architecture":"","created":"0001-01-01T00:00:00Z","history":[{"author":"imgpkg","#
        + #""created":"0001-01-01T00:00:00Z","created_by":"imgpkg"}],"os":"","rootfs":{"type":"layers","diff_ids":"#
        + #"["sha256:f974c7c850cdcbf91196e14655ae58343d5f9db7ff9fe578be831f72d3df85a0"]},"config":{}}"#)
    let manifest = try ImageManifest(image.manifest.bytes, shown: "test")
    #expect(manifest.mediaType == .dockerManifest && manifest.layers.map(\.mediaType) == [.dockerLayer])
  }

  @Test func labelsStandInTheirOrder() throws {
    let contents = try BundleContents(Self.tree((".imgpkg/images.yml", Self.lock)), shown: "test")
    let image = try Image(contents, labels: ["z": "1", "a": "2"])
    #expect(
      image.configuration.text.hasSuffix(
        #""config":{"Labels":{"a":"2","dev.carvel.imgpkg.bundle":"true","z":"1"}}}"#))
  }

  @Test func tagsFollowFromDigests() {
    let digest = ContentDigest("")
    #expect(digest.tag.text == "sha256-\(digest.hex).imgpkg")
    #expect(digest.locationsTag.text == "sha256-\(digest.hex).image-locations.imgpkg")
  }

  @Test func takesBundles() throws {
    let tree = Self.tree(
      ("config/a.yml", "a: 1"), (".imgpkg/images.yml", Self.lock),
      (".imgpkg/bundle.yml", "apiVersion: imgpkg.carvel.dev/v1alpha1\nkind: Bundle\nmetadata: {name: a}\n"))
    #expect(try BundleContents(tree, shown: "test").tree == tree)
  }

  @Test(arguments: [
    (tree(("a", "")), "test is no bundle: it lacks .imgpkg/images.yml"),
    (tree((".imgpkg/bundle.yml", "")), "test is no bundle: .imgpkg lacks images.yml"),
    (
      tree(("a/.imgpkg/images.yml", lock)),
      "test is no bundle: .imgpkg has to be at the top and nowhere else; it is at a/.imgpkg"
    ),
    (
      tree((".imgpkg/images.yml", lock), (".imgpkg/bundles/a/.imgpkg/images.yml", lock)),
      "test is no bundle: .imgpkg has to be at the top and nowhere else; it is at .imgpkg, .imgpkg/bundles/a/.imgpkg"
    ),
    (
      tree((".imgpkg/images.yml", lock), (".imgpkg/bundle.yml", "kind: Other\n")),
      "this is not of kind Bundle and apiVersion imgpkg.carvel.dev/v1alpha1, as it has to be"
    ),
  ])
  func refusesWhatIsNoBundle(_ tree: LayerTree, _ message: String) {
    let error = #expect(throws: Diagnostics.self) { try BundleContents(tree, shown: "test") }
    #expect(error?.list.map(\.message) == [message])
  }

  @Test func refusesALockThatIsNone() {
    let tree = Self.tree((".imgpkg/images.yml", "apiVersion: imgpkg.carvel.dev/v1alpha1\nkind: Other\n"))
    let error = #expect(throws: Diagnostics.self) { try BundleContents(tree, shown: "test") }
    #expect(error?.list.first?.range?.start.source?.path == "test/.imgpkg/images.yml")
  }
}
