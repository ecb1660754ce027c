extension CheckRule {
  static let pluginVersion = CheckRule(
    "plugin-version", .warning, "a plugin is not of a version that its makers say works with the release",
    why: """
      Plugins are built against one minor version of Velero. With another one they may not start, or fail only when \
      something is restored.
      """
  ) { tree, findings in
    guard let minor = tree.minor else { return }
    for server in tree.servers {
      for plugin in server.plugins {
        guard let name = plugin.names(in: tree.facts.catalogue), let version = plugin.image.version else { continue }
        // One that is built in is another rule's business.
        guard let entry = minor.plugins.first(where: { $0.name == name }), !entry.fits.isEmpty else { continue }
        let number = "\(version.major).\(version.minor).\(version.patch)"
        guard !entry.fits.contains(where: { number == $0 || number.hasPrefix($0 + ".") }) else { continue }
        let fits = entry.fits.map { $0.split(separator: ".").count == 2 ? "\($0).x" : $0 }.joined(separator: ", ")
        findings.add(
          "'\(plugin.image.text)' is not made for Velero \(minor.name): its makers name \(fits)", in: tree,
          server.object, at: plugin.position, mend: "use \(entry.image)")
      }
    }
  }
}
