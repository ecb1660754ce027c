import Files
import Kubernetes
import YAML

// What the chart makes besides the pods: locations, schedules, accounts, credentials, and objects of the user's own.
extension HelmChart {
  // MARK: Locations

  /// One location in charts before 4.0.0, then a list of them.
  mutating func readStorage() {
    let provider = stated.text("configuration.provider")
    let isBackedUp = stated.isOn("backupsEnabled") ?? true
    let hasSnapshots = stated.isOn("snapshotsEnabled") ?? true
    let locations = entries("configuration.backupStorageLocation")
    var hasDefault = locations.contains { $0["default"]?.scalarText == "true" }
    for (index, location) in locations.enumerated() where isBackedUp {
      var entry = StatedValues(location)
      var object = wanted.object("BackupStorageLocation", entry.text("name") ?? "default")
      var spec = Node.map([])
      spec["provider"] = (entry.take("provider") ?? provider.map { .text($0) }).map { .text($0.scalarText ?? "") }
      for key in ["accessMode", "backupSyncPeriod", "validationFrequency"] {
        if let text = entry.text(key) { spec[ByteString(key)] = .text(text) }
      }
      // The server takes the one called default for it where none says so.
      if entry.isOn("default") == true || !hasDefault && (locations.count == 1 || index == 0) {
        spec["default"] = .bool(true)
        hasDefault = true
      }
      var storage = Node.map([])
      for key in ["bucket", "prefix", "caCert"] {
        if let text = entry.text(key) { storage[ByteString(key)] = .text(text) }
      }
      spec["objectStorage"] = storage
      finish(&object, spec, &entry, "configuration.backupStorageLocation[\(index)]")
    }
    for (index, location) in entries("configuration.volumeSnapshotLocation").enumerated() where hasSnapshots {
      var entry = StatedValues(location)
      var object = wanted.object("VolumeSnapshotLocation", entry.text("name") ?? "default")
      var spec = Node.map([])
      spec["provider"] = (entry.take("provider") ?? provider.map { .text($0) }).map { .text($0.scalarText ?? "") }
      finish(&object, spec, &entry, "configuration.volumeSnapshotLocation[\(index)]")
    }
  }

  /// The entries of a list, or the one map in its place, without those that say nothing.
  private mutating func entries(_ path: String) -> [Node] {
    guard let value = stated.take(path) else { return [] }
    let entries = value.listValues.isEmpty ? [value] : value.listValues
    return entries.filter { entry in
      !StatedValues(entry.without("accessMode", "default")).paths().isEmpty
    }
  }

  private mutating func finish(_ object: inout Node, _ spec: Node, _ entry: inout StatedValues, _ path: String) {
    var spec = spec
    if let credential = entry.take("credential")?.withoutHollow, !credential.isHollow {
      spec["credential"] = credential
    }
    if let config = entry.texts("config") { spec["config"] = config }
    if let annotations = entry.texts("annotations") { object.update("metadata") { $0["annotations"] = annotations } }
    object["spec"] = spec
    wanted.add(object)
    for rest in entry.paths() {
      wanted.note("\(path).\(rest)", "no such key of the chart is known here", isMissing: true)
    }
  }

  // MARK: Credentials and the account

  mutating func readCredentials() {
    let isUsed = stated.isOn("credentials.useSecret") ?? true
    let existing = stated.text("credentials.existingSecret")
    let name = stated.text("credentials.name")
    let secret = existing ?? name ?? fullName
    wanted.set("credentials.secretName", .text(isUsed ? secret : ""))
    if isUsed, existing == nil, name == nil {
      wanted.note("credentials", "the Secret that the chart made is named: '\(secret)', and stays in the cluster")
    }
    for path in stated.paths(below: "credentials.secretContents") {
      wanted.note(path, "credentials stay out of git: the values name the Secret '\(secret)', which has to stay")
    }
    _ = stated.take("credentials.secretContents")
    for item in (stated.take("credentials.extraEnvVars") ?? .map([])).mapItems {
      guard let key = item.key.scalarText else { continue }
      wanted.note(
        "credentials.extraEnvVars.\(key)",
        "credentials stay out of git: the values name the Secret '\(secret)', which has to stay")
      var reference = Node.map([])
      reference["name"] = .text(secret)
      reference["key"] = .text(key)
      for kind: ByteString in ["Deployment", "DaemonSet"] {
        let source = Node.map([MapItem(key: .text("secretKeyRef"), value: reference)])
        wanted.append(
          kind, "spec.template.spec.containers.0.env",
          [.map([MapItem(key: .text("name"), value: .text(key)), MapItem(key: .text("valueFrom"), value: source)])])
      }
    }
    if let name = stated.text("credentials.extraSecretRef") {
      let reference = Node.map([MapItem(key: .text("name"), value: .text(name))])
      let source = Node.map([MapItem(key: .text("secretRef"), value: reference)])
      for kind: ByteString in ["Deployment", "DaemonSet"] {
        wanted.set(kind, "spec.template.spec.containers.0.envFrom", .entries([source]))
      }
    }
  }

  /// An account keeps its name where something outside of the cluster knows it by that.
  mutating func readAccount() {
    let isMade = stated.isOn("serviceAccount.server.create") ?? true
    let name = stated.text("serviceAccount.server.name")
    if !isMade {
      wanted.set("serviceAccount.existingName", .text(name ?? "default"))
      return
    }
    let isKnown = name != nil || !stated.paths(below: "serviceAccount.server.annotations").isEmpty
    guard isKnown else { return }
    let account = name ?? "\(fullName)-server"
    wanted.set("ServiceAccount", "metadata.name", .text(account))
    wanted.set("ClusterRoleBinding", "subjects.0.name", .text(account))
    wanted.set("ClusterRoleBinding", "metadata.name", .text(account))
    for kind: ByteString in ["Deployment", "DaemonSet"] {
      wanted.set(kind, "spec.template.spec.serviceAccountName", .text(account))
    }
  }

  // MARK: Variables

  mutating func readVariables() {
    readVariables(below: "configuration.extraEnvVars", kind: "Deployment")
  }

  /// A list of variables, or in older charts a map of names and texts.
  mutating func readVariables(below path: String, kind: ByteString) {
    guard let value = stated.take(path) else { return }
    let variables =
      value.mapItems.isEmpty
      ? value.listValues
      : value.mapItems.map { item in
        .map([
          MapItem(key: .text("name"), value: item.key),
          MapItem(key: .text("value"), value: .text(item.value.scalarText ?? "")),
        ])
      }
    wanted.append(kind, "spec.template.spec.containers.0.env", variables)
  }

  // MARK: Objects

  mutating func readObjects() {
    for item in (stated.take("schedules") ?? .map([])).mapItems { readSchedule(item) }
    for item in (stated.take("configMaps") ?? .map([])).mapItems {
      var map = wanted.object("ConfigMap", "\(fullName)-\(item.key.scalarText ?? "")", apiVersion: "v1")
      if let labels = item.value["labels"] { map.update("metadata") { $0["labels"] = labels } }
      map["data"] = item.value["data"]
      wanted.add(map)
    }
    readMaintenance()
    if let extra = stated.take("extraObjects") {
      for object in extra.listValues {
        if case .map = object {
          wanted.add(object)
        } else {
          wanted.note(
            "extraObjects", "a template, which only Helm can fill in", mend: "put what it comes to into extraObjects",
            isMissing: true)
        }
      }
    }
    readBudget()
  }

  private mutating func readSchedule(_ item: MapItem) {
    var entry = StatedValues(item.value)
    let name = item.key.scalarText ?? ""
    if entry.isOn("disabled") == true {
      wanted.note("schedules.\(name)", "disabled: the chart does not make it")
      return
    }
    var object = wanted.object("Schedule", "\(fullName)-\(name)")
    for key in ["annotations", "labels"] {
      if let texts = entry.texts(key) { object.update("metadata") { $0[ByteString(key)] = texts } }
    }
    var spec = Node.map([])
    spec["schedule"] = .text(entry.text("schedule") ?? "")
    for key in ["paused", "skipImmediately", "useOwnerReferencesInBackup"] {
      if entry.isOn(key) == true { spec[ByteString(key)] = .bool(true) }
    }
    spec["template"] = entry.take("template") ?? .map([])
    object["spec"] = spec
    wanted.add(object)
    for path in entry.paths() {
      wanted.note("schedules.\(name).\(path)", "no such key of the chart is known here", isMissing: true)
    }
  }

  private mutating func readMaintenance() {
    let path = "configuration.repositoryMaintenanceJob.repositoryConfigData"
    let name = stated.text("\(path).name") ?? "velero-repo-maintenance"
    var data: [MapItem] = []
    if let global = stated.take("\(path).global") {
      data.append(MapItem(key: .text("global"), value: Self.json(global)))
    }
    for item in (stated.take("\(path).repositories") ?? .map([])).mapItems {
      data.append(MapItem(key: item.key, value: Self.json(item.value)))
    }
    if data.isEmpty { return }
    var map = wanted.object("ConfigMap", name, apiVersion: "v1")
    map["data"] = .map(data)
    wanted.add(map)
    wanted.append(
      "Deployment", "spec.template.spec.containers.0.args", [.text("--repo-maintenance-job-configmap=\(name)")])
  }

  private static func json(_ node: Node) -> Node {
    var out = ByteBuffer()
    guard (try? printJSON(node, style: JSONStyle(indent: 2), into: &out)) != nil else { return node }
    return .string(out.finish())
  }

  private mutating func readBudget() {
    let isOn = stated.isOn("podDisruptionBudget.enabled") ?? false
    guard let given = stated.take("podDisruptionBudget") ?? (isOn ? .map([]) : nil), isOn else { return }
    var budget = wanted.object("PodDisruptionBudget", fullName, apiVersion: "policy/v1")
    for key: ByteString in ["annotations", "labels"] {
      if let texts = given[key], !texts.isHollow { budget.update("metadata") { $0[key] = texts } }
    }
    var spec = given.without("annotations", "labels").withoutHollow
    if spec["maxUnavailable"]?.stringValue?.isEmpty == true { spec["maxUnavailable"] = nil }
    if spec["minAvailable"] == nil, spec["maxUnavailable"] == nil { spec["minAvailable"] = .int(1) }
    spec["selector"] = Self.selector("matchLabels")
    budget["spec"] = spec
    wanted.add(budget)
  }

  private static func selector(_ key: ByteString) -> Node {
    .map([MapItem(key: .string(key), value: .map([MapItem(key: .text("deploy"), value: .text("velero"))]))])
  }

  /// The Service that the chart makes, where something is said about it.
  mutating func readMetrics() {
    let isOn = stated.isOn("metrics.enabled")
    if let annotations = stated.texts("metrics.podAnnotations") { wanted.set("server.annotations", annotations) }
    let given = stated.take("metrics.service")
    guard isOn != false else {
      return wanted.note("metrics.enabled", "the server offers metrics in any case; no Service for them is made")
    }
    guard isOn == true || given != nil else {
      return wanted.note(
        "metrics.service", "the chart makes a Service for metrics although nobody asked, and here there is none",
        mend:
          "if something reads metrics, put a Service for port 8085 of pods with the label deploy: velero into extraObjects"
      )
    }
    var service = wanted.object("Service", fullName, apiVersion: "v1")
    for key: ByteString in ["annotations", "labels"] {
      if let texts = given?[key], !texts.isHollow { service.update("metadata") { $0[key] = texts } }
    }
    var spec = (given ?? .map([])).without("annotations", "labels", "nodePort").withoutHollow
    for item in spec.mapItems where item.value.stringValue?.isEmpty == true {
      if let key = item.key.stringValue { spec[key] = nil }
    }
    var port = Node.map([])
    port["name"] = .text("http-monitoring")
    port["port"] = .int(8085)
    port["targetPort"] = .text("metrics")
    if let nodePort = given?["nodePort"], !nodePort.isHollow { port["nodePort"] = nodePort }
    spec["ports"] = .entries([port])
    spec["selector"] = .map([MapItem(key: .text("deploy"), value: .text("velero"))])
    service["spec"] = spec
    wanted.add(service)
  }
}
