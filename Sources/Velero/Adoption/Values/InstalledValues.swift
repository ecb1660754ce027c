import Files
import Kubernetes
import YAML

/// Values that say what the objects of an install are, as if their provider were `provider`.
///
/// They say more than they need: whatever has a key is said, also where it would follow. `ValueReduction` takes away
/// what follows.
struct InstalledValues {
  let installed: InstalledObjects
  let catalogue: ReleaseCatalogue
  let provider: String
  private(set) var values = ValueTree()
  /// What has a key and is not said.
  private(set) var notes: [AdoptionNote] = []

  init(_ installed: InstalledObjects, catalogue: ReleaseCatalogue, provider: String) {
    self.installed = installed
    self.catalogue = catalogue
    self.provider = provider
    read()
  }

  /// The providers whose values could say it: those whose plugins are there, that of the backups first, and the one
  /// from which nothing follows.
  static func providers(of installed: InstalledObjects) -> [String] {
    let images = pluginImages(of: installed.server.content).map { ImageName($0).lastPart }
    let found = [
      ("velero-plugin-for-vsphere", "vsphere"), ("velero-plugin-for-microsoft-azure", "azure"),
      ("velero-plugin-for-gcp", "gcp"), ("velero-plugin-for-aws", "aws"),
    ].filter { images.contains($0.0) }.map(\.1)
    let store = defaultLocation(of: installed)?.content.value(at: "spec", "provider")?.scalarText
    // vSphere's plugin keeps no backups itself.
    let first = found.filter { $0 == "vsphere" || store == $0 || store == "velero.io/\($0)" }
    let named = ["aws", "azure", "gcp"].filter { $0 == store && !found.contains($0) }
    return first + found.filter { !first.contains($0) } + named + ["custom"]
  }

  static func pluginImages(of object: Node) -> [String] {
    initContainers(of: object).filter(isPlugin).compactMap { $0["image"]?.stringValue?.text }
  }

  private static func initContainers(of object: Node) -> [Node] {
    object.value(at: "spec", "template", "spec", "initContainers")?.listValues ?? []
  }

  /// A plugin's container copies it to where the server looks for plugins.
  private static func isPlugin(_ container: Node) -> Bool {
    (container["volumeMounts"]?.listValues ?? []).contains { $0["name"]?.stringValue == "plugins" }
  }

  func has(_ difference: String) -> Bool { catalogue.has(difference, installed.release) }

  // MARK: All parts, in the order of the schema but for what is to be said last

  private mutating func read() {
    let server = WorkloadSettings(installed.server, container: "server")
    let agent = installed.linuxAgent.map { WorkloadSettings($0, container: nil) }
    values.set("velero.version", .text(installed.release.description))
    values.set("velero.namespace", .string(installed.namespace))
    values.set("provider", .text(provider))
    readLocations()
    values.set("volumes.fileSystem", .bool(agent != nil))
    readArguments(of: server, agent)
    readCredentials(server, agent)
    readAccount(server)
    readImages(server)
    readServer(server)
    if installed.windowsAgent != nil { values.set("nodeAgent.windows", .bool(true)) }
    if let agent { readAgent(agent) } else { values.set("nodeAgent.linux", .bool(false)) }
    readPluginConfiguration()
    readSchedules()
    readOthers()
    readCommon(server, agent)
    readRegistry(server)
  }

  mutating func set(_ path: String, _ value: Node) { values.set(path, value) }
  mutating func set(_ path: String, text: String?) { values.set(path, text: text) }
  mutating func set(_ path: String, filled value: Node?) { values.set(path, filled: value) }
  mutating func note(_ note: AdoptionNote) { notes.append(note) }

  // MARK: Images

  private mutating func readImages(_ server: WorkloadSettings) {
    set("images.server", text: server.container["image"]?.stringValue?.text)
    set("images.plugins", .strings(Self.pluginImages(of: server.object)))
    set("images.pullPolicy", text: server.container["imagePullPolicy"]?.stringValue?.text)
    let secrets = server.pod["imagePullSecrets"]?.listValues.compactMap { $0["name"]?.stringValue?.text } ?? []
    values.set("images.pullSecrets", texts: secrets)
  }

  /// Said last, so that it stays where the images follow from it, and goes where they do not.
  private mutating func readRegistry(_ server: WorkloadSettings) {
    let usual = "velero/velero:\(installed.release)"
    set("images.registry", text: ImageName(server.container).registry(before: usual))
  }

  // MARK: The account

  private mutating func readAccount(_ server: WorkloadSettings) {
    let annotations = installed.serviceAccount?.content.withoutServerFields.value(at: "metadata", "annotations")
    if isOwnAccount {
      readIdentity(annotations, server)
    } else {
      set("serviceAccount.existingName", .string(installed.accountName))
    }
  }

  /// Whether account and role binding are those that are rendered.
  var isOwnAccount: Bool {
    guard installed.accountName == "velero" else { return false }
    if installed.isWhole { return installed.serviceAccount != nil }
    return installed.roleBindings.allSatisfy(isOwnBinding)
  }

  func isOwnBinding(_ binding: KubernetesObject) -> Bool {
    let usual = installed.namespace == "velero" ? "velero" : "velero-\(installed.namespace)"
    return binding.identity.name.text == usual
      && binding.content.value(at: "roleRef", "name")?.stringValue == "cluster-admin"
  }

  /// Roles and workload identities have keys of their own, where what goes with them is there too.
  private mutating func readIdentity(_ annotations: Node?, _ server: WorkloadSettings) {
    var rest = annotations ?? .map([])
    let role = rest["eks.amazonaws.com/role-arn"]?.stringValue?.text
    if provider == "aws", let role, server.secretName == nil {
      set("aws.roleArn", text: role)
      rest["eks.amazonaws.com/role-arn"] = nil
    }
    if provider == "azure", usesAzureIdentity, let client = rest["azure.workload.identity/client-id"]?.stringValue {
      set("azure.workloadIdentity.enabled", .bool(true))
      set("azure.workloadIdentity.clientId", .string(client))
      rest["azure.workload.identity/client-id"] = nil
    }
    if provider == "gcp", let account = googleAccount {
      set("gcp.serviceAccount", text: account)
      rest["iam.gke.io/gcp-service-account"] = nil
    }
    set("serviceAccount.annotations", filled: rest)
  }

  // MARK: Schedules and what has no key

  private mutating func readSchedules() {
    let entries = installed.schedules.map { schedule -> Node in
      let object = schedule.content.withoutServerFields
      let spec = object["spec"] ?? .map([])
      var entry = Node.map([])
      entry["name"] = .string(schedule.identity.name)
      entry["schedule"] = spec["schedule"] ?? .text("")
      if spec["paused"]?.scalarText == "true", has("paused_schedules") { entry["paused"] = .bool(true) }
      if let skip = spec["skipImmediately"], !skip.isHollow, has("schedule_skip") { entry["skipImmediately"] = skip }
      if spec["useOwnerReferencesInBackup"]?.scalarText == "true" { entry["useOwnerReferencesInBackup"] = .bool(true) }
      for key: ByteString in ["labels", "annotations"] {
        let texts = object["metadata"]?[key]?.without("component")
        if let texts, !texts.isHollow { entry[key] = texts }
      }
      if let template = spec["template"]?.withoutHollow, !template.isHollow { entry["template"] = template }
      return entry
    }
    if !entries.isEmpty { set("schedules", .sequence(entries.map { SequenceItem($0) })) }
  }

  private mutating func readPluginConfiguration() {
    guard provider == "vsphere", let data = installed.pluginConfiguration?.content["data"] else { return }
    set("vsphere.clusterFlavor", text: data["cluster_flavor"]?.stringValue?.text)
    set("vsphere.secret.name", text: data["vsphere_secret_name"]?.stringValue?.text)
    set("vsphere.secret.namespace", text: data["vsphere_secret_namespace"]?.stringValue?.text)
  }

  private mutating func readOthers() {
    let objects = extraObjects
    if !objects.isEmpty {
      set("extraObjects", .sequence(objects.map { SequenceItem($0.content.withoutServerFields.placed(in: installed)) }))
    }
  }

  /// Objects that nothing else renders.
  var extraObjects: [KubernetesObject] {
    var objects: [KubernetesObject] = []
    if !isOwnAccount { objects = [installed.serviceAccount].compactMap { $0 } + installed.roleBindings }
    if provider != "vsphere", let configuration = installed.pluginConfiguration { objects.append(configuration) }
    return objects + installed.others
  }
}

extension KubernetesObject {
  /// Whether it is the location that backups go to unless they say otherwise.
  var isDefault: Bool {
    content.value(at: "spec", "default")?.scalarText == "true" || (identity.name == "default")
  }
}

extension Node {
  /// Without nulls and empty maps and lists, at any depth.
  var withoutHollow: Node {
    switch self {
    case .map(let items):
      return .map(
        items.compactMap { item in
          let value = item.value.withoutHollow
          // An empty directory is made by saying nothing about it.
          if value.isHollow, item.key.stringValue != "emptyDir" { return nil }
          return MapItem(key: item.key, value: value.isHollow ? .map([]) : value, position: item.position)
        })
    case .sequence(let items): return .sequence(items.map { SequenceItem($0.value.withoutHollow) })
    default: return self
    }
  }

  /// The object with the namespace of the install, where it says none and has one.
  func placed(in installed: InstalledObjects) -> Node {
    guard self["metadata"]?["namespace"] == nil, !Self.clusterKinds.contains(self["kind"]?.stringValue?.text ?? "")
    else { return self }
    var object = self
    object.update("metadata") { $0["namespace"] = .string(installed.namespace) }
    return object
  }

  private static let clusterKinds: Set<String> = [
    "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "Namespace",
  ]
}
