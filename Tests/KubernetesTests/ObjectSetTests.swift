import Files
import Kubernetes
import Testing
import YAML

@Suite struct ObjectSetTests {
  /// The order is that of the objects that `velero install` v1.18.1 prints.
  @Test func appliesVeleroAsItsInstallerDoes() throws {
    let inOrder = [
      definition("backups.velero.io", version: "v1"),
      definition("volumesnapshotlocations.velero.io", version: "v1"),
      definition("datadownloads.velero.io", version: "v2alpha1"),
      content("v1", "Namespace", nil, "velero"),
      content("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", nil, "velero"),
      content("v1", "ServiceAccount", "velero", "velero"),
      content("v1", "Secret", "velero", "cloud-credentials"),
      content("velero.io/v1", "BackupStorageLocation", "velero", "default"),
      content("velero.io/v1", "VolumeSnapshotLocation", "velero", "default"),
      content("apps/v1", "Deployment", "velero", "velero"),
      content("apps/v1", "DaemonSet", "velero", "node-agent"),
      content("apps/v1", "DaemonSet", "velero", "node-agent-windows"),
    ]
    let set = try objectSet(inOrder.reversed())
    let names = try inOrder.map { try KubernetesObject($0).identity }
    #expect(set.objects.map(\.identity) == names)
  }

  @Test func takesTheItemsOfAListAndSkipsEmptyDocuments() throws {
    let wrapped = map([
      "apiVersion": "v1", "kind": "List", "items": list(content("v1", "ConfigMap", nil, "a")),
    ])
    let set = try objectSet([.null, wrapped, content("v1", "Namespace", nil, "b")])
    #expect(set.objects.map(\.identity.name) == ["b", "a"])
  }

  @Test func refusesAnObjectRenderedTwice() {
    let twice = content("v1", "ConfigMap", "velero", "settings")
    #expect(messages { try objectSet([twice, twice]) } == ["ConfigMap velero/settings (v1) is rendered twice"])
  }

  @Test(arguments: [
    (Node.string("text"), "a Kubernetes object must be a map, not a string"),
    (map(["kind": "A", "metadata": map(["name": "b"])]), "the object has no 'apiVersion'"),
    (map(["apiVersion": "v1", "kind": 1, "metadata": map(["name": "b"])]), "'kind' must be a string"),
    (map(["apiVersion": "v1", "kind": "A"]), "the object has no 'metadata'"),
    (map(["apiVersion": "v1", "kind": "A", "metadata": map([:])]), "metadata has no 'name'"),
    (content("a/b/c", "A", nil, "n"), "apiVersion cannot be 'a/b/c'"),
    (content("v1", "A", nil, "../../etc/passwd"), "metadata.name cannot be '../../etc/passwd'"),
    (content("v1", "A", "..", "n"), "metadata.namespace cannot be '..'"),
    (content("..", "A", nil, "n"), "apiVersion cannot be '..'"),
  ])
  func saysWhatIsWrongWithAnIdentity(node: Node, message: String) throws {
    let found = messages { try objectSet([node]) }
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(message) == true, "\(found)")
  }

  @Test func tellsAllErrorsAtOnce() {
    #expect(messages { try objectSet([map([:]), "text"]) }.count == 4)
  }

  private func messages(_ body: () throws -> ObjectSet) -> [String] {
    do {
      _ = try body()
      return []
    } catch {
      return (error as? Diagnostics)?.list.map(\.message) ?? ["\(error)"]
    }
  }
}
