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

/// A tree of maps, filled leaf by leaf.
private struct ValueTree {
  private var root: [MapItem] = []

  var node: Node { .map(root) }

  mutating func set(_ path: String, _ value: Node, at position: Position = .none) {
    Self.set(path.split(separator: ".")[...], value, position, in: &root)
  }

  private static func set(
    _ path: ArraySlice<Substring>, _ value: Node, _ position: Position, in items: inout [MapItem]
  ) {
    guard let first = path.first else { return }
    let key = ByteString(String(first))
    let rest = path.dropFirst()
    let index = items.firstIndex {
      if case .string(let text) = $0.key { return text == key }
      return false
    }
    var inner: [MapItem] = []
    if let index, case .map(let items) = items[index].value { inner = items }
    var node = value
    if !rest.isEmpty {
      set(rest, value, position, in: &inner)
      node = .map(inner)
    }
    if let index {
      items[index].value = node
    } else {
      items.append(MapItem(key: .string(key), value: node, position: position))
    }
  }
}

extension Node {
  fileprivate static func strings(_ texts: [String]) -> Node {
    .sequence(texts.map { SequenceItem(.string(ByteString($0))) })
  }
}
