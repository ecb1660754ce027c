package import Files

/// What some content in a registry is.
package struct MediaType: Hashable, Sendable, CustomStringConvertible {
  package let text: ByteString

  package init(_ text: ByteString) { self.text = text }

  package var description: String { text.text }

  // Docker's, version 2 schema 2.
  package static let dockerManifest = MediaType("application/vnd.docker.distribution.manifest.v2+json")
  package static let dockerManifestList = MediaType("application/vnd.docker.distribution.manifest.list.v2+json")
  package static let dockerConfiguration = MediaType("application/vnd.docker.container.image.v1+json")
  package static let dockerLayer = MediaType("application/vnd.docker.image.rootfs.diff.tar.gzip")
  package static let dockerForeignLayer = MediaType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip")

  // Those of the Open Container Initiative.
  package static let manifest = MediaType("application/vnd.oci.image.manifest.v1+json")
  package static let index = MediaType("application/vnd.oci.image.index.v1+json")
  package static let configuration = MediaType("application/vnd.oci.image.config.v1+json")
  package static let layer = MediaType("application/vnd.oci.image.layer.v1.tar+gzip")
  package static let uncompressedLayer = MediaType("application/vnd.oci.image.layer.v1.tar")
  package static let foreignLayer = MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip")

  /// Those that a manifest of one image has.
  package static let manifests: [MediaType] = [.dockerManifest, .manifest]
  /// Those that a list of images has.
  package static let indexes: [MediaType] = [.dockerManifestList, .index]

  /// Whether it is that of one image's manifest.
  package var isManifest: Bool { Self.manifests.contains(self) }
  /// Whether it is that of a list of images.
  package var isIndex: Bool { Self.indexes.contains(self) }
  /// Whether it is a layer that its owner does not want in other registries.
  package var isForeignLayer: Bool { self == .dockerForeignLayer || self == .foreignLayer }
}
