import Files
import Kubernetes
import Testing
import YAML

@Suite struct LayoutTests {
  /// What `kubectl kustomize -o` (kustomize 5.5.0) wrote for the same objects, `crds/` aside.
  @Test func namesFilesAsKustomizeDoesInOneNamespace() throws {
    let layout = try Layout(
      objectSet([
        content("apps/v1", "Deployment", "velero", "velero"),
        content("v1", "Namespace", nil, "velero"),
        content("rbac.authorization.k8s.io/v1", "Role", "velero", "system:Foo"),
        definition("backups.velero.io", version: "v1"),
      ]))
    #expect(
      layout.paths == [
        "crds/apiextensions.k8s.io_v1_customresourcedefinition_backups.velero.io.yaml",
        "v1_namespace_velero.yaml",
        "rbac.authorization.k8s.io_v1_role_system:foo.yaml",
        "apps_v1_deployment_velero.yaml",
      ])
    #expect(
      layout.kustomizationText == """
        # Written by sailplan: all objects, in the order in which they can be applied.
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
        - crds/apiextensions.k8s.io_v1_customresourcedefinition_backups.velero.io.yaml
        - v1_namespace_velero.yaml
        - "rbac.authorization.k8s.io_v1_role_system:foo.yaml"
        - apps_v1_deployment_velero.yaml

        """)
  }

  @Test func putsTheNamespaceInFrontWhereThereAreSeveral() throws {
    let layout = try Layout(
      objectSet([
        content("velero.io/v1", "BackupStorageLocation", nil, "default"),
        content("v1", "ConfigMap", "Velero", "c"),
        content("v1", "Namespace", nil, "velero"),
        content("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "ignored", "velero"),
      ]))
    #expect(
      layout.paths == [
        "v1_namespace_velero.yaml",
        "rbac.authorization.k8s.io_v1_clusterrolebinding_velero.yaml",
        "velero_v1_configmap_c.yaml",
        "default_velero.io_v1_backupstoragelocation_default.yaml",
      ])
  }

  @Test func refusesTwoObjectsInOneFile() throws {
    let set = try objectSet([
      content("v1", "ConfigMap", "velero", "Settings"), content("v1", "ConfigMap", "velero", "settings"),
    ])
    #expect(throws: Diagnostics.self) { try Layout(set) }
  }

  @Test func refusesANameTooLongForAFile() throws {
    let set = try objectSet([content("v1", "ConfigMap", "velero", ByteString(String(repeating: "a", count: 250)))])
    #expect(throws: Diagnostics.self) { try Layout(set) }
  }
}
