package import Files
package import OCI
import YAML

/// What was copied along with a bundle into its repository: one file in an image of its own, tagged after the bundle.
package struct ImageLocations: Sendable, Hashable {
  /// An image as the bundle's lock names it, always with a digest.
  package struct Location: Sendable, Hashable {
    package var image: ImageReference
    package var isBundle: Bool

    package init(image: ImageReference, isBundle: Bool) {
      self.image = image
      self.isBundle = isBundle
    }
  }

  package var images: [Location]

  /// The one file in the image.
  package static let file: ByteString = "image-locations.yml"

  package init(_ images: [Location]) { self.images = images }

  /// Reads the file.
  /// - Throws: a diagnostic if it is of another kind or names something otherwise than by its digest.
  package init(parsing source: SourceFile) throws(Diagnostics) {
    let document = try BundleDocument(parsing: source, kind: "ImageLocations")
    images = []
    for item in try document.list("images") {
      guard let text = item.value(at: "image")?.stringValue, let image = try? ImageReference(text), image.digest != nil
      else { throw document.mistake("ImageLocations name images by their digests, and this one does not") }
      var isBundle = false
      if case .bool(let value)? = item.value(at: "isBundle") { isBundle = value }
      images.append(Location(image: image, isBundle: isBundle))
    }
  }

  /// The text of the file, byte by byte as imgpkg writes it: images in the order of their names.
  package var text: ByteString {
    let list = images.sorted { $0.image < $1.image }.map { location in
      SequenceItem(
        .map([
          MapItem(key: .string("image"), value: .string(location.image.text)),
          MapItem(key: .string("isBundle"), value: .bool(location.isBundle)),
        ]))
    }
    return Node.map([
      MapItem(key: .string("apiVersion"), value: .string(BundleDocument.apiVersion)),
      MapItem(key: .string("images"), value: .sequence(list)),
      MapItem(key: .string("kind"), value: .string("ImageLocations")),
    ]).documentText
  }
}
