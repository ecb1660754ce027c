import Files
import Kubernetes
import YAML

// Where backups and snapshots are kept, what is shown to the provider, and what the processes are told.
extension InstalledValues {
  /// The location that is called `default` here, whatever its name is there: the one that backups go to by default.
  static func defaultLocation(of installed: InstalledObjects) -> KubernetesObject? {
    let locations = installed.backupLocations
    return locations.first { $0.content.value(at: "spec", "default")?.scalarText == "true" }
      ?? locations.first { $0.identity.name == "default" } ?? (locations.count == 1 ? locations.first : nil)
  }

  static func defaultSnapshotLocation(of installed: InstalledObjects) -> KubernetesObject? {
    let locations = installed.snapshotLocations
    return locations.first { $0.identity.name == "default" } ?? (locations.count == 1 ? locations.first : nil)
  }

  mutating func readLocations() {
    let first = Self.defaultLocation(of: installed)
    set("backupStorage.enabled", .bool(first != nil))
    if let first {
      let location = readLocation(first)
      for item in location.mapItems {
        if let key = item.key.stringValue { set("backupStorage.\(key)", item.value) }
      }
    }
    let extra = installed.backupLocations.filter { $0.identity != first?.identity }.map { object -> Node in
      let name = MapItem(key: .text("name"), value: .string(object.identity.name))
      return .map([name] + readLocation(object).mapItems)
    }
    set("extraBackupStorage", filled: .entries(extra))
    readProviderSettings()
    readSnapshotLocations()
  }

  /// The settings of a location for backups, under the keys of `backupStorage`.
  private func readLocation(_ object: KubernetesObject) -> Node {
    let spec = object.content["spec"] ?? .map([])
    let storage = spec["objectStorage"] ?? .map([])
    let named = spec["provider"]?.scalarText ?? ""
    var config = LocationSettings(spec["config"])
    var entry = Node.map([])
    func set(_ key: ByteString, _ text: String?) {
      if let text, !text.isEmpty { entry[key] = .text(text) }
    }
    set("bucket", storage["bucket"]?.scalarText)
    set("prefix", storage["prefix"]?.scalarText)
    if provider == "azure", isOwn(named) {
      set("url", config.take("storageAccountURI"))
    } else if provider == "gcp", isOwn(named) {
      set("url", config.take("storeEndpoint"))
    } else {
      set("region", config.take("region"))
      set("url", config.take("s3Url"))
      set("publicUrl", config.take("publicUrl"))
      entry["pathStyle"] = .bool(config.takeTrue("s3ForcePathStyle"))
      if config.takeTrue("insecureSkipTLSVerify") { entry["insecureSkipTLSVerify"] = .bool(true) }
    }
    if let certificate = storage["caCert"]?.stringValue, !certificate.isEmpty {
      if let bytes = Base64.decode(certificate), Base64.encode(bytes) == certificate, bytes.isText {
        entry["caCert"] = .string(bytes)
      } else {
        entry["caCertBase64"] = .string(certificate)
      }
    }
    entry["provider"] = .text(named)
    set("accessMode", spec["accessMode"]?.scalarText)
    for key: ByteString in ["validationFrequency", "backupSyncPeriod"] {
      set(key, (spec[key]?.scalarText).map(Self.shortDuration))
    }
    if let credential = spec["credential"]?.withoutHollow, !credential.isHollow { entry["credential"] = credential }
    if !config.rest.isHollow { entry["config"] = config.rest }
    return entry
  }

  /// Whether a location's provider is the one that the environment's provider brings.
  private func isOwn(_ named: String) -> Bool {
    named == provider || provider == "vsphere" && named == "aws"
  }

  private mutating func readSnapshotLocations() {
    let first = Self.defaultSnapshotLocation(of: installed)
    set("volumes.snapshots", .bool(first != nil))
    if let spec = first?.content["spec"] {
      var config = LocationSettings(spec["config"])
      set("snapshotStorage.provider", text: spec["provider"]?.scalarText)
      readSnapshotSettings(&config)
      if ["aws", "custom"].contains(provider) { set("snapshotStorage.region", text: config.take("region")) }
      set("snapshotStorage.credential", filled: spec["credential"]?.withoutHollow)
      set("snapshotStorage.config", filled: config.rest)
    }
    let extra = installed.snapshotLocations.filter { $0.identity != first?.identity }.map { object -> Node in
      let spec = object.content["spec"] ?? .map([])
      var config = LocationSettings(spec["config"])
      var entry = Node.map([])
      entry["name"] = .string(object.identity.name)
      entry["provider"] = spec["provider"]
      if let region = config.take("region") { entry["region"] = .text(region) }
      if let credential = spec["credential"]?.withoutHollow, !credential.isHollow { entry["credential"] = credential }
      if !config.rest.isHollow { entry["config"] = config.rest }
      return entry
    }
    set("extraSnapshotStorage", filled: .entries(extra))
  }

  private mutating func readSnapshotSettings(_ config: inout LocationSettings) {
    switch provider {
    case "azure":
      set("azure.snapshots.apiTimeout", text: config.take("apiTimeout"))
      if config.rest["resourceGroup"] != nil {
        set("azure.snapshots.resourceGroup", text: config.take("resourceGroup"))
        set("azure.snapshots.subscriptionId", text: config.take("subscriptionId"))
      }
      if config.takeTrue("incremental") { set("azure.snapshots.incremental", .bool(true)) }
    case "gcp":
      set("gcp.snapshots.location", text: config.take("snapshotLocation"))
      set("gcp.snapshots.project", text: config.take("project"))
    default: break
    }
  }

  /// Settings of the default location that have keys below the provider's name, taken out of `config` again.
  private mutating func readProviderSettings() {
    guard let first = Self.defaultLocation(of: installed),
      isOwn(first.content.value(at: "spec", "provider")?.scalarText ?? "")
    else { return }
    var config = LocationSettings(values.node.value(at: "backupStorage", "config"))
    switch provider {
    case "azure":
      for key in ["resourceGroup", "storageAccount", "subscriptionId"] { set("azure.\(key)", text: config.take(key)) }
      if config.takeTrue("useAAD") { set("azure.useAAD", .bool(true)) }
    case "gcp":
      set("gcp.kmsKeyName", text: config.take("kmsKeyName"))
      if googleAccount != nil { _ = config.take("serviceAccount") }
    default: return
    }
    set("backupStorage.config", config.rest)
  }

  // MARK: Identities

  /// Whether the pods take a workload identity of Azure's, and nothing is there that would not go with it.
  var usesAzureIdentity: Bool {
    let labels = installed.server.content.value(at: "spec", "template", "metadata", "labels")
    let config = Self.defaultLocation(of: installed)?.content.value(at: "spec", "config")
    return labels?["azure.workload.identity/use"]?.stringValue == "true" && config?["useAAD"]?.scalarText == "true"
  }

  /// The Google account that Velero's own acts as.
  var googleAccount: String? {
    let annotations = installed.serviceAccount?.content.value(at: "metadata", "annotations")
    let config = Self.defaultLocation(of: installed)?.content.value(at: "spec", "config")
    guard let account = annotations?["iam.gke.io/gcp-service-account"]?.scalarText,
      config?["serviceAccount"]?.scalarText == account
    else { return nil }
    return account
  }

  mutating func readCredentials(_ server: WorkloadSettings, _ agent: WorkloadSettings?) {
    set("credentials.secretName", .text(server.secretName ?? agent?.secretName ?? ""))
  }

  // MARK: Arguments

  mutating func readArguments(of server: WorkloadSettings, _ agent: WorkloadSettings?) {
    readFeatures(server.arguments["features"] ?? agent?.arguments["features"] ?? "")
    let hasAgent = agent != nil
    let usesCSI = server.arguments["features"]?.split(separator: ",").contains("EnableCSI") ?? false
    if catalogue.has("informer_cache_choice", installed.release) { set("server.disableInformerCache", .bool(false)) }
    var others: [String] = []
    for flag in server.arguments.flags where flag.name != "features" {
      let value = flag.value ?? "true"
      let needsAgent = flag.name.hasPrefix("default-volumes-to-") && !hasAgent && goBool(value) == true
      let needsCSI = flag.name == "default-snapshot-move-data" && !usesCSI && provider != "custom"
      if let setting = setting(flag.name, value), !needsAgent, !needsCSI {
        set(setting.path, setting.value)
      } else {
        others.append(flag.text)
      }
    }
    setTexts("server.arguments", texts: server.arguments.words.dropFirst() + others)
    guard let agent else { return }
    others = []
    for flag in agent.arguments.flags where flag.name != "features" {
      switch flag.name {
      case "node-agent-configmap" where has("config_maps"): set("configMaps.nodeAgent", text: flag.value)
      case "backup-repository-configmap" where has("agent_repository_settings"): break
      default: others.append(flag.text)
      }
    }
    setTexts("nodeAgent.arguments", texts: agent.arguments.words.dropFirst(2) + others)
  }

  private mutating func setTexts(_ path: String, texts: [String]) {
    if !texts.isEmpty { set(path, .strings(texts)) }
  }

  private mutating func readFeatures(_ text: String) {
    var names = text.split(separator: ",").map(String.init)
    // It is put behind the others.
    if names.last == "EnableCSI" {
      names.removeLast()
      set("volumes.csi", .bool(true))
    }
    setTexts("velero.features", texts: names)
  }

  /// The value that an argument of the server follows from; nothing where it follows from none in this release.
  private func setting(_ name: String, _ text: String) -> (path: String, value: Node)? {
    let timeout = has("node_agent") ? "fs-backup-timeout" : "restic-timeout"
    if name == timeout, goDuration(text) != nil {
      return ("volumes.fileSystemTimeout", .text(Self.shortDuration(text)))
    }
    guard Self.serverArguments.contains(name), let flag = flags.first(where: { $0.name == name }),
      case .value(let path) = flag.meaning
    else { return nil }
    switch flag.kind {
    case .bool: return goBool(text).map { (path, .bool($0)) }
    case .integer: return goInteger(text).map { (path, .int($0)) }
    case .duration where goDuration(text) == nil: return nil
    case .duration: return (path, .text(Self.shortDuration(text)))
    default: return path == "server.uploader" && !uploaders.contains(text) ? nil : (path, .text(text))
    }
  }

  /// `2h` where Go prints `2h0m0s`.
  private static func shortDuration(_ text: String) -> String {
    guard let nanoseconds = goDuration(text) else { return text }
    var short = goDurationText(nanoseconds)
    for (end, kept) in [("m0s", 2), ("h0m", 2)] where short.hasSuffix(end) { short.removeLast(kept) }
    return short
  }

  private var flags: [InstallFlag] { InstallFlag.table(of: installed.release) }
  private var uploaders: [String] { catalogue.minor(of: installed.release)?.uploaders ?? [] }

  /// Arguments of the server that `velero install` gives it for flags of the same name.
  private static let serverArguments: Set<String> = [
    "backup-repository-configmap", "concurrent-backups", "default-repo-maintain-frequency",
    "default-restic-prune-frequency", "default-snapshot-move-data", "default-volumes-to-fs-backup",
    "default-volumes-to-restic", "disable-informer-cache", "garbage-collection-frequency", "item-block-worker-count",
    "keep-latest-maintenance-jobs", "maintenance-job-cpu-limit", "maintenance-job-cpu-request",
    "maintenance-job-mem-limit", "maintenance-job-mem-request", "repo-maintenance-job-configmap", "restore-only",
    "schedule-skip-immediately", "uploader-type",
  ]
}

/// The configuration of a location, from which what has a key of its own is taken.
private struct LocationSettings {
  private(set) var rest: Node

  init(_ config: Node?) { rest = config ?? .map([]) }

  /// Takes a text. An empty one stays: keys of values that are empty are not printed.
  mutating func take(_ key: String) -> String? {
    let key = ByteString(key)
    guard let text = rest[key]?.scalarText, !text.isEmpty else { return nil }
    rest[key] = nil
    return text
  }

  /// Takes what is true.
  mutating func takeTrue(_ key: String) -> Bool {
    guard rest[ByteString(key)]?.scalarText == "true" else { return false }
    rest[ByteString(key)] = nil
    return true
  }
}

extension ByteString {
  /// Whether it is UTF-8 that a YAML file can hold as it is.
  fileprivate var isText: Bool {
    withBytes { bytes in
      String(validating: bytes, as: UTF8.self) != nil && !bytes.contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 }
    }
  }
}
