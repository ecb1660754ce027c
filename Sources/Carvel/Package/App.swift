package import Files
package import YAML

/// What kapp-controller is to fetch, template and deploy: `kappctrl.k14s.io/v1alpha1` App.
package struct App: Sendable {
  package var name: ByteString
  package var namespace: ByteString
  package var serviceAccount: ByteString
  package var spec: AppSpec
  /// How often it is reconciled, such as `10m`; nothing for kapp-controller's own default.
  package var syncPeriod: ByteString?

  package init(
    name: ByteString, namespace: ByteString, serviceAccount: ByteString, spec: AppSpec, syncPeriod: ByteString? = nil
  ) {
    self.name = name
    self.namespace = namespace
    self.serviceAccount = serviceAccount
    self.spec = spec
    self.syncPeriod = syncPeriod
  }

  /// The custom resource.
  package var node: Node {
    var fields = Node.fields(["serviceAccountName": .string(serviceAccount), "syncPeriod": .text(syncPeriod)])
    if case .map(let own) = fields, case .map(let steps) = spec.node { fields = .map(own + steps) }
    return .resource("kappctrl.k14s.io/v1alpha1", "App", name: name, namespace: namespace, spec: fields)
  }
}
