extension CheckRule {
  static let crdsAbsent = CheckRule(
    "crds-absent", .warning, "a server is installed without its CustomResourceDefinitions",
    why: """
      The cluster keeps the definitions that it was first given. A later server writes values that these do not allow, \
      the API server refuses each such write, and backups stop without anybody being told.
      """
  ) { tree, findings in
    guard let server = tree.servers.first, tree.definitions.isEmpty else { return }
    findings.add(
      "there is a server, and no CustomResourceDefinition of velero.io", in: tree, server.object,
      mend:
        "add those of the server's release: 'sailplan crd export --release \(tree.release.map(\.description) ?? "VERSION")'"
    )
  }
}
