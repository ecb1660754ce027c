package import Files
package import YAML

extension InstallRequest {
  /// Values of the bundle that render what the flags ask for, each with the place of its flag.
  ///
  /// Nothing follows from a provider here, as nothing does in `velero install`: it is `custom`, and all is said.
  /// - Parameter read: reads a file that a flag names.
  /// - Throws: what `read` throws, for every file.
  package func values(
    reading read: (String) throws(Diagnostic) -> ByteString
  ) throws(Diagnostics) -> Document {
    var values = ValueTree()
    values.set("velero.version", .string(ByteString(version.description)))
    if isOn("crds-only") {
      values.set("velero.crdsOnly", .bool(true), at: place("crds-only"))
      return Document(values.node)
    }
    values.set("provider", .string("custom"))
    var diagnostics = Diagnostics()
    for flag in table {
      guard let entry = entry(flag.name) else { continue }
      do {
        try set(flag, entry, in: &values, reading: read)
      } catch {
        var diagnostic = error
        diagnostic.range = diagnostic.range ?? entry.range
        diagnostics.append(diagnostic)
      }
    }
    try diagnostics.throwIfErrors()
    setSpecials(in: &values)
    return Document(values.node)
  }

  private func set(
    _ flag: InstallFlag, _ entry: Given, in values: inout ValueTree,
    reading read: (String) throws(Diagnostic) -> ByteString
  ) throws(Diagnostic) {
    let place = entry.range.start
    switch flag.meaning {
    case .value(let path): values.set(path, node(flag), at: place)
    case .negated(let path): values.set(path, .bool(!isOn(flag.name)), at: place)
    case .contents(let path):
      if !entry.text.isEmpty { values.set(path, .string(try read(entry.text)), at: place) }
    case .special, .cluster: break
    }
  }

  private func node(_ flag: InstallFlag) -> Node {
    switch flag.kind {
    case .bool: return .bool(isOn(flag.name))
    case .text: return .string(ByteString(text(flag.name)))
    // Less than none is none.
    case .integer: return .int(max(0, integer(flag.name)))
    case .duration: return .string(ByteString("\(duration(flag.name))ns"))
    case .list: return .strings(items(flag.name))
    case .map:
      return .map(
        map(flag.name).map { MapItem(key: .string(ByteString($0.key)), value: .string(ByteString($0.value))) })
    }
  }

  /// What more than one value follows from, or another one than the flag's own text.
  private func setSpecials(in values: inout ValueTree) {
    if !text("namespace").isEmpty {
      values.set("velero.namespace", .string(ByteString(text("namespace"))), at: place("namespace"))
    }
    if !text("features").isEmpty {
      values.set("velero.features", .strings(items("features")), at: place("features"))
    }
    if !text("provider").isEmpty {
      let owner = isOn("no-default-backup-location") ? "snapshotStorage" : "backupStorage"
      values.set("\(owner).provider", .string(ByteString(text("provider"))), at: place("provider"))
    }
    // No plugins is none, not those that would follow.
    if entry("plugins") == nil { values.set("images.plugins", .sequence([])) }
    if text("secret-file").isEmpty {
      values.set("credentials.secretName", .string(.empty), at: place("no-secret"))
    } else {
      values.set("credentials.secretName", .string("cloud-credentials"), at: place("secret-file"))
      values.set("credentials.renderSecret", .bool(true), at: place("secret-file"))
    }
  }

  private func place(_ name: String) -> Position { range(name)?.start ?? .none }
}
