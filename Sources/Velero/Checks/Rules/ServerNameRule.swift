import Files
import Kubernetes

extension CheckRule {
  static let serverName = CheckRule(
    "server-name", .error, "the server's Deployment is not called velero",
    why: """
      From v1.14.0 on the server looks itself up by that name, to start jobs that keep backup repositories in order with \
      its own settings, and from v1.16.0 on also to restore volumes. It finds nothing, and both fail.
      """
  ) { tree, findings in
    guard tree.isAtLeast(1, 14) else { return }
    for server in tree.servers where server.object.name != "velero" || server.object.identity.kind != "Deployment" {
      findings.add(
        "\(tree.serverName) looks for a Deployment called velero", in: tree, server.object,
        at: server.object.position("metadata", "name"),
        mend: "call it velero; with the chart of velero, set fullnameOverride: velero")
    }
  }
}
