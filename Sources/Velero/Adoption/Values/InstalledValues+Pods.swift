import Files
import Kubernetes
import YAML

// The pods of server and node agents.
extension InstalledValues {
  mutating func readServer(_ server: WorkloadSettings) {
    readResources(server.container, into: "server", absent: "0")
    var annotations = server.annotations
    for (name, usual) in [("path", "/metrics"), ("port", "8085"), ("scrape", "true")] {
      let key = ByteString("prometheus.io/\(name)")
      if annotations[key]?.stringValue == ByteString(usual) { annotations[key] = nil }
    }
    set("server.annotations", filled: annotations)
    set("server.labels", filled: server.labels.without("deploy").withoutUsualComponent)
    readPod(server, into: "server", own: ["plugins", "scratch"])
    set("server.podSecurityContext", filled: server.pod["securityContext"])
    set("server.containerSecurityContext", filled: server.container["securityContext"])
    if has("csi_early_polling"), server.variable("CSI_SNAPSHOT_EARLY_FREQUENT_POLLING") == "true" {
      set("server.csiSnapshotEarlyFrequentPolling", .bool(true))
    }
  }

  mutating func readAgent(_ agent: WorkloadSettings) {
    readResources(agent.container, into: "nodeAgent", absent: "0")
    set("nodeAgent.annotations", filled: agent.annotations)
    let isNamed = has("operating_systems")
    let labels = agent.labels.without("name").withoutUsualComponent
    set("nodeAgent.labels", filled: isNamed ? labels.without("role") : labels)
    var own: Set<String> = ["host-pods", "scratch"]
    if has("agent_security") { own.insert("host-plugins") }
    readPod(agent, into: "nodeAgent", own: own)
    var podContext = agent.pod["securityContext"] ?? .map([])
    if podContext["runAsUser"]?.scalarText == "0" { podContext["runAsUser"] = nil }
    set("nodeAgent.podSecurityContext", filled: podContext)
    var context = agent.container["securityContext"] ?? .map([])
    if has("agent_security"), let privileged = context["privileged"] {
      set("nodeAgent.privileged", .bool(privileged.scalarText == "true"))
      context["privileged"] = nil
    }
    set("nodeAgent.containerSecurityContext", filled: context)
    if let path = agent.volume("host-pods")?.value(at: "hostPath", "path")?.stringValue?.text, path.hasSuffix("/pods") {
      set("nodeAgent.kubeletRootDirectory", text: String(path.dropLast("/pods".count)))
    } else if agent.volume("host-pods") == nil, has("host_path_choice") {
      set("nodeAgent.disableHostPath", .bool(true))
    }
  }

  /// What pods of both kinds have.
  private mutating func readPod(_ workload: WorkloadSettings, into part: String, own names: Set<String>) {
    let pod = workload.pod
    set("\(part).priorityClassName", text: pod["priorityClassName"]?.stringValue?.text)
    var selector = pod["nodeSelector"] ?? .map([])
    if has("node_selectors"), selector["kubernetes.io/os"]?.stringValue == "linux" {
      selector["kubernetes.io/os"] = nil
    }
    set("\(part).nodeSelector", filled: selector)
    var affinity = pod["affinity"] ?? .map([])
    if has("operating_systems"), !has("node_selectors"),
      affinity["nodeAffinity"]?.isEquivalent(to: Self.usualNodeAffinity) == true
    {
      affinity["nodeAffinity"] = nil
    }
    set("\(part).affinity", filled: affinity)
    if let seconds = pod["terminationGracePeriodSeconds"], !seconds.isHollow {
      set("\(part).terminationGracePeriodSeconds", seconds)
    }
    var known = names
    if workload.secretName != nil { known.insert("cloud-credentials") }
    set("\(part).volumes", filled: .entries(WorkloadSettings.entries(pod["volumes"], without: known)))
    let mounts = WorkloadSettings.entries(workload.container["volumeMounts"], without: known)
    set("\(part).volumeMounts", filled: .entries(mounts))
  }

  /// A node that is not one for Windows.
  private static let usualNodeAffinity = {
    var expression = Node.map([])
    expression["key"] = .text("kubernetes.io/os")
    expression["operator"] = .text("NotIn")
    expression["values"] = .strings(["windows"])
    var term = Node.map([])
    term["matchExpressions"] = .entries([expression])
    var terms = Node.map([])
    terms["nodeSelectorTerms"] = .entries([term])
    var affinity = Node.map([])
    affinity["requiredDuringSchedulingIgnoredDuringExecution"] = terms
    return affinity
  }()

  private mutating func readResources(_ container: Node, into part: String, absent: String) {
    for kind in ["requests", "limits"] {
      for name in ["cpu", "memory"] {
        let amount = container.value(at: "resources", ByteString(kind), ByteString(name))?.scalarText
        set("\(part).resources.\(kind).\(name)", text: amount ?? absent)
      }
    }
  }

  // MARK: What both have in common

  /// Said behind what each of both has, so that it stays where both follow from it.
  mutating func readCommon(_ server: WorkloadSettings, _ agent: WorkloadSettings?) {
    readEntries("tolerations", server.pod["tolerations"]?.listValues ?? [], agent?.pod["tolerations"]?.listValues)
    readEntries("environment", variables(of: server), agent.map { variables(of: $0) })
    guard let agent else { return }
    let annotations = server.annotations.mapItems.filter { item in
      item.key.stringValue.flatMap { agent.annotations[$0] }?.isEquivalent(to: item.value) ?? false
    }
    set("pods.annotations", filled: .map(annotations))
    let own: Set<ByteString> = ["component", "deploy", "name", "role"]
    let labels = server.labels.mapItems.filter { item in
      guard let key = item.key.stringValue, !own.contains(key) || key == "component" else { return false }
      if key == "component", item.value.stringValue == "velero" { return false }
      return agent.labels[key]?.isEquivalent(to: item.value) ?? false
    }
    set("pods.labels", filled: .map(labels))
  }

  /// Lists are put together, so that what both have must be taken from each.
  private mutating func readEntries(_ name: String, _ ofServer: [Node], _ ofAgent: [Node]?) {
    var common: [Node] = []
    if let ofAgent {
      for (one, other) in zip(ofServer, ofAgent) {
        guard one.isEquivalent(to: other) else { break }
        common.append(one)
      }
    }
    set("server.\(name)", filled: .entries(Array(ofServer.dropFirst(common.count))))
    set("nodeAgent.\(name)", filled: .entries(Array((ofAgent ?? []).dropFirst(common.count))))
    set("pods.\(name)", filled: .entries(common))
  }

  /// Variables that somebody added. One with a secret in plain text is left out: values go into git.
  private mutating func variables(of workload: WorkloadSettings) -> [Node] {
    var known = WorkloadSettings.ownVariables
    if workload.secretName != nil { known.formUnion(WorkloadSettings.credentialVariables) }
    return WorkloadSettings.entries(workload.container["env"], without: known).filter { variable in
      guard let name = variable["name"]?.stringValue?.text, variable.isPlainSecret else { return true }
      note(
        AdoptionNote(
          "variable \(name) of \(workload.object["kind"]?.scalarText ?? "the pod")",
          "looks like a secret in plain text, which must not be in git",
          mend:
            "put it into a Secret, and name that in server.environment or nodeAgent.environment with valueFrom.secretKeyRef",
          isMissing: true))
      return false
    }
  }
}

extension WorkloadSettings {
  /// The text of a variable of the container.
  func variable(_ name: ByteString) -> String? {
    container["env"]?.listValues.first { $0["name"]?.stringValue == name }?["value"]?.scalarText
  }
}

extension Node {
  static func entries(_ values: [Node]) -> Node { .sequence(values.map { SequenceItem($0) }) }

  /// Labels without the one that all of Velero's objects have.
  fileprivate var withoutUsualComponent: Node {
    self["component"]?.stringValue == "velero" ? without("component") : self
  }
}
