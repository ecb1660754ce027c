package import Files
package import YAML

/// What all versions of a package share: `data.packaging.carvel.dev/v1alpha1` PackageMetadata.
package struct PackageMetadata: Sendable {
  package var name: PackageName
  package var displayName: ByteString
  package var shortDescription: ByteString
  package var longDescription: ByteString
  package var providerName: ByteString
  package var maintainers: [ByteString]
  package var categories: [ByteString]
  package var supportDescription: ByteString

  package init(
    _ name: PackageName, displayName: ByteString, shortDescription: ByteString, longDescription: ByteString,
    providerName: ByteString = .empty, maintainers: [ByteString] = [], categories: [ByteString] = [],
    supportDescription: ByteString = .empty
  ) {
    self.name = name
    self.displayName = displayName
    self.shortDescription = shortDescription
    self.longDescription = longDescription
    self.providerName = providerName
    self.maintainers = maintainers
    self.categories = categories
    self.supportDescription = supportDescription
  }

  /// The custom resource.
  package var node: Node {
    let spec = Node.fields([
      "displayName": .text(displayName), "shortDescription": .text(shortDescription),
      "longDescription": .text(longDescription), "providerName": .text(providerName),
      "maintainers": .items(maintainers.map { .fields(["name": .string($0)]) }), "categories": .texts(categories),
      "supportDescription": .text(supportDescription),
    ])
    return .resource(Package.apiVersion, "PackageMetadata", name: name.text, spec: spec)
  }
}
