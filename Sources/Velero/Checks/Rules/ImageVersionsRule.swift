extension CheckRule {
  static let imageVersions = CheckRule(
    "image-versions", .error, "the images are not of one version",
    why: """
      Server and agents speak to each other through objects whose meaning changes from release to release: an agent of \
      another release overlooks what the server asks for, or reports what the server does not understand.
      """
  ) { tree, findings in
    for process in tree.processes {
      guard let image = process.image, let version = image.version else { continue }
      if let stated = tree.statement.release {
        guard version != stated else { continue }
        findings.add(
          "the image '\(image.text)' is of \(version), and everything else is for \(stated)", in: tree, process.object,
          at: process.imagePosition, mend: "use the image of \(stated), or render for \(version)")
      } else if let first = tree.servers.first?.image?.version, version != first {
        findings.add(
          "the image '\(image.text)' is of \(version), and the server's of \(first)", in: tree, process.object,
          at: process.imagePosition, mend: "use \(first) for server and agents alike")
      }
    }
  }
}
