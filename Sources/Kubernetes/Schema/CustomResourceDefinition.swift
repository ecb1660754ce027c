package import Files
package import YAML

/// A CustomResourceDefinition: what it is called, and for each of its versions what objects may look like.
package struct CustomResourceDefinition: Sendable {
  /// `spec.names`.
  package struct Names: Sendable {
    package var plural: ByteString
    package var singular: ByteString
    package var kind: ByteString
    package var listKind: ByteString
    package var shortNames: [ByteString]
    package var categories: [ByteString]
    /// The keys, as written.
    package var source: [MapItem]
  }

  /// An entry of `spec.versions`.
  package struct Version: Sendable {
    package var name: ByteString
    package var position: Position
    package var isServed: Bool
    package var isStorage: Bool
    package var isDeprecated: Bool
    /// Nothing only in v1beta1, where a schema need not be.
    package var schema: StructuralSchema?
    package var hasStatus: Bool
    /// The keys of `subresources.scale` with their values; nothing where there is no such subresource.
    package var scale: Scale?
    package var columns: [PrinterColumn]
    /// The JSON paths that field selectors may name.
    package var selectableFields: [ByteString]
    /// The keys, as written.
    package var source: [MapItem]

    /// Where a key stands; where the version does if it has none.
    package func position(of key: ByteString) -> Position { source.item(key)?.position ?? position }
  }

  /// Where the scale subresource finds its numbers.
  package struct Scale: Sendable, Hashable {
    package var specReplicasPath: ByteString
    package var statusReplicasPath: ByteString
    package var labelSelectorPath: ByteString?
  }

  /// A column that `kubectl get` prints.
  package struct PrinterColumn: Sendable, Hashable {
    package var name: ByteString
    package var jsonPath: ByteString
    package var type: ByteString
  }

  /// `plural.group`.
  package var name: ByteString
  package var position: Position
  /// The version of its own API: `v1` or `v1beta1`.
  package var apiVersion: ByteString
  package var group: ByteString
  package var names: Names
  /// `Namespaced` or `Cluster`.
  package var scope: ByteString
  /// In the order of the file.
  package var versions: [Version]
  /// `spec.preserveUnknownFields`: v1beta1 keeps unknown fields unless it is false.
  package var preservesUnknownFields: Bool
  /// `None`, or `Webhook`.
  package var conversionStrategy: ByteString
  /// The versions in which objects may be stored, as a cluster has recorded them in `status`; empty in files.
  package var storedVersions: [ByteString]
  /// The keys of `spec`, as written.
  package var source: [MapItem]

  /// The version that objects are stored in.
  package var storageVersion: Version? { versions.first(where: \.isStorage) }

  /// The version of that name.
  package func version(_ name: ByteString) -> Version? { versions.first { $0.name == name } }

  /// Where a key of `spec` stands; where the definition does if it has none.
  package func position(of key: ByteString) -> Position { source.item(key)?.position ?? position }

  /// Whether the object is a CustomResourceDefinition.
  package static func isDefinition(_ content: Node) -> Bool {
    guard content.value(at: "kind")?.stringValue == "CustomResourceDefinition" else { return false }
    return content.value(at: "apiVersion")?.stringValue?.hasPrefix("apiextensions.k8s.io/") ?? false
  }
}
