import Files
import Kubernetes
import YAML

/// What is set in the pods of a Deployment or DaemonSet, without what the server filled in.
struct WorkloadSettings {
  let object: Node
  let pod: Node
  let container: Node
  let arguments: ProcessArguments

  /// - Parameter container: what the container runs; the first one counts where that is not said.
  init(_ workload: KubernetesObject, container: String?) {
    let object = workload.content.withoutServerFields
    let pod = object.value(at: "spec", "template", "spec") ?? .map([])
    let named = container.flatMap { object.veleroContainer(running: $0) }
    self.object = object
    self.pod = pod
    self.container = named ?? pod["containers"]?.listValues.first ?? .map([])
    arguments = ProcessArguments(self.container["args"])
  }

  private var metadata: Node { object.value(at: "spec", "template", "metadata") ?? .map([]) }
  var labels: Node { metadata["labels"] ?? .map([]) }
  var annotations: Node { metadata["annotations"] ?? .map([]) }

  func volume(_ name: ByteString) -> Node? {
    pod["volumes"]?.listValues.first { $0["name"]?.stringValue == name }
  }

  /// The Secret with the provider's credentials, if one is mounted.
  var secretName: String? { volume("cloud-credentials")?.value(at: "secret", "secretName")?.stringValue?.text }

  /// Entries of a list of the pod or of its container, without those of some names.
  static func entries(_ list: Node?, without names: Set<String>) -> [Node] {
    (list?.listValues ?? []).filter { !names.contains($0["name"]?.stringValue?.text ?? "") }
  }

  /// Variables of Velero's own in its containers, those for credentials aside.
  static let ownVariables: Set<String> = [
    "CSI_SNAPSHOT_EARLY_FREQUENT_POLLING", "LD_LIBRARY_PATH", "NODE_NAME", "VELERO_NAMESPACE", "VELERO_SCRATCH_DIR",
  ]
  /// Variables that say where the credentials file is.
  static let credentialVariables: Set<String> = [
    "ALIBABA_CLOUD_CREDENTIALS_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AZURE_CREDENTIALS_FILE",
    "GOOGLE_APPLICATION_CREDENTIALS",
  ]
}
