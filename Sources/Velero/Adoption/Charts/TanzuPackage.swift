package import Files
import Kubernetes
package import YAML

/// Values of the Velero package of the Tanzu Community Edition (1.7.1, 1.8.0, 1.9.2), and the install that they make.
package struct TanzuPackage {
  private var stated: StatedValues
  private var wanted: WantedInstall

  /// - Parameter release: the version of the package, which is that of Velero.
  /// - Throws: a diagnostic if the values are no map, or nothing says the version.
  package init(_ values: [Document], release: ReleaseVersion?) throws(Diagnostics) {
    let stated = try StatedValues(values, of: "a package")
    guard let release else {
      throw Diagnostics(
        Diagnostic(
          "these values do not say which version of the package they are for",
          hint: "name it with --velero-version, such as v1.9.2: it is that of Velero"))
    }
    self.stated = stated
    wanted = WantedInstall(release: release, namespace: self.stated.text("namespace") ?? "velero")
    read()
  }

  /// The objects that the package would make, under the names that they have here.
  package func installedObjects(
    catalogue: ReleaseCatalogue, rendering render: (Document, ByteString?) throws(Diagnostics) -> [Document]
  ) throws(Diagnostics) -> InstalledObjects {
    try wanted.installed(catalogue: catalogue, rendering: render)
  }

  /// What was stated and is in no object.
  package var notes: [AdoptionNote] { wanted.notes }

  private mutating func read() {
    readImages()
    readCredentials()
    readBackupLocation()
    readSnapshotLocation()
    readAgents()
    readVSphere()
    readRights()
    if let features = stated.text("features") {
      wanted.set("velero.features", .strings(features.split(separator: ",").map(String.init)))
    }
    let variables = stated.take("environmentVariables")?.listValues ?? []
    for kind: ByteString in ["Deployment", "DaemonSet"] {
      wanted.append(kind, "spec.template.spec.containers.0.env", variables)
    }
    if stated.isOn("minio.deployDefaultMinio") == true {
      wanted.note(
        "minio.deployDefaultMinio", "has no value here: an object store is no part of Velero",
        mend: "run one apart from it, or use 'provider: kind' with kind.objectStore for trials", isMissing: true)
    }
    leave("minio", "about an object store, which is no part of Velero")
    for path in stated.paths() {
      wanted.note(
        path, "no such key of the package is known here", mend: "say it in values or in an overlay, if it matters",
        isMissing: true)
    }
  }

  private mutating func leave(_ key: String, _ reason: String) {
    for path in stated.paths(below: key) { wanted.note(path, reason) }
    _ = stated.take(key)
  }

  // MARK: Parts

  /// Plugins of the package where no others are stated: up to 1.8.0 those that its locations need.
  private static func plugins(_ release: ReleaseVersion, store: String, snapshots: String) -> [String] {
    if ReleaseVersion(1, 9, 0) <= release {
      return [
        "velero/velero-plugin-for-aws:v1.5.1", "velero/velero-plugin-for-microsoft-azure:v1.5.1",
        "vsphereveleroplugin/velero-plugin-for-vsphere:v1.4.0", "velero/velero-plugin-for-csi:v0.3.1",
      ]
    }
    let isOlder = release < ReleaseVersion(1, 8, 0)
    let ofStore =
      store == "azure"
      ? "velero/velero-plugin-for-microsoft-azure:\(isOlder ? "v1.3.1" : "v1.4.0")"
      : "velero/velero-plugin-for-aws:\(isOlder ? "v1.3.0" : "v1.4.0")"
    return [ofStore] + (snapshots == "vsphere" ? ["vsphereveleroplugin/velero-plugin-for-vsphere:v1.3.1"] : [])
  }

  private mutating func readImages() {
    let isChanged = stated.isOn("images.update") ?? false
    if isChanged, let image = stated.text("images.velero") { wanted.set("images.server", .text(image)) }
    let plugins = stated.take("plugins")?.listValues.compactMap { $0["image"]?.scalarText }
    let usual = Self.plugins(
      wanted.release, store: stated.value("backupStorageLocation.spec.provider") ?? "aws",
      snapshots: stated.value("volumeSnapshotLocation.spec.provider") ?? "aws")
    wanted.set("images.plugins", .strings(plugins ?? usual))
    wanted.set("images.pullPolicy", .text("IfNotPresent"))
    for key in ["minio", "minioClient"] { leave("images.\(key)", "about an object store, which is no part of Velero") }
    leave("images", "unused by the package unless images.update is true")
  }

  private mutating func readCredentials() {
    let isOwn = stated.isOn("credential.useDefaultSecret") ?? true
    let name = stated.text("credential.name") ?? "cloud-credentials"
    let existing = stated.text("backupStorageLocation.spec.existingSecret.name")
    let key = stated.text("backupStorageLocation.spec.existingSecret.key")
    let secret = isOwn ? name : existing ?? ""
    wanted.set("credentials.secretName", .text(secret))
    let kept = "credentials stay out of git: the values name the Secret '\(secret)', which has to stay"
    for part in ["secretContents", "extraEnvVars", "extraSecretRef"] { leave("credential.\(part)", kept) }
    if !isOwn, let existing {
      locationCredential = .map([
        MapItem(key: .text("name"), value: .text(existing)), MapItem(key: .text("key"), value: .text(key ?? "cloud")),
      ])
    }
  }

  /// What the backup location shows to the provider, where it has a Secret of its own.
  private var locationCredential: Node?

  private mutating func readBackupLocation() {
    let path = "backupStorageLocation"
    guard stated.isOn("\(path).create") ?? true else {
      return leave(path, "about a location that the package does not make, for backupStorageLocation.create is false")
    }
    var object = wanted.object("BackupStorageLocation", stated.text("\(path).name") ?? "default")
    let provider = stated.text("\(path).spec.provider") ?? "aws"
    var spec = Node.map([])
    spec["provider"] = .text(provider)
    spec["default"] = .bool(stated.isOn("\(path).spec.default") ?? true)
    spec["accessMode"] = .text(stated.text("\(path).spec.accessMode") ?? "ReadWrite")
    for key in ["backupSyncPeriod", "validationFrequency"] {
      spec[ByteString(key)] = .text(stated.text("\(path).spec.\(key)") ?? "1m")
    }
    var storage = Node.map([MapItem(key: .text("bucket"), value: .text("velero"))])
    for key in ["bucket", "prefix", "caCert"] {
      if let text = stated.text("\(path).spec.objectStorage.\(key)") { storage[ByteString(key)] = .text(text) }
    }
    spec["objectStorage"] = storage
    if let credential = locationCredential { spec["credential"] = credential }
    spec["config"] = readConfiguration(path, provider)
    object["spec"] = spec
    wanted.add(object)
  }

  private mutating func readSnapshotLocation() {
    let path = "volumeSnapshotLocation"
    guard stated.isOn("\(path).snapshotsEnabled") ?? true else {
      return leave(path, "about a location that the package does not make, for snapshotsEnabled is false")
    }
    var object = wanted.object("VolumeSnapshotLocation", stated.text("\(path).name") ?? "default")
    let provider = stated.text("\(path).spec.provider") ?? "aws"
    object["spec"] = .map([
      MapItem(key: .text("provider"), value: .text(provider)),
      MapItem(key: .text("config"), value: readConfiguration(path, provider)),
    ])
    wanted.add(object)
  }

  /// The configuration of the location's provider; those of others are stated for nothing.
  private mutating func readConfiguration(_ path: String, _ provider: String) -> Node {
    let parts = ["aws": "configAWS", "azure": "configAzure", "vsphere": "configvSphere"]
    var config = Node.map([])
    if let part = parts[provider] {
      if provider != "azure" { config["region"] = .text("minio") }
      if provider == "vsphere" { config["bucket"] = .text("velero") }
      for item in stated.texts("\(path).spec.\(part)")?.mapItems ?? [] {
        if let key = item.key.stringValue, item.value.scalarText?.isEmpty == false { config[key] = item.value }
      }
    }
    for part in ["configAWS", "configAzure", "configvSphere"]
    where stated.paths(below: "\(path).spec").contains(where: { $0.hasPrefix("\(path).spec.\(part)") }) {
      leave("\(path).spec.\(part)", "of another provider than the location's: the package does not use it")
    }
    return config
  }

  private mutating func readAgents() {
    guard stated.isOn("restic.create") ?? stated.isOn("deployRestic") ?? false else {
      return leave("restic", "about the agents on the nodes, which are not deployed")
    }
    wanted.set("volumes.fileSystem", .bool(true))
    for (key, path) in [
      ("cpuLimit", "limits.cpu"), ("cpuRequest", "requests.cpu"), ("memoryLimit", "limits.memory"),
      ("memoryRequest", "requests.memory"),
    ] {
      if let text = stated.text("restic.\(key)") { wanted.set("nodeAgent.resources.\(path)", .text(text)) }
    }
    let arguments = "spec.template.spec.containers.0.args"
    if stated.isOn("restic.defaultVolumesToRestic") == true {
      wanted.append("Deployment", arguments, [.text("--default-volumes-to-restic=true")])
    }
    if let frequency = stated.text("restic.defaultResticPruneFrequency"), frequency != "0" {
      wanted.append("Deployment", arguments, [.text("--default-restic-prune-frequency=\(frequency)")])
      if goDuration(frequency) == nil {
        wanted.note(
          "restic.defaultResticPruneFrequency", "'\(frequency)' is no duration, and the server does not start with it",
          mend: "take it out of server.arguments, and set repositoryMaintenance.frequency, such as \(frequency)h")
      }
    }
    if let path = stated.text("restic.hostPath") {
      wanted.set("DaemonSet", "spec.template.spec.volumes.name=host-pods.hostPath.path", .text(path))
    }
    readHelper()
  }

  /// The image with which restores of volumes begin. Before 1.9.2 the package sets none by itself.
  private mutating func readHelper() {
    let usual = wanted.release < ReleaseVersion(1, 9, 0) ? nil : "velero/velero-restic-restore-helper:\(wanted.release)"
    guard let image = stated.text("restic.restoreHelperImage") ?? usual else { return }
    var map = wanted.object("ConfigMap", "restic-restore-action-config", apiVersion: "v1")
    map["data"] = .map([MapItem(key: .text("image"), value: .text(image))])
    wanted.add(map)
  }

  private mutating func readVSphere() {
    guard stated.isOn("vsphere.create") == true else {
      return leave("vsphere", "unused by the package unless vsphere.create is true")
    }
    leave(
      "vsphere", "the vCenter's account stays out of git: the Secret 'velero-vsphere-config-secret' has to stay")
    var map = wanted.object("ConfigMap", "velero-vsphere-plugin-config", apiVersion: "v1")
    map["data"] = .map([
      MapItem(key: .text("cluster_flavor"), value: .text("VANILLA")),
      MapItem(key: .text("vsphere_secret_name"), value: .text("velero-vsphere-config-secret")),
      MapItem(key: .text("vsphere_secret_namespace"), value: .text(wanted.namespace)),
    ])
    wanted.add(map)
  }

  /// Rights besides those that Velero has in any case.
  private mutating func readRights() {
    let account = stated.text("serviceAccount.name") ?? "velero"
    leave("serviceAccount", "the package gives it to no account")
    guard stated.isOn("rbac.create") == true else {
      return leave("rbac", "unused by the package unless rbac.create is true")
    }
    let role = stated.text("rbac.roleRefName") ?? "cluster-admin"
    if stated.isOn("rbac.clusterAdministrator") == true {
      wanted.set("ClusterRoleBinding", "metadata.name", .text(stated.text("rbac.name") ?? "velero"))
      wanted.set("ClusterRoleBinding", "roleRef.name", .text(role))
    }
    wanted.note(
      "rbac.create",
      "has no value here: a Role, a RoleBinding to '\(role)' for '\(account)', and perhaps a ClusterRole",
      mend: "leave them out, for Velero's account is bound to cluster-admin in any case; or put them into extraObjects",
      isMissing: true)
    leave("rbac", "part of what rbac.create makes")
  }
}
