package import Files
package import YAML

/// One version of software that a cluster with kapp-controller can install: `data.packaging.carvel.dev/v1alpha1`
/// Package.
package struct Package: Sendable {
  package var name: PackageName
  package var version: PackageVersion
  package var template: AppSpec
  package var licenses: [ByteString]
  package var releaseNotes: ByteString
  /// When it was released, as RFC 3339 has it; nothing where nobody says.
  package var releasedAt: ByteString?
  package var includedSoftware: [Software]
  /// Which versions of Kubernetes it can be installed on, such as `>=1.18.0`; empty for any.
  package var kubernetesVersions: ByteString
  /// An OpenAPI v3 schema of the values that it takes; nothing where it has none.
  package var valuesSchema: Node?

  package init(
    _ name: PackageName, _ version: PackageVersion, template: AppSpec, licenses: [ByteString] = [],
    releaseNotes: ByteString = .empty, releasedAt: ByteString? = nil, includedSoftware: [Software] = [],
    kubernetesVersions: ByteString = .empty, valuesSchema: Node? = nil
  ) {
    self.name = name
    self.version = version
    self.template = template
    self.licenses = licenses
    self.releaseNotes = releaseNotes
    self.releasedAt = releasedAt
    self.includedSoftware = includedSoftware
    self.kubernetesVersions = kubernetesVersions
    self.valuesSchema = valuesSchema
  }

  /// Software that the package brings, where its version is not that of the package.
  package struct Software: Hashable, Sendable {
    package var name: ByteString
    package var version: ByteString
    package var description: ByteString

    package init(name: ByteString, version: ByteString, description: ByteString = .empty) {
      self.name = name
      self.version = version
      self.description = description
    }
  }

  /// The API of Package and PackageMetadata.
  static let apiVersion: ByteString = "data.packaging.carvel.dev/v1alpha1"

  /// The custom resource. Its name has to be that of the package and the version.
  package var node: Node {
    let software = includedSoftware.map {
      Node.fields([
        "displayName": .string($0.name), "version": .text($0.version), "description": .text($0.description),
      ])
    }
    let spec = Node.fields([
      "refName": .string(name.text), "version": .string(version.text), "releasedAt": .text(releasedAt),
      "releaseNotes": .text(releaseNotes), "licenses": .texts(licenses), "includedSoftware": .items(software),
      "kubernetesVersionSelection": Node.text(kubernetesVersions).map { .fields(["constraints": $0]) },
      "template": .fields(["spec": template.node]),
      "valuesSchema": valuesSchema.map { .fields(["openAPIv3": $0]) },
    ])
    return .resource(
      Self.apiVersion, "Package", name: name.text.appending(".").appending(version.text), spec: spec)
  }
}
