package import Files
package import OCI
import YAML

/// Which contents the names of images stand for: a lock as kbld and imgpkg write and read it, `images.lock.yaml` or
/// `.imgpkg/images.yml`.
package struct ImagesLock: Sendable, Hashable {
  /// An image by its digest, and what is said about it.
  package struct Entry: Sendable, Hashable {
    /// Always with a digest.
    package var image: ImageReference
    /// By the bytes of their keys.
    package var annotations: [ByteString: ByteString]

    package init(_ image: ImageReference, annotations: [ByteString: ByteString] = [:]) {
      self.image = image
      self.annotations = annotations
    }

    /// What manifests call the image: the annotation by which kbld finds it.
    package var id: ByteString? { annotations[ImagesLock.idAnnotation] }
  }

  package var entries: [Entry]

  package init(_ entries: [Entry] = []) { self.entries = entries }

  package static let apiVersion: ByteString = "imgpkg.carvel.dev/v1alpha1"
  package static let kind: ByteString = "ImagesLock"
  package static let idAnnotation: ByteString = "kbld.carvel.dev/id"
  package static let originsAnnotation: ByteString = "kbld.carvel.dev/origins"

  /// The entry for what manifests call `id`; of several the first, as with kbld.
  package subscript(id id: ByteString) -> Entry? { entries.first { $0.id == id } }
}

extension ImagesLock.Entry {
  /// What kbld writes of a name whose digest a registry gave; of a name that has a digest, it says no more than that.
  package init(id: ByteString, written: ImageReference, digest: ContentDigest) {
    self.init(written.with(digest: digest), annotations: [ImagesLock.idAnnotation: id])
    guard written.digest == nil else { return }
    let origin = Node.map([
      MapItem(
        key: .string("resolved"),
        value: .map([
          MapItem(key: .string("tag"), value: .string(written.identifier)),
          MapItem(key: .string("url"), value: .string(id)),
        ]))
    ])
    annotations[ImagesLock.originsAnnotation] = print([Document(.sequence([SequenceItem(origin)]))])
  }
}

extension ImagesLock {
  /// The text of the file, byte by byte as kbld writes it.
  package var text: ByteString {
    let images = entries.map { entry -> SequenceItem in
      let annotations = entry.annotations.sorted { $0.key < $1.key }.map {
        MapItem(key: .string($0.key), value: .string($0.value))
      }
      var items = annotations.isEmpty ? [] : [MapItem(key: .string("annotations"), value: .map(annotations))]
      items.append(MapItem(key: .string("image"), value: .string(entry.image.text)))
      return SequenceItem(.map(items))
    }
    var items = [MapItem(key: .string("apiVersion"), value: .string(Self.apiVersion))]
    if !images.isEmpty { items.append(MapItem(key: .string("images"), value: .sequence(images))) }
    items.append(MapItem(key: .string("kind"), value: .string(Self.kind)))
    return ByteString("---\n").appending(print([Document(.map(items))]))
  }
}
