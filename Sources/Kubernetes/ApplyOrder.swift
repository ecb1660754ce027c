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
    let group = identity.group
    if let ranks = ranksByKind[identity.kind], let found = ranks.first(where: { $0.group == group }) {
      return found.rank
    }
    return ranksByGroup.first { $0.group == group }?.rank ?? customResource
  }

  private static let rbac: ByteString = "rbac.authorization.k8s.io"
  private static let ranksByKind: [ByteString: [(group: ByteString, rank: UInt8)]] = [
    "CustomResourceDefinition": [("apiextensions.k8s.io", definition)],
    "Namespace": [("", 1)],
    "ResourceQuota": [("", 2)], "LimitRange": [("", 2)], "NetworkPolicy": [("networking.k8s.io", 2)],
    "PriorityClass": [("scheduling.k8s.io", 3)], "RuntimeClass": [("node.k8s.io", 3)],
    "IngressClass": [("networking.k8s.io", 4)], "PodSecurityPolicy": [("policy", 4)],
    "ClusterRole": [(rbac, 5)], "ClusterRoleBinding": [(rbac, 6)],
    "ServiceAccount": [("", 7)],
    "Role": [(rbac, 8)], "RoleBinding": [(rbac, 9)],
    "ConfigMap": [("", 10)], "Secret": [("", 11)],
    "PersistentVolume": [("", 12)], "PersistentVolumeClaim": [("", 13)], "Service": [("", 14)],
    "Pod": [("", 30)], "ReplicationController": [("", 30)],
    "Deployment": [("apps", 31)], "StatefulSet": [("apps", 32)], "DaemonSet": [("apps", 33)],
    "Job": [("batch", 35)], "CronJob": [("batch", 36)],
  ]
  /// Of the other kinds of these groups.
  private static let ranksByGroup: [(group: ByteString, rank: UInt8)] = [
    ("storage.k8s.io", 4), ("apps", 34), ("autoscaling", 37), ("policy", 37), ("networking.k8s.io", 38),
    ("apiregistration.k8s.io", 39),
    // A webhook that refuses objects must not be there before the pods that answer it.
    ("admissionregistration.k8s.io", 40),
  ]
}
