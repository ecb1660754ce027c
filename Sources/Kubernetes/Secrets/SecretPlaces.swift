import Files

/// Which fields of which kinds hold what is nobody's business but the cluster's: the one place that says so.
enum SecretPlaces {
  /// Where an object of any of these kinds, of whatever API group, holds secrets; everything below such a field is one.
  static func places(ofKinds kinds: Set<ByteString>) -> [[ByteString]] { kinds.sorted().flatMap(places) }

  private static func places(of kind: ByteString) -> [[ByteString]] {
    switch kind {
    // 'kubectl apply' keeps a copy of what it was given in the annotation.
    case "Secret": [["data"], ["stringData"], ["metadata", "annotations", lastApplied]]
    case "Kustomization": [["secretGenerator"]]
    default: []
    }
  }

  private static let lastApplied: ByteString = "kubectl.kubernetes.io/last-applied-configuration"

  /// What a text has in it that may be of a kind with secrets.
  static let tellTale: ByteString = "ecret"
}
