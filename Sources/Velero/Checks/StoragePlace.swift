package import Files
package import Kubernetes

/// Where backups lie: what two locations must not have in common.
package struct StoragePlace: Sendable {
  /// The name of the tree that has the location.
  package let tree: String
  /// Whether the tree is stated to be that of a cluster on Kind.
  let isOnKind: Bool
  package let location: ObjectIdentity
  /// Where the location says it.
  package var position: Position
  /// Provider and address: what tells buckets of one name apart.
  let store: String
  let bucket: String
  /// Without slashes at both ends.
  let prefix: String
  /// Whether the address means something in one cluster only.
  let isLocal: Bool

  /// The places that a tree writes to.
  package static func written(by tree: CheckedTree) -> [StoragePlace] {
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
    self.tree = tree.name
    isOnKind = tree.statement.provider == "kind"
    self.location = location.identity
    position = location.position("spec", "objectStorage")
    self.bucket = Self.withoutSlashes(bucket)
    prefix = Self.withoutSlashes(location.text("spec", "objectStorage", "prefix") ?? "")
    store = "\(provider) \(account) \(host)"
    isLocal = !host.isEmpty && Self.isLocal(host)
  }

  /// What two places have in common that are in one bucket.
  struct Bucket: Hashable {
    let store: String
    let name: String
    /// The cluster in which the address means something; empty where it means the same everywhere.
    let cluster: String
  }

  var inBucket: Bucket { Bucket(store: store, name: bucket, cluster: isLocal ? tree : "") }

  /// The prefixes that this one lies inside of, the outermost first: that of the bucket itself is empty.
  var outerPrefixes: [String] {
    guard !prefix.isEmpty else { return [] }
    return [""] + prefix.indices.filter { prefix[$0] == "/" }.map { String(prefix[..<$0]) }
  }

  /// As messages name it.
  var description: String { prefix.isEmpty ? "'\(bucket)'" : "'\(bucket)/\(prefix)'" }

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
