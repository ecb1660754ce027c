package import Files
import Kubernetes
package import YAML

/// The objects of one install of Velero, told apart by the part that each plays.
package struct InstalledObjects: Sendable {
  package let release: ReleaseVersion
  package let namespace: ByteString
  /// Whether these are all objects of the install. Otherwise what is missing may only not have been asked for.
  let isWhole: Bool
  let server: KubernetesObject
  /// The agents on Linux nodes, and on Windows nodes.
  private(set) var linuxAgent: KubernetesObject?
  private(set) var windowsAgent: KubernetesObject?
  private(set) var namespaceObject: KubernetesObject?
  private(set) var serviceAccount: KubernetesObject?
  /// What gives the service account its rights.
  private(set) var roleBindings: [KubernetesObject] = []
  private(set) var backupLocations: [KubernetesObject] = []
  private(set) var snapshotLocations: [KubernetesObject] = []
  private(set) var schedules: [KubernetesObject] = []
  private(set) var pluginConfiguration: KubernetesObject?
  /// Others that belong to the install.
  private(set) var others: [KubernetesObject] = []
  /// Velero's resource definitions.
  private(set) var definitions: [KubernetesObject] = []
  /// Whether some of these were given.
  package var hasDefinitions: Bool { !definitions.isEmpty }
  private(set) var notes: [AdoptionNote] = []

  /// Sorts objects.
  ///
  /// - Parameters:
  ///   - release: the release, where the caller knows it; else the tag of the server's image says it.
  ///   - namespace: which install is meant, where there are several.
  /// - Throws: what is wrong with the objects; or that none of them is a Velero server, or several are.
  package init(
    _ documents: [Document], catalogue: ReleaseCatalogue, release: ReleaseVersion? = nil, namespace: String? = nil,
    isWhole: Bool = false
  ) throws(Diagnostics) {
    let objects = try Self.objects(documents)
    let server = try Self.server(among: objects, in: namespace)
    self.server = server
    self.isWhole = isWhole
    self.namespace = server.identity.namespace.isEmpty ? "velero" : server.identity.namespace
    if let release { self.release = release } else { self.release = try Self.release(of: server, catalogue) }
    for object in objects where object.identity != server.identity { sort(object) }
  }

  /// Reads objects, lists among them, without the fields that the server sets.
  private static func objects(_ documents: [Document]) throws(Diagnostics) -> [KubernetesObject] {
    var diagnostics = Diagnostics()
    var first: [ObjectIdentity: KubernetesObject] = [:]
    var objects: [KubernetesObject] = []
    for listed in documents.flatMap(ListedObject.objects(of:)) {
      do throws(Diagnostics) {
        let object = try KubernetesObject(listed.content, position: listed.position)
        if let other = first.updateValue(object, forKey: object.identity) {
          diagnostics.append(.givenTwice(object, other))
        }
        objects.append(object)
      } catch {
        diagnostics.append(contentsOf: error)
      }
    }
    try diagnostics.throwIfErrors()
    return objects
  }

  private static func server(
    among objects: [KubernetesObject], in namespace: String?
  ) throws(Diagnostics) -> KubernetesObject {
    let all = objects.filter {
      $0.identity.kind == "Deployment" && $0.content.veleroContainer(running: "server") != nil
    }
    let wanted = namespace.map { name in all.filter { $0.identity.namespace.text == name } } ?? all
    if wanted.count > 1 { throw Diagnostics(.severalServers(wanted)) }
    guard let server = wanted.first else {
      throw Diagnostics(.noServer(objects, others: all, namespace: namespace))
    }
    return server
  }

  private static func release(
    of server: KubernetesObject, _ catalogue: ReleaseCatalogue
  ) throws(Diagnostics) -> ReleaseVersion {
    let container = server.content.veleroContainer(running: "server")
    let image = container?["image"]?.stringValue?.text ?? ""
    let item = container?.mapItems.item("image")
    guard let tag = ImageName(image).tag, let version = ReleaseVersion(tag: tag) else {
      throw Diagnostics(.releaseUnknown(image, at: item?.valuePosition ?? server.position))
    }
    do {
      return try catalogue.release(named: version.description)
    } catch {
      var diagnostic = error
      diagnostic.range = SourceRange(item?.valuePosition ?? server.position)
      diagnostic.hint = "upgrade to one of these first, or name the one to take it for with --velero-version"
      throw Diagnostics(diagnostic)
    }
  }
}

// MARK: - Which part an object plays

extension InstalledObjects {
  private mutating func sort(_ object: KubernetesObject) {
    let identity = object.identity
    let kind = identity.kind.text
    func leave(_ reason: AdoptionReason) { notes.append(reason.note(about: identity)) }
    if kind == "CustomResourceDefinition" {
      if object.content.value(at: "spec", "group")?.stringValue == "velero.io" {
        definitions.append(object)
      } else {
        leave(.elsewhere)
      }
      return
    }
    if kind == "Namespace" {
      if identity.name == namespace { namespaceObject = object } else { leave(.elsewhere) }
      return
    }
    if kind == "ClusterRoleBinding" {
      if bindsOurAccount(object) { roleBindings.append(object) } else { leave(.elsewhere) }
      return
    }
    let isInside = identity.namespace.isEmpty ? !object.isClusterScoped : identity.namespace == namespace
    guard isInside else {
      if kind == "ClusterRole", object.content["metadata"]?["labels"]?["component"]?.stringValue == "velero" {
        others.append(object)
      } else {
        leave(.elsewhere)
      }
      return
    }
    if object.hasController { return leave(.owned) }
    if Self.madeByCluster.contains(kind) || Self.namesMadeByCluster.contains("\(kind) \(identity.name)") {
      return leave(.madeByCluster)
    }
    switch (identity.group, kind) {
    case ("velero.io", "BackupStorageLocation"): backupLocations.append(object)
    case ("velero.io", "VolumeSnapshotLocation"): snapshotLocations.append(object)
    case ("velero.io", "Schedule"): schedules.append(object)
    case ("velero.io", _): leave(.records)
    case (_, "DaemonSet"): sortDaemonSet(object)
    case (_, "ServiceAccount"):
      if identity.name == accountName { serviceAccount = object } else { others.append(object) }
    case (_, "Secret"): leave(reason(forSecret: object))
    case (_, "ConfigMap") where identity.name == "velero-vsphere-plugin-config": pluginConfiguration = object
    default:
      if object.content.holdsPlainSecret { leave(.plainSecret) } else { others.append(object) }
    }
  }

  private mutating func sortDaemonSet(_ object: KubernetesObject) {
    let isAgent =
      object.content.veleroContainer(running: "node-agent") != nil
      || object.content.veleroContainer(running: "restic") != nil
    let pod = object.content.value(at: "spec", "template", "spec")
    if !isAgent {
      others.append(object)
    } else if object.identity.name == "node-agent-windows" || pod?.value(at: "os", "name")?.stringValue == "windows" {
      windowsAgent = object
    } else {
      linuxAgent = object
    }
  }

  /// The service account of the server's pod.
  var accountName: ByteString {
    server.content.value(at: "spec", "template", "spec", "serviceAccountName")?.stringValue ?? "default"
  }

  private func bindsOurAccount(_ object: KubernetesObject) -> Bool {
    (object.content["subjects"]?.listValues ?? []).contains { subject in
      subject["kind"]?.stringValue == "ServiceAccount" && subject["name"]?.stringValue == accountName
        && subject["namespace"]?.stringValue == namespace
    }
  }

  private func reason(forSecret object: KubernetesObject) -> AdoptionReason {
    let name = object.identity.name.text
    let type = object.content["type"]?.stringValue?.text ?? ""
    if type == "kubernetes.io/service-account-token" || type == "kubernetes.io/dockercfg" { return .madeByCluster }
    if type == "helm.sh/release.v1" { return .ofHelm }
    if ["velero-repo-credentials", "velero-restic-credentials"].contains(name) { return .records }
    return .secret
  }

  private static let madeByCluster: Set<String> = [
    "ControllerRevision", "Endpoints", "EndpointSlice", "Event", "Lease", "Pod", "PodMetrics", "ReplicaSet",
  ]
  private static let namesMadeByCluster: Set<String> = [
    "ConfigMap kube-root-ca.crt", "ConfigMap openshift-service-ca.crt", "ServiceAccount default",
    "ServiceAccount builder", "ServiceAccount deployer",
  ]
}

/// Why an object is not in the values, and rightly so.
enum AdoptionReason {
  case elsewhere, madeByCluster, ofHelm, owned, plainSecret, records, secret

  func note(about identity: ObjectIdentity) -> AdoptionNote {
    switch self {
    case .elsewhere: AdoptionNote("\(identity)", "not part of this install; leave it where it is")
    case .madeByCluster: AdoptionNote("\(identity)", "the cluster makes it")
    case .ofHelm: AdoptionNote("\(identity)", "Helm's own record; delete it once nothing is left to Helm")
    case .owned: AdoptionNote("\(identity)", "a controller makes it from another object")
    case .plainSecret:
      AdoptionNote(
        "\(identity)", "has variables that look like secrets in plain text, which must not be in git",
        mend: "put them into a Secret, refer to it with valueFrom.secretKeyRef, and add the object to extraObjects",
        isMissing: true)
    case .records: AdoptionNote("\(identity)", "Velero makes it while it runs; it must not be in git")
    case .secret:
      AdoptionNote("\(identity)", "holds secrets: it stays in the cluster, and is referred to by its name")
    }
  }
}

extension KubernetesObject {
  /// Whether a controller made it.
  fileprivate var hasController: Bool {
    (content.value(at: "metadata", "ownerReferences")?.listValues ?? []).contains {
      $0["controller"]?.scalarText == "true"
    }
  }

  /// Whether its kind belongs to no namespace, as far as kinds are known here.
  fileprivate var isClusterScoped: Bool { Self.clusterKinds.contains(identity.kind.text) }

  private static let clusterKinds: Set<String> = [
    "APIService", "ClusterRole", "MutatingWebhookConfiguration", "Node", "PersistentVolume", "PriorityClass",
    "StorageClass", "ValidatingWebhookConfiguration", "VolumeSnapshotClass", "VolumeSnapshotContent",
  ]
}

extension Node {
  /// The container of a workload that runs `velero` with this first argument.
  func veleroContainer(running word: String) -> Node? {
    let containers = value(at: "spec", "template", "spec", "containers")?.listValues ?? []
    return containers.first { container in
      let command = container["command"]?.listValues.first?.stringValue?.text
      let isVelero = command.map { $0 == "velero" || $0.hasSuffix("/velero") } ?? ImageName(container).isVelero
      return isVelero && ProcessArguments(container["args"]).words.first == word
    }
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func givenTwice(_ object: KubernetesObject, _ other: KubernetesObject) -> Diagnostic {
    Diagnostic(
      "\(object.identity) is given twice", at: SourceRange(object.position),
      notes: [Note("it stands here too", at: SourceRange(other.position))], hint: "give the newer one only")
  }

  fileprivate static func severalServers(_ servers: [KubernetesObject]) -> Diagnostic {
    let names = servers.map(\.identity.namespace.text)
    return Diagnostic(
      "there are \(servers.count) Velero servers among the objects", at: SourceRange(servers[0].position),
      notes: servers.dropFirst().map { Note("another one: \($0.identity)", at: SourceRange($0.position)) },
      hint: Set(names).count == names.count
        ? "say which with --namespace: one of \(names.joined(separator: ", "))" : "give the objects of one only")
  }

  fileprivate static func noServer(
    _ objects: [KubernetesObject], others: [KubernetesObject], namespace: String?
  ) -> Diagnostic {
    if let namespace, let other = others.first {
      return Diagnostic(
        "no Velero server runs in the namespace '\(namespace)'", at: SourceRange(other.position),
        hint: "this one runs in '\(other.identity.namespace)'")
    }
    let count = objects.count == 1 ? "one object" : "\(objects.count) objects"
    return Diagnostic(
      "there is no Velero server among \(objects.isEmpty ? "the objects, for there are none" : count)",
      at: objects.first.map { SourceRange($0.position) },
      hint: "it is a Deployment that runs 'velero server'; "
        + "'kubectl get deployments,daemonsets,serviceaccounts,configmaps,bsl,vsl,schedules -n velero -o yaml' lists all that counts"
    )
  }

  fileprivate static func releaseUnknown(_ image: String, at position: Position) -> Diagnostic {
    Diagnostic(
      "the image '\(image)' does not say which release of Velero it is", at: position,
      hint: "name it with --velero-version, such as v1.17.2")
  }
}
