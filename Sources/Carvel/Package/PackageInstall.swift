package import Files
package import YAML

/// A package that a cluster is to have: `packaging.carvel.dev/v1alpha1` PackageInstall.
package struct PackageInstall: Sendable {
  package var name: ByteString
  package var namespace: ByteString
  package var package: PackageName
  /// Which versions will do, such as `1.18.1+sailplan.1` or `>=1.18.0 <1.19.0`.
  package var constraints: ByteString
  package var serviceAccount: ByteString
  /// Names of Secrets in the same namespace, whose keys hold values; a later one wins.
  package var values: [ByteString]
  /// The name of a Secret in the same namespace, whose keys hold overlays.
  package var overlays: ByteString?
  /// How often it is reconciled, such as `10m`; nothing for kapp-controller's own default.
  package var syncPeriod: ByteString?

  package init(
    name: ByteString, namespace: ByteString, package: PackageName, constraints: ByteString,
    serviceAccount: ByteString, values: [ByteString] = [], overlays: ByteString? = nil, syncPeriod: ByteString? = nil
  ) {
    self.name = name
    self.namespace = namespace
    self.package = package
    self.constraints = constraints
    self.serviceAccount = serviceAccount
    self.values = values
    self.overlays = overlays
    self.syncPeriod = syncPeriod
  }

  /// What names a Secret with overlays.
  private static let overlaysKey: ByteString = "ext.packaging.carvel.dev/ytt-paths-from-secret-name"

  /// The custom resource.
  package var node: Node {
    let reference = Node.fields([
      "refName": .string(package.text), "versionSelection": .fields(["constraints": .string(constraints)]),
    ])
    let spec = Node.fields([
      "serviceAccountName": .string(serviceAccount), "packageRef": reference, "syncPeriod": .text(syncPeriod),
      "values": .items(values.map { .fields(["secretRef": .named($0)]) }),
    ])
    return .resource(
      PackageRepository.apiVersion, "PackageInstall", name: name, namespace: namespace,
      annotations: overlays.map { .fields([Self.overlaysKey: .string($0)]) }, spec: spec)
  }
}
