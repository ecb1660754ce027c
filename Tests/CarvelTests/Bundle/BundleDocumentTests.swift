import Carvel
import Files
import OCI
import Testing

@Suite struct BundleDocumentTests {
  static let digest = "sha256:101e40a820d58601e24b5db0c4e43f879a554b2e8385ec4634884521bc55817c"

  private func source(_ text: String) -> SourceFile { .register(path: "test.yml", contents: ByteString(text)) }

  @Test func locksAreThoseOfImgpkg() throws {
    let text = """
      ---
      apiVersion: imgpkg.carvel.dev/v1alpha1
      bundle:
        image: 127.0.0.1:5083/theirs/plain@\(Self.digest)
        tag: "1"
      kind: BundleLock

      """
    let lock = try BundleLock(parsing: source(text))
    #expect(lock.image.text.text == "127.0.0.1:5083/theirs/plain@\(Self.digest)" && lock.tag == "1")
    #expect(lock.text.text == text)
  }

  @Test(arguments: [
    ("kind: BundleLock", "this is not of kind BundleLock and apiVersion imgpkg.carvel.dev/v1alpha1, as it has to be"),
    (
      "apiVersion: imgpkg.carvel.dev/v1alpha1\nkind: BundleLock\nother: 1",
      "a BundleLock has no key 'other'"
    ),
    (
      "apiVersion: imgpkg.carvel.dev/v1alpha1\nkind: BundleLock\nbundle: {image: 'a:1'}",
      "the bundle in a lock is named by its digest, not 'a:1'"
    ),
    (
      "apiVersion: imgpkg.carvel.dev/v1alpha1\nkind: BundleLock\n",
      "a BundleLock has the bundle's name at bundle.image, and this one has none"
    ),
    ("", "the file is empty; expected a document of kind BundleLock"),
  ])
  func refusesOtherLocks(_ text: String, _ message: String) {
    let error = #expect(throws: Diagnostics.self) { try BundleLock(parsing: source(text)) }
    #expect(error?.list.map(\.message) == [message])
  }

  @Test func locationsAreThoseOfImgpkg() throws {
    let text = """
      ---
      apiVersion: imgpkg.carvel.dev/v1alpha1
      images:
      - image: 127.0.0.1:5083/src/app@\(Self.digest)
        isBundle: false
      - image: 127.0.0.1:5083/src/inner@\(Self.digest)
        isBundle: true
      kind: ImageLocations

      """
    let locations = try ImageLocations(parsing: source(text))
    #expect(locations.images.map(\.isBundle) == [false, true])
    #expect(ImageLocations(locations.images.reversed()).text.text == text)
  }

  @Test func metadataIsRead() throws {
    let metadata = try BundleMetadata(
      parsing: source(
        """
        apiVersion: imgpkg.carvel.dev/v1alpha1
        kind: Bundle
        metadata: {name: velero}
        authors:
        - {name: A, email: a@example.com}
        websites:
        - url: https://example.com
        """))
    #expect(metadata.fields == ["name": "velero"] && metadata.websites == ["https://example.com"])
    #expect(metadata.authors == [BundleMetadata.Author(name: "A", email: "a@example.com")])
  }
}
