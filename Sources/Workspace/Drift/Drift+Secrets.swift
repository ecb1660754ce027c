import Files
package import Kubernetes

extension EnvironmentDrift {
  /// The same without the secrets of its objects.
  package func hiding(_ secrets: SecretHiding) -> EnvironmentDrift {
    EnvironmentDrift(name: name, items: items.map { $0.hiding(secrets) })
  }
}

extension Drift {
  fileprivate func hiding(_ secrets: SecretHiding) -> Drift {
    // Which object a file of no object stands for, its name says: kustomization.yaml.
    let kind = identity?.kind ?? (path == Layout.kustomization ? "Kustomization" : "")
    return Drift(
      path: path, identity: identity, kind: self.kind, fields: secrets.hide(fields, ofKind: kind), causes: causes,
      committed: committed.map { secrets.hide(text: $0, ofKind: kind) },
      rendered: rendered.map { secrets.hide(text: $0, ofKind: kind) })
  }
}
