import Files
import Kubernetes
import YAML

/// The name of a container image: `registry/repository:tag@digest`.
struct ImageName {
  let text: String
  /// Without tag and digest.
  let repository: String
  let tag: String?

  init(_ text: String) {
    self.text = text
    let named = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
    // A colon before the last slash belongs to the port of a registry.
    let start = named.lastIndex(of: "/").map { named.index(after: $0) } ?? named.startIndex
    if let colon = named[start...].lastIndex(of: ":") {
      repository = String(named[..<colon])
      tag = String(named[named.index(after: colon)...])
    } else {
      repository = String(named)
      tag = nil
    }
  }

  /// The image of a container.
  init(_ container: Node) { self.init(container["image"]?.stringValue?.text ?? "") }

  /// The last part of the repository: `velero-plugin-for-aws`.
  var lastPart: String { repository.split(separator: "/").last.map(String.init) ?? "" }

  /// Whether it is an image of the server, whoever built it.
  var isVelero: Bool { lastPart == "velero" }

  /// What a mirror's name puts in front of an image; nothing if `text` does not end in the image.
  func registry(before image: String) -> String? {
    text.hasSuffix("/" + image) ? String(text.dropLast(image.count + 1)) : nil
  }
}

extension ReleaseVersion {
  /// The release that a tag names, by which builders tell their own builds apart too: `v1.9.2`, `1.9.2-debian-11-r3`,
  /// `v1.9.2_vmware.1`. Candidates for a release are none: `v1.9.0-rc.1`.
  init?(tag: String) {
    let bare = tag.hasPrefix("v") ? tag.dropFirst() : tag[...]
    let version = bare.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let rest = bare.dropFirst(version.count)
    if ["-rc", "-alpha", "-beta", "-dev"].contains(where: rest.hasPrefix) { return nil }
    guard rest.isEmpty || rest.hasPrefix("-") || rest.hasPrefix("_") || rest.hasPrefix("+") else { return nil }
    self.init("v\(version)")
  }
}
