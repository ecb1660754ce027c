import Files
import Kubernetes

extension CheckRule {
  static let otherNamespace = CheckRule(
    "other-namespace", .error, "an object of Velero lies where its server does not look",
    why: "The server works in its own namespace only: a location or schedule elsewhere does nothing, without an error."
  ) { tree, findings in
    let namespaces = Set(tree.servers.map(\.object.identity.namespace))
    guard !namespaces.isEmpty, !namespaces.contains(.empty) else { return }
    let places = namespaces.sorted().map(\.text).joined(separator: ", ")
    for object in tree.objects where object.identity.group == "velero.io" {
      let namespace = object.identity.namespace
      guard !namespace.isEmpty, !namespaces.contains(namespace) else { continue }
      findings.add(
        "the object is in the namespace \(namespace), and the server works in \(places)", in: tree, object,
        at: object.position("metadata", "namespace"), mend: "move it to \(places)")
    }
    for agent in tree.agents where !agent.object.identity.namespace.isEmpty {
      guard !namespaces.contains(agent.object.identity.namespace) else { continue }
      findings.add(
        "the agent is in the namespace \(agent.object.identity.namespace), and the server works in \(places)", in: tree,
        agent.object, at: agent.object.position("metadata", "namespace"), mend: "move it to \(places)")
    }
  }
}
