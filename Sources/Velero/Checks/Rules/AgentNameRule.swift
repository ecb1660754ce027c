import Files

extension CheckRule {
  static let agentName = CheckRule(
    "agent-name", .error, "the agent on the nodes is not the one of the release",
    why: """
      Up to v1.9 the agent is 'velero restic server' in a DaemonSet called restic, from v1.10.0 on 'velero node-agent \
      server' in one called node-agent (node-agent-windows for Windows). The server looks for these names, and the \
      program knows only its own word: the pods crash, or the server takes it that there is no agent.
      """
  ) { tree, findings in
    guard tree.release != nil else { return }
    let word = tree.isBefore(1, 10) ? "restic" : "node-agent"
    let names = tree.isBefore(1, 16) ? [word] : [word, "node-agent-windows"]
    for agent in tree.agents {
      if let first = agent.words.first, first != word {
        findings.add(
          "\(tree.serverName) does not know '\(first) server'", in: tree, agent.object,
          at: agent.object.position("spec", "template", "spec", "containers"), mend: "write '\(word) server'")
      }
      if !names.contains(agent.object.name) {
        findings.add(
          "\(tree.serverName) looks for an agent called \(names.joined(separator: " or "))", in: tree, agent.object,
          at: agent.object.position("metadata", "name"), mend: "call the DaemonSet \(word)")
      }
    }
  }
}
