package import Files
import Kubernetes
package import YAML

/// Values of the velero chart, and the install that they make.
///
/// What nobody stated is what the chart has by default as far as it makes a running server different; names are those of
/// `velero install`, but where something refers to them by name.
package struct HelmChart {
  var stated: StatedValues
  var wanted: WantedInstall
  /// What names begin with that the chart makes of the release's.
  let fullName: String
  var hasAgent = false

  /// - Parameters:
  ///   - values: of `helm get values`, or the files given to Helm, one after another.
  ///   - release: the release of Velero, where the caller knows it; else the image's tag says it.
  ///   - name: the name of the Helm release.
  /// - Throws: a diagnostic if nothing says the release, or the values are no map.
  package init(
    _ values: [Document], catalogue: ReleaseCatalogue, release: ReleaseVersion?, name: String, namespace: String?
  ) throws(Diagnostics) {
    var stated = try StatedValues(values, of: "a chart")
    let merged = stated.rest
    let chart = stated.text("nameOverride") ?? "velero"
    fullName = stated.text("fullnameOverride") ?? (name.contains(chart) ? name : "\(name)-\(chart)")
    let found: ReleaseVersion
    if let release { found = release } else { found = try Self.release(merged, catalogue) }
    let inValues = stated.text("configuration.namespace")
    wanted = WantedInstall(release: found, namespace: namespace ?? inValues ?? "velero")
    self.stated = stated
    read(catalogue)
  }

  private static func release(_ values: Node, _ catalogue: ReleaseCatalogue) throws(Diagnostics) -> ReleaseVersion {
    let tag = values.value(at: "image", "tag")?.scalarText
    guard let tag, let version = ReleaseVersion(tag: tag) else {
      throw Diagnostics(
        Diagnostic(
          "these values do not say which release of Velero the chart installs",
          hint: "name it with --velero-version; 'helm list' shows it as the version of the app"))
    }
    do {
      return try catalogue.release(named: version.description)
    } catch {
      throw Diagnostics(error)
    }
  }

  /// The objects that the chart would make.
  package func installedObjects(
    catalogue: ReleaseCatalogue, rendering render: (Document, ByteString?) throws(Diagnostics) -> [Document]
  ) throws(Diagnostics) -> InstalledObjects {
    try wanted.installed(catalogue: catalogue, rendering: render)
  }

  /// What was stated and is in no object.
  package var notes: [AdoptionNote] { wanted.notes }

  // MARK: Reading

  private mutating func read(_ catalogue: ReleaseCatalogue) {
    let isOn = stated.isOn("deployNodeAgent")
    let wasOn = stated.isOn("deployRestic")
    hasAgent = isOn ?? wasOn ?? false
    wanted.set("volumes.fileSystem", .bool(hasAgent))
    readImage()
    readResources("resources", into: "server", catalogue)
    readGrace()
    readCredentials()
    readAccount()
    readStorage()
    readVariables()
    readObjects()
    for (key, rule) in ChartKey.ofServer { apply(rule, to: key) }
    readAgent(catalogue)
    readMetrics()
    if let extra = stated.take("configuration.extraArgs")?.listValues {
      wanted.append("Deployment", "spec.template.spec.containers.0.args", extra.flatMap(Self.argumentNodes))
    }
    if let labels = stated.isOn("rbac.create"), !labels { wanted.remove("ClusterRoleBinding") }
    if stated.isOn("rbac.clusterAdministrator") != false { _ = stated.take("rbac.create") }
    for (key, rule) in ChartKey.others { leave(key, rule) }
    for path in stated.paths() {
      wanted.note(
        path, "no such key of the chart is known here", mend: "say it in values or in an overlay, if it matters",
        isMissing: true)
    }
  }

  private mutating func apply(_ rule: ChartRule, to key: String) {
    switch rule {
    case .value(let path):
      if let value = stated.take(key) { wanted.set(path, value) }
    case .texts(let path):
      if let value = stated.texts(key) { wanted.set(path, value) }
    case .serverArgument(let name):
      if let text = stated.text(key) { addServerArgument(name, text) }
    case .agentArgument(let name):
      if let text = stated.text(key) {
        wanted.append("DaemonSet", "spec.template.spec.containers.0.args", [.text("--\(name)=\(text)")])
      }
    case .field(let kind, let path):
      if let value = stated.take(key) { wanted.set(kind, path, value.withMetricsPort) }
    case .unneeded, .missing: break
    }
  }

  /// Switches that are off are not passed on by the chart either.
  private mutating func addServerArgument(_ name: String, _ text: String) {
    if text == "false" || text == "0" { return }
    let server = "spec.template.spec.containers.0.args"
    if name == "features" {
      wanted.set("velero.features", .strings(text.split(separator: ",").map(String.init)))
      return
    }
    wanted.append("Deployment", server, [.text("--\(name)=\(text)")])
    if name.hasPrefix("log-") { wanted.append("DaemonSet", server, [.text("--\(name)=\(text)")]) }
  }

  private mutating func leave(_ key: String, _ rule: ChartRule) {
    let paths = stated.paths(below: key)
    guard let value = stated.take(key) else { return }
    switch rule {
    case .unneeded(let reason): for path in paths { wanted.note(path, reason) }
    case .missing(let mend):
      // What is switched off is not missed.
      if value.isOff { return }
      for path in paths where !value.isSwitch(path) {
        wanted.note(path, "has no value here", mend: mend, isMissing: true)
      }
    default: break
    }
  }

  // MARK: Pods

  private mutating func readImage() {
    let repository = stated.text("image.repository") ?? "velero/velero"
    let tag = stated.text("image.tag") ?? wanted.release.description
    let digest = stated.text("image.digest")
    wanted.set("images.server", .text(digest.map { "\(repository)@\($0)" } ?? "\(repository):\(tag)"))
    let secrets = [stated.take("image.imagePullSecrets"), stated.take("serviceAccount.server.imagePullSecrets")]
      .flatMap { $0?.listValues ?? [] }
    let names = secrets.compactMap { $0.scalarText ?? $0["name"]?.scalarText }
    if !names.isEmpty { wanted.set("images.pullSecrets", .strings(Self.unique(names))) }
    readInitContainers()
  }

  private mutating func readInitContainers() {
    guard let containers = stated.take("initContainers") else { return }
    guard case .sequence(let items) = containers else {
      wanted.note(
        "initContainers", "a template, which only Helm can fill in",
        mend: "give the list that it comes to: 'helm get manifest' shows it", isMissing: true)
      return
    }
    var plugins: [String] = []
    for container in items.map(\.value) {
      let isPlugin = (container["volumeMounts"]?.listValues ?? []).contains { $0["mountPath"]?.scalarText == "/target" }
      if isPlugin, let image = container["image"]?.scalarText {
        plugins.append(image)
      } else {
        wanted.append("Deployment", "spec.template.spec.initContainers", [container])
      }
    }
    wanted.set("images.plugins", .strings(plugins))
  }

  /// Up to Velero v1.13 the chart asks for what `velero install` asks for, then for nothing.
  private mutating func readResources(_ key: String, into part: String, _ catalogue: ReleaseCatalogue) {
    let given = stated.take(key)
    let isBare = given != nil || !catalogue.has("agent_resources", wanted.release)
    for kind in ["requests", "limits"] {
      for name in ["cpu", "memory"] {
        let amount = given?.value(at: ByteString(kind), ByteString(name))?.scalarText
        if let text = amount ?? (isBare ? "0" : nil) { wanted.set("\(part).resources.\(kind).\(name)", .text(text)) }
      }
      let others = given?[ByteString(kind)]?.without("cpu", "memory")
      if let others, !others.isHollow {
        let object: ByteString = part == "server" ? "Deployment" : "DaemonSet"
        wanted.set(object, "spec.template.spec.containers.0.resources.\(kind)", others)
      }
    }
  }

  private mutating func readGrace() {
    guard let seconds = stated.take("terminationGracePeriodSeconds") else { return }
    wanted.set("server.terminationGracePeriodSeconds", seconds)
    wanted.set("nodeAgent.terminationGracePeriodSeconds", seconds)
  }

  private mutating func readAgent(_ catalogue: ReleaseCatalogue) {
    for part in ["nodeAgent", "restic"] {
      guard hasAgent else {
        leave(part, .unneeded("about the agents on the nodes, which are not deployed"))
        continue
      }
      guard !stated.paths(below: part).isEmpty || part == "nodeAgent" else { continue }
      readResources("\(part).resources", into: "nodeAgent", catalogue)
      for (key, rule) in ChartKey.ofAgent { apply(rule, to: "\(part).\(key)") }
      readVariables(below: "\(part).extraEnvVars", kind: "DaemonSet")
      if let extra = stated.take("\(part).extraArgs")?.listValues {
        wanted.append("DaemonSet", "spec.template.spec.containers.0.args", extra.flatMap(Self.argumentNodes))
      }
      if stated.isOn("\(part).useScratchEmptyDir") == false {
        wanted.note(
          "\(part).useScratchEmptyDir", "has no value here",
          mend:
            "remove the volume 'scratch' with an overlay on the DaemonSet, and add another one to nodeAgent.volumes",
          isMissing: true)
      }
    }
  }

  /// Charts take arguments as texts, or as maps of one.
  private static func argumentNodes(_ node: Node) -> [Node] {
    if let text = node.scalarText { return [.text(text)] }
    return node.mapItems.map { .text("\($0.key.scalarText ?? ""): \($0.value.scalarText ?? "")") }
  }

  private static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}

extension Node {
  /// Lays values over these, as Helm does: maps are merged, null takes a key away.
  mutating func overlay(with other: Node) {
    guard case .map = self, case .map(let items) = other else { return self = other }
    for item in items {
      guard let key = item.key.stringValue else { continue }
      if case .null = item.value {
        self[key] = nil
      } else if self[key] != nil {
        update(key) { $0.overlay(with: item.value) }
      } else {
        self[key] = item.value
      }
    }
  }

  /// The port has another name here.
  fileprivate var withMetricsPort: Node {
    switch self {
    case .map(let items):
      .map(items.map { MapItem(key: $0.key, value: $0.value.withMetricsPort, position: $0.position) })
    case .sequence(let items): .sequence(items.map { SequenceItem($0.value.withMetricsPort) })
    case .string("http-monitoring"): .text("metrics")
    default: self
    }
  }

  /// Whether a map says that it is off.
  fileprivate var isOff: Bool { ["enabled", "create"].contains { self[$0]?.scalarText == "false" } }

  /// Whether a path ends in a switch that only turns on what is listed anyway.
  fileprivate func isSwitch(_ path: String) -> Bool { path.hasSuffix(".autodetect") }
}
