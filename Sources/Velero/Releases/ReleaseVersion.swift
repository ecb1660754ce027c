/// The version of a release of Velero, such as `v1.18.1`.
package struct ReleaseVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let major: Int
  package let minor: Int
  package let patch: Int

  package init(_ major: Int, _ minor: Int, _ patch: Int) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Reads `v1.18.1`; nothing for any other form, one without the `v` or with a suffix among them.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.first == UInt8(ascii: "v"), text.utf8.count <= 16 else { return nil }
    let parts = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    var numbers: [Int] = []
    for part in parts {
      guard part.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
        part.utf8.count == 1 || part.utf8.first != UInt8(ascii: "0"), let number = Int(part)
      else { return nil }
      numbers.append(number)
    }
    self.init(numbers[0], numbers[1], numbers[2])
  }

  package var description: String { "v\(major).\(minor).\(patch)" }

  /// The minor version it belongs to, such as `v1.18`.
  package var series: String { "v\(major).\(minor)" }

  package static func < (left: ReleaseVersion, right: ReleaseVersion) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}

/// Releases that follow each other: from the first on, up to the last; both open where they are not given.
package struct ReleaseSpan: Hashable, Sendable {
  package var since: ReleaseVersion?
  package var until: ReleaseVersion?

  package init(since: ReleaseVersion? = nil, until: ReleaseVersion? = nil) {
    self.since = since
    self.until = until
  }

  package func contains(_ version: ReleaseVersion) -> Bool {
    (since.map { $0 <= version } ?? true) && (until.map { version <= $0 } ?? true)
  }
}
