import Files
import Kubernetes
import YAML

// What an object has that nobody wrote: fields that the API server, controllers and deployment tools set, and fields
// that have the value they would have anyway (the defaults of the Kubernetes API reference).
extension Node {
  /// The object as somebody may have written it.
  var withoutServerFields: Node {
    var object = self["status"] == nil ? self : without("status")
    object.update("metadata") { $0.removeServerMetadata() }
    switch self["kind"]?.stringValue {
    case "Namespace": object["spec"] = nil
    case "ServiceAccount":
      object["secrets"] = nil
      object.removeDefaults([FieldDefault("automountServiceAccountToken", "true")])
    case "Service": object.removeDefaults(FieldDefault.ofService)
    case "ConfigMap", "Secret": object["immutable"] = object["immutable"]?.scalarText == "true" ? .bool(true) : nil
    case "ClusterRoleBinding", "RoleBinding": object.update("subjects") { $0.updateValues { $0.removeCoreGroup() } }
    case "Deployment": object.removeDefaults(FieldDefault.ofDeployment)
    case "DaemonSet": object.removeDefaults(FieldDefault.ofDaemonSet)
    default: break
    }
    object.update("spec") { spec in
      spec.update("template") { template in
        guard template["spec"]?["containers"] != nil else { return }
        template.update("metadata") { $0.removeServerMetadata() }
        template.update("spec") { $0.removePodDefaults() }
      }
    }
    return object
  }

  private mutating func removeCoreGroup() {
    if self["apiGroup"]?.stringValue == .empty { self["apiGroup"] = nil }
  }

  private mutating func removeServerMetadata() {
    self = without(
      "creationTimestamp", "deletionGracePeriodSeconds", "generation", "managedFields", "resourceVersion", "selfLink",
      "uid")
    update("annotations") { $0.removeKeys(ServerMetadata.isAnnotation) }
    update("labels") { $0.removeKeys(ServerMetadata.isLabel) }
    for key: ByteString in ["annotations", "labels"] where self[key]?.isHollow == true { self[key] = nil }
  }

  private mutating func removeKeys(_ isServers: (String) -> Bool) {
    guard case .map(let items) = self else { return }
    self = .map(items.filter { !isServers($0.key.stringValue?.text ?? "") })
  }

  private mutating func removePodDefaults() {
    removeDefaults(FieldDefault.ofPod)
    // The old name of the same field, which the API server fills in.
    if self["serviceAccount"]?.stringValue == self["serviceAccountName"]?.stringValue { self["serviceAccount"] = nil }
    for containers: ByteString in ["initContainers", "containers"] {
      update(containers) { $0.updateValues { $0.removeDefaults(FieldDefault.ofContainer) } }
    }
    update("volumes") { $0.updateValues { $0.removeDefaults(FieldDefault.ofVolume) } }
  }

  private mutating func removeDefaults(_ defaults: [FieldDefault]) {
    for each in defaults { removeDefault(each.path[...], each.value) }
  }

  /// Removes the value at `path` if it is `value`, or whatever it is where `value` is nothing. `[]` is every item.
  private mutating func removeDefault(_ path: ArraySlice<ByteString>, _ value: String?) {
    guard let first = path.first else { return }
    let rest = path.dropFirst()
    if first == "[]" {
      updateValues { $0.removeDefault(rest, value) }
    } else if !rest.isEmpty {
      update(first) { $0.removeDefault(rest, value) }
    } else if let found = self[first], value == nil || found.scalarText == value {
      self[first] = nil
    }
  }
}

/// A field that has a value where nobody gives it one.
private struct FieldDefault {
  let path: [ByteString]
  /// Nothing where the server alone decides.
  let value: String?

  init(_ path: String, _ value: String?) {
    self.path = path.split(separator: ".").map { ByteString(String($0)) }
    self.value = value
  }

  static let ofDeployment = [
    FieldDefault("spec.progressDeadlineSeconds", "600"),
    FieldDefault("spec.replicas", "1"),
    FieldDefault("spec.revisionHistoryLimit", "10"),
    FieldDefault("spec.strategy.rollingUpdate.maxSurge", "25%"),
    FieldDefault("spec.strategy.rollingUpdate.maxUnavailable", "25%"),
    FieldDefault("spec.strategy.type", "RollingUpdate"),
  ]

  static let ofDaemonSet = [
    FieldDefault("spec.revisionHistoryLimit", "10"),
    FieldDefault("spec.updateStrategy.rollingUpdate.maxSurge", "0"),
    FieldDefault("spec.updateStrategy.rollingUpdate.maxUnavailable", "1"),
    FieldDefault("spec.updateStrategy.type", "RollingUpdate"),
  ]

  static let ofPod = [
    FieldDefault("dnsPolicy", "ClusterFirst"),
    FieldDefault("restartPolicy", "Always"),
    FieldDefault("schedulerName", "default-scheduler"),
    FieldDefault("terminationGracePeriodSeconds", "30"),
  ]

  static let ofContainer =
    [
      FieldDefault("env.[].valueFrom.fieldRef.apiVersion", "v1"),
      FieldDefault("ports.[].protocol", "TCP"),
      FieldDefault("terminationMessagePath", "/dev/termination-log"),
      FieldDefault("terminationMessagePolicy", "File"),
    ]
    + ["livenessProbe", "readinessProbe", "startupProbe"].flatMap { probe in
      [
        FieldDefault("\(probe).failureThreshold", "3"),
        FieldDefault("\(probe).httpGet.scheme", "HTTP"),
        FieldDefault("\(probe).periodSeconds", "10"),
        FieldDefault("\(probe).successThreshold", "1"),
        FieldDefault("\(probe).timeoutSeconds", "1"),
      ]
    }

  static let ofVolume = [
    FieldDefault("configMap.defaultMode", "420"),
    FieldDefault("downwardAPI.defaultMode", "420"),
    FieldDefault("hostPath.type", ""),
    FieldDefault("projected.defaultMode", "420"),
    FieldDefault("secret.defaultMode", "420"),
  ]

  static let ofService = [
    FieldDefault("spec.clusterIP", nil),
    FieldDefault("spec.clusterIPs", nil),
    FieldDefault("spec.internalTrafficPolicy", "Cluster"),
    FieldDefault("spec.ipFamilies", nil),
    FieldDefault("spec.ipFamilyPolicy", "SingleStack"),
    FieldDefault("spec.ports.[].protocol", "TCP"),
    FieldDefault("spec.sessionAffinity", "None"),
    FieldDefault("spec.type", "ClusterIP"),
  ]
}

/// Annotations and labels that controllers and deployment tools put on what they manage, as their documentation says.
private enum ServerMetadata {
  static func isAnnotation(_ name: String) -> Bool {
    annotations.contains(name) || annotationPrefixes.contains { name.hasPrefix($0) }
  }

  static func isLabel(_ name: String) -> Bool { labels.contains(name) || labelPrefixes.contains { name.hasPrefix($0) } }

  private static let annotations: Set<String> = [
    "argocd.argoproj.io/tracking-id", "deployment.kubernetes.io/revision",
    "deprecated.daemonset.template.generation", "kubectl.kubernetes.io/last-applied-configuration",
    "kubectl.kubernetes.io/restartedAt", "kubernetes.io/description",
  ]
  private static let annotationPrefixes = [
    "cattle.io/", "field.cattle.io/", "kapp.k14s.io/", "lifecycle.cattle.io/", "meta.helm.sh/", "openshift.io/sa.scc.",
  ]
  private static let labels: Set<String> = [
    "app.kubernetes.io/managed-by", "argocd.argoproj.io/instance", "helm.sh/chart", "kapp.k14s.io/app",
    "kapp.k14s.io/association", "kubernetes.io/metadata.name",
  ]
  private static let labelPrefixes = [
    "field.cattle.io/", "helm.toolkit.fluxcd.io/", "kustomize.toolkit.fluxcd.io/",
  ]
}
