import Files
import YAML

/// The order in which objects can be sent to an empty cluster so that each finds what it needs.
///
/// For Velero's objects it is the order of `velero install`: definitions (v1, then v2alpha1), namespace, roles, service
/// account, secret, storage locations, workloads. Within a rank objects go by their identity's bytes.
struct ApplyOrder: Comparable {
  private let rank: UInt8
  private let detail: [ByteString]

  init(_ object: KubernetesObject) {
    let identity = object.identity
    rank = Self.rank(identity)
    detail =
      rank == Self.definition
      ? Self.definitionDetail(object)
      : [identity.group, identity.kind, identity.version, identity.namespace, identity.name]
  }

  static func < (left: Self, right: Self) -> Bool {
    if left.rank != right.rank { return left.rank < right.rank }
    return left.detail.lexicographicallyPrecedes(right.detail)
  }

  private static let definition: UInt8 = 0
  private static let customResource: UInt8 = 20

  /// Definitions by the group, then the first version that they define, then their name.
  private static func definitionDetail(_ object: KubernetesObject) -> [ByteString] {
    let group = object.content.value(at: "spec", "group")?.stringValue ?? .empty
    var version = ByteString.empty
    if case .sequence(let versions)? = object.content.value(at: "spec", "versions"), let first = versions.first {
      version = first.value.value(at: "name")?.stringValue ?? .empty
    }
    return [group, version, object.identity.name, object.identity.version]
  }

  private static func rank(_ identity: ObjectIdentity) -> UInt8 {
    switch (identity.group.text, identity.kind.text) {
    case ("apiextensions.k8s.io", "CustomResourceDefinition"): definition
    case ("", "Namespace"): 1
    case ("", "ResourceQuota"), ("", "LimitRange"), ("networking.k8s.io", "NetworkPolicy"): 2
    case ("scheduling.k8s.io", "PriorityClass"), ("node.k8s.io", "RuntimeClass"): 3
    case ("storage.k8s.io", _), ("networking.k8s.io", "IngressClass"), ("policy", "PodSecurityPolicy"): 4
    case ("rbac.authorization.k8s.io", "ClusterRole"): 5
    case ("rbac.authorization.k8s.io", "ClusterRoleBinding"): 6
    case ("", "ServiceAccount"): 7
    case ("rbac.authorization.k8s.io", "Role"): 8
    case ("rbac.authorization.k8s.io", "RoleBinding"): 9
    case ("", "ConfigMap"): 10
    case ("", "Secret"): 11
    case ("", "PersistentVolume"): 12
    case ("", "PersistentVolumeClaim"): 13
    case ("", "Service"): 14
    case ("", "Pod"), ("", "ReplicationController"): 30
    case ("apps", "Deployment"): 31
    case ("apps", "StatefulSet"): 32
    case ("apps", "DaemonSet"): 33
    case ("apps", _): 34
    case ("batch", "Job"): 35
    case ("batch", "CronJob"): 36
    case ("autoscaling", _), ("policy", _): 37
    case ("networking.k8s.io", _): 38
    case ("apiregistration.k8s.io", _): 39
    // A webhook that refuses objects must not be there before the pods that answer it.
    case ("admissionregistration.k8s.io", _): 40
    default: customResource
    }
  }
}
