import Files

/// The parts of an image's name: `quay.io:443/velero/velero:v1.18.1@sha256:…`.
struct ImageReference: Hashable {
  let text: String
  /// Registry and path.
  let repository: String
  let tag: String?
  let digest: String?

  init(_ text: String) {
    self.text = text
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    digest = parts.count == 2 ? String(parts[1]) : nil
    let named = parts.first.map(String.init) ?? ""
    // A colon in front of a slash belongs to the registry's port.
    if let colon = named.lastIndex(of: ":"), !named[colon...].contains("/") {
      repository = String(named[..<colon])
      tag = String(named[named.index(after: colon)...])
    } else {
      repository = named
      tag = nil
    }
  }

  /// The last part of the path: `velero-plugin-for-aws`.
  var name: String { repository.split(separator: "/").last.map(String.init) ?? repository }

  /// The version that the tag says, without what distributors add: `v1.9.2_vmware.1` is v1.9.2; nothing for `latest`.
  var version: ReleaseVersion? {
    guard let tag else { return nil }
    let number = tag.hasPrefix("v") ? tag.dropFirst() : tag[...]
    let plain = number.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    return ReleaseVersion("v\(plain)")
  }

  /// Whether it was made before the release that its tag names: `v1.18.0-rc.1`.
  var isPrerelease: Bool {
    guard let tag else { return false }
    return ["-rc", "-alpha", "-beta"].contains { tag.contains($0) }
  }
}
