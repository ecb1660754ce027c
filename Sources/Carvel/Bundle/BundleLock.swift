package import Files
package import OCI
import YAML

/// Which bundle was pushed, by its digest: what `imgpkg push --lock-output` writes and `imgpkg pull --lock` reads.
package struct BundleLock: Sendable, Hashable {
  package static let kind: ByteString = "BundleLock"

  /// Always with a digest.
  package var image: ImageReference
  /// The tag under which it was pushed.
  package var tag: ByteString?

  package init(image: ImageReference, tag: ByteString?) {
    self.image = image
    self.tag = tag
  }

  /// Reads the text of a lock.
  /// - Throws: a diagnostic if it is none, or names a bundle otherwise than by its digest.
  package init(parsing source: SourceFile) throws(Diagnostics) {
    let document = try BundleDocument(parsing: source, kind: Self.kind, keys: ["bundle"])
    guard let text = document.text("bundle", "image") else {
      throw document.mistake("a BundleLock has the bundle's name at bundle.image, and this one has none")
    }
    do throws(Diagnostic) { image = try ImageReference(text) } catch { throw Diagnostics(error) }
    guard image.digest != nil else {
      throw document.mistake("the bundle in a lock is named by its digest, not '\(text)'")
    }
    tag = document.text("bundle", "tag")
  }

  /// The text of the file, byte by byte as imgpkg writes it.
  package var text: ByteString {
    var bundle = [MapItem(key: .string("image"), value: .string(image.text))]
    if let tag { bundle.append(MapItem(key: .string("tag"), value: .string(tag))) }
    return Node.map([
      MapItem(key: .string("apiVersion"), value: .string(BundleDocument.apiVersion)),
      MapItem(key: .string("bundle"), value: .map(bundle)),
      MapItem(key: .string("kind"), value: .string(Self.kind)),
    ]).documentText
  }
}
