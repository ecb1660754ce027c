package import Files
import YAML

/// How manifests refer to content: what it is, its digest, and how many bytes it has.
package struct Descriptor: Hashable, Sendable {
  package var mediaType: MediaType
  package var digest: ContentDigest
  package var size: Int
  /// What else is said about it, in the order written.
  package var annotations: [Annotation]
  /// What it runs on, in a list of images for several platforms.
  package var platform: Platform?

  package init(
    mediaType: MediaType, digest: ContentDigest, size: Int, annotations: [Annotation] = [], platform: Platform? = nil
  ) {
    self.mediaType = mediaType
    self.digest = digest
    self.size = size
    self.annotations = annotations
    self.platform = platform
  }

  /// Describes `contents`.
  package init(_ mediaType: MediaType, of contents: ByteString) {
    self.init(mediaType: mediaType, digest: ContentDigest(contents), size: contents.count)
  }

  /// The value of the first annotation of this name.
  package func annotation(_ name: ByteString) -> ByteString? { annotations.first { $0.name == name }?.value }
}

/// A remark about content: `org.opencontainers.image.ref.name` and its like.
package struct Annotation: Hashable, Sendable {
  package var name: ByteString
  package var value: ByteString

  package init(name: ByteString, value: ByteString) {
    self.name = name
    self.value = value
  }
}

/// What an image runs on.
package struct Platform: Hashable, Sendable, CustomStringConvertible {
  /// As Go names it: `linux`.
  package var system: ByteString
  /// As Go names it: `amd64`, `arm64`.
  package var architecture: ByteString
  /// `v7` of an `arm`; empty for most.
  package var variant: ByteString

  package init(system: ByteString, architecture: ByteString, variant: ByteString = .empty) {
    self.system = system
    self.architecture = architecture
    self.variant = variant
  }

  /// `linux/arm/v7`.
  package var description: String { "\(system)/\(architecture)\(variant.isEmpty ? "" : "/\(variant)")" }
}

extension Descriptor {
  init(_ field: JSONField) throws(Diagnostic) {
    mediaType = MediaType(try field["mediaType"].text())
    digest = try field["digest"].digest()
    size = try field["size"].size()
    annotations = try field["annotations"].annotations()
    let platform = field["platform"]
    self.platform = platform.isMissing ? nil : try Platform(platform)
  }

  var node: Node {
    var items = [
      MapItem("mediaType", .string(mediaType.text)), MapItem("size", .int(Int64(size))),
      MapItem("digest", .string(digest.text)),
    ]
    if !annotations.isEmpty { items.append(MapItem("annotations", Node(annotations))) }
    if let platform { items.append(MapItem("platform", platform.node)) }
    return .map(items)
  }
}

extension Platform {
  fileprivate init(_ field: JSONField) throws(Diagnostic) {
    system = try field["os"].optionalText() ?? .empty
    architecture = try field["architecture"].optionalText() ?? .empty
    variant = try field["variant"].optionalText() ?? .empty
  }

  fileprivate var node: Node {
    var items = [MapItem("architecture", .string(architecture)), MapItem("os", .string(system))]
    if !variant.isEmpty { items.append(MapItem("variant", .string(variant))) }
    return .map(items)
  }
}
