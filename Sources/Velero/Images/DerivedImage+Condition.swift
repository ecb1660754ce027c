import Files
import Kubernetes
import YAML

extension DerivedImage {
  /// Whether where these objects are applied there is what the image is for.
  func isMet(by processes: [CheckedProcess], _ objects: [KubernetesObject]) -> Bool {
    switch condition {
    case nil: return true
    case .agent: return processes.contains { $0.role == .agent }
    case .vanilla:
      let settings = objects.first { object in
        object.identity.kind == "ConfigMap" && object.identity.name == "velero-vsphere-plugin-config"
      }
      let flavor = settings?.content.value(at: "data", "cluster_flavor")?.stringValue
      return flavor != "SUPERVISOR" && flavor != "GUEST"
        && !processes.contains { $0.features.contains { $0.name == "EnableLocalMode" } }
    }
  }
}
