import Files

extension CheckRule {
  static let unknownFeature = CheckRule(
    "unknown-feature", .warning, "a feature flag means nothing to the release",
    why:
      "Velero takes any feature without a word. One that is misspelt or gone does nothing, for instance no CSI snapshots."
  ) { tree, findings in
    guard let release = tree.release else { return }
    let all = tree.facts.options.all(.features)
    let known = tree.facts.options.known(.features, in: release).map(\.name)
    for process in tree.processes {
      for feature in process.features where !known.contains(feature.name) {
        let entry = all.first { $0.name == feature.name }
        let near = Spelling.nearest(to: ByteString(feature.name), among: known.map { ByteString($0) })
        let why = entry.map { ": it is for \($0.span)" } ?? ""
        findings.add(
          "the feature '\(feature.name)' means nothing to Velero \(release)\(why)", in: tree, process.object,
          at: feature.position, mend: near.map { "write \($0), if that was meant" } ?? "take it away")
      }
    }
  }
}
