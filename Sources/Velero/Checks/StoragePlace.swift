import Files

/// Where backups lie: what two locations must not have in common.
struct StoragePlace {
  let tree: CheckedTree
  let location: CheckedObject
  /// Provider and address: what tells buckets of one name apart.
  let store: String
  let bucket: String
  /// Without slashes at both ends.
  let prefix: String
  /// Whether the address means something in one cluster only.
  let isLocal: Bool

  /// The places that a tree writes to.
  static func written(by tree: CheckedTree) -> [StoragePlace] {
    tree.backupLocations.compactMap { location in
      guard location.text("spec", "accessMode") != "ReadOnly" else { return nil }
      return StoragePlace(location, in: tree)
    }
  }

  private init?(_ location: CheckedObject, in tree: CheckedTree) {
    guard let bucket = location.text("spec", "objectStorage", "bucket"), !bucket.isEmpty else { return nil }
    let provider = CheckedTree.provider(location.text("spec", "provider") ?? "")
    let account = location.text("spec", "config", "storageAccount") ?? ""
    let address = location.text("spec", "config", "s3Url") ?? location.text("spec", "config", "storageAccountURI") ?? ""
    let host = Self.host(of: address)
    self.tree = tree
    self.location = location
    self.bucket = Self.withoutSlashes(bucket)
    prefix = Self.withoutSlashes(location.text("spec", "objectStorage", "prefix") ?? "")
    store = "\(provider) \(account) \(host)"
    isLocal = !host.isEmpty && Self.isLocal(host)
  }

  /// Whether backups of one would be found by the other, or be in its way.
  func overlaps(_ other: StoragePlace) -> Bool {
    guard isSameBucket(as: other) else { return false }
    return prefix == other.prefix || Self.isInside(prefix, other.prefix) || Self.isInside(other.prefix, prefix)
  }

  func isSameBucket(as other: StoragePlace) -> Bool {
    store == other.store && bucket == other.bucket && (tree.name == other.tree.name || !isLocal)
  }

  /// As messages name it.
  var description: String { prefix.isEmpty ? "'\(bucket)'" : "'\(bucket)/\(prefix)'" }

  private static func isInside(_ inner: String, _ outer: String) -> Bool {
    outer.isEmpty ? !inner.isEmpty : inner.hasPrefix(outer + "/")
  }

  private static func withoutSlashes(_ text: String) -> String {
    String(text.drop { $0 == "/" }.reversed().drop { $0 == "/" }.reversed())
  }

  /// Host and port of an address, in small letters.
  private static func host(of address: String) -> String {
    let rest = address.split(separator: "//", maxSplits: 1).last ?? ""
    return (rest.split(separator: "/").first.map(String.init) ?? "").lowercased()
  }

  private static func isLocal(_ host: String) -> Bool {
    let name = host.split(separator: ":").first.map(String.init) ?? host
    return !name.contains(".") || name.hasSuffix(".svc") || name.hasSuffix(".cluster.local") || name.hasSuffix(".local")
      || name.hasPrefix("127.")
  }
}
