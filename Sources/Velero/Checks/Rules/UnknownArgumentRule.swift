import Files

extension CheckRule {
  static let unknownArgument = CheckRule(
    "unknown-argument", .error, "the process does not know one of its arguments",
    why: "Velero ends with 'unknown flag' at once: the pod never runs, and its Deployment or DaemonSet hangs."
  ) { tree, findings in
    guard let release = tree.release else { return }
    let options = tree.facts.options
    for process in tree.processes {
      let groups: [ReleaseOptions.Group] = [
        .processArguments, process.role == .server ? .serverArguments : .agentArguments,
      ]
      let program = process.role == .server ? "server" : "agent"
      for argument in process.arguments {
        if groups.contains(where: { options.knows(argument.name, $0, in: release) }) { continue }
        let entries = groups.flatMap { options.all($0) }.filter { $0.name == argument.name }
        guard let entry = entries.first else {
          let known = Set(groups.flatMap { options.known($0, in: release) }.map(\.name)).sorted()
          let near = Spelling.nearest(to: ByteString(argument.name), among: known.map { ByteString($0) })
          findings.add(
            "no \(program) of Velero \(release) knows the argument --\(argument.name)", in: tree, process.object,
            at: argument.position, mend: near.map { "write --\($0), if that was meant" } ?? "take the argument away")
          continue
        }
        let spans = entries.map(\.span.description).joined(separator: ", ")
        findings.add(
          "the \(program) of Velero \(release) does not know --\(argument.name): it is for \(spans)", in: tree,
          process.object, at: argument.position,
          mend: entry.instead.map { "use \($0)" } ?? "take the argument away")
      }
    }
  }
}
