import Files

/// Which kinds belong to the cluster and not to a namespace.
enum ResourceScope {
  /// Whether `kustomize build -o` treats the kind as belonging to no namespace.
  ///
  /// Seen by running `kubectl kustomize` (kustomize 5.5.0), which knows the built-in kinds of one Kubernetes release
  /// only: a newer kind counts as namespaced there, and so here.
  static func isClusterScoped(_ identity: ObjectIdentity) -> Bool {
    let kinds: [String: Set<String>] = clusterScoped
    return kinds[identity.apiVersion.text]?.contains(identity.kind.text) ?? false
  }

  private static let clusterScoped: [String: Set<String>] = [
    "v1": ["Namespace", "Node", "PersistentVolume", "ComponentStatus"],
    "admissionregistration.k8s.io/v1": ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
    "admissionregistration.k8s.io/v1beta1": ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
    "apiextensions.k8s.io/v1": ["CustomResourceDefinition"],
    "apiextensions.k8s.io/v1beta1": ["CustomResourceDefinition"],
    "apiregistration.k8s.io/v1": ["APIService"],
    "apiregistration.k8s.io/v1beta1": ["APIService"],
    "certificates.k8s.io/v1": ["CertificateSigningRequest"],
    "certificates.k8s.io/v1beta1": ["CertificateSigningRequest"],
    "flowcontrol.apiserver.k8s.io/v1beta1": ["FlowSchema", "PriorityLevelConfiguration"],
    "networking.k8s.io/v1": ["IngressClass"],
    "networking.k8s.io/v1beta1": ["IngressClass"],
    "node.k8s.io/v1": ["RuntimeClass"],
    "node.k8s.io/v1beta1": ["RuntimeClass"],
    "policy/v1beta1": ["PodSecurityPolicy"],
    "rbac.authorization.k8s.io/v1": ["ClusterRole", "ClusterRoleBinding"],
    "rbac.authorization.k8s.io/v1beta1": ["ClusterRole", "ClusterRoleBinding"],
    "scheduling.k8s.io/v1": ["PriorityClass"],
    "scheduling.k8s.io/v1beta1": ["PriorityClass"],
    "storage.k8s.io/v1": ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"],
    "storage.k8s.io/v1beta1": ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"],
  ]
}
