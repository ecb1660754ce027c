extension CheckRule {
  static let unknownRelease = CheckRule(
    "unknown-release", .warning, "the release of Velero cannot be told, or is none that sailplan knows",
    why: """
      What fits depends on the release. Without one, or with another one than the cluster runs, definitions, arguments \
      and plugins are not checked; and an image without a fixed version changes under the manifests.
      """
  ) { tree, findings in
    guard tree.statement.release == nil else { return }
    let all = tree.facts.catalogue.releases
    let known = all.last.flatMap { oldest in all.first.map { "\(oldest) to \($0)" } } ?? "none"
    for process in tree.processes {
      guard let image = process.image else { continue }
      guard let version = image.version else {
        findings.add(
          "the image '\(image.text)' does not say which release of Velero it is", in: tree, process.object,
          at: process.imagePosition,
          mend:
            "give the image a tag such as \(all.first.map(\.description) ?? "v1.18.1"), or name the release with --velero-version"
        )
        continue
      }
      guard tree.facts.catalogue.minor(of: version) == nil || image.isPrerelease else { continue }
      let nearest = tree.facts.catalogue.nearest(to: version)
      let instead = nearest.map { "it is checked as \($0)" } ?? "little of it is checked"
      findings.add(
        "the image '\(image.text)' is of no release that is known (\(known)): \(instead)", in: tree, process.object,
        at: process.imagePosition, mend: "use an image of a release, or a sailplan that knows this one")
    }
  }
}
