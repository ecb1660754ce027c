package import Files
package import YAML

/// Packages that a cluster can choose from: `packaging.carvel.dev/v1alpha1` PackageRepository, which points at a bundle
/// with their custom resources.
package struct PackageRepository: Sendable {
  package var name: ByteString
  /// The namespace that it is installed in; empty where whoever applies it says so.
  package var namespace: ByteString
  /// The bundle.
  package var image: ByteString
  /// The version of the repository; empty where it has none.
  package var version: ByteString

  package init(name: ByteString, namespace: ByteString = .empty, image: ByteString, version: ByteString = .empty) {
    self.name = name
    self.namespace = namespace
    self.image = image
    self.version = version
  }

  /// The API of PackageRepository and PackageInstall.
  static let apiVersion: ByteString = "packaging.carvel.dev/v1alpha1"

  /// The custom resource.
  package var node: Node {
    let bundle = Node.fields(["image": .string(image)])
    return .resource(
      Self.apiVersion, "PackageRepository", name: name, namespace: namespace,
      annotations: version.isEmpty ? nil : .fields(["kctrl.carvel.dev/repository-version": .string(version)]),
      spec: .fields(["fetch": .fields(["imgpkgBundle": bundle])]))
  }
}
