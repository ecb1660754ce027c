extension CheckRule {
  static let argumentValue = CheckRule(
    "argument-value", .error, "an argument has a value that the release does not know",
    why: "The server looks at such values when it starts, and ends with an error."
  ) { tree, findings in
    guard let release = tree.release, let minor = tree.minor else { return }
    let options = tree.facts.options
    for server in tree.servers {
      if let uploader = server.argument("uploader-type"), tree.isAtLeast(1, 10),
        !minor.uploaders.contains(uploader.value ?? "")
      {
        findings.add(
          "Velero \(release) has no uploader '\(uploader.value ?? "")'", in: tree, server.object, at: uploader.position,
          mend: "write --uploader-type=\(minor.uploaders.joined(separator: " or --uploader-type="))")
      }
      guard let disabled = server.argument("disable-controllers") else { continue }
      let known = options.known(.controllers, in: release).map(\.name)
      for name in (disabled.value ?? "").split(separator: ",").map(\.trimmed) where !known.contains(name) {
        let instead = options.all(.controllers).first { $0.name == name }?.instead
        findings.add(
          "Velero \(release) has no controller '\(name)' that could be disabled", in: tree, server.object,
          at: disabled.position, mend: instead.map { "write \($0)" } ?? "name some of: \(known.joined(separator: ", "))"
        )
      }
    }
  }
}
