package import Files

/// What can be chosen for a run: controller-gen's `crd:NAME=VALUE`.
package struct GeneratorOptions: Sendable {
  /// The versions of the API of CRDs to write, `v1` or `v1beta1`; the first one gives its file no suffix. Empty:
  /// `v1`; `Dialect.prefersV1beta1` says which releases write `v1beta1` unless told otherwise.
  package var customResourceVersions: [ByteString] = []
  /// The most bytes that a description may have: 0 drops them all, a negative number and nothing keep them.
  package var maximumDescriptionLength: Int?
  /// Whether floats are types like others.
  package var allowsDangerousTypes = false
  /// Whether the metadata of embedded objects has a schema with properties.
  package var generatesEmbeddedObjectMeta = false
  /// Whether fields whose names are not exported are passed over.
  package var ignoresUnexportedFields = false
  /// What to write in front of every file.
  package var header: ByteString = .empty
  /// What replaces `YEAR` in the header.
  package var year: ByteString = .empty
  /// Written as `preserveUnknownFields` into the specification, if given (v0.15.0 and later).
  package var deprecatedPreserveUnknownFields: Bool?
  /// As before, for v1beta1 manifests of releases before v0.7.0.
  package var preserveUnknownFields: Bool?
  /// Whether v1beta1 manifests keep the schema of the storage version only (before v0.7.0).
  package var trivialVersions = false

  /// Whether manifests say in an annotation which release of controller-gen they are like.
  package var namesRelease = true

  package init() {}
}
