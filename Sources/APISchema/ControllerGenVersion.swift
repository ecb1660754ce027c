package import Files

/// A release of controller-gen: `v0.16.5`.
package struct ControllerGenVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
  package var major: Int
  package var minor: Int
  package var patch: Int

  package init(_ major: Int, _ minor: Int, _ patch: Int) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// The first release whose output is known.
  package static let oldest = ControllerGenVersion(0, 2, 5)
  /// The last release whose output is known.
  package static let newest = ControllerGenVersion(0, 21, 0)
  /// The release that is followed unless another one is asked for.
  package static let standard = ControllerGenVersion(0, 16, 5)

  /// Reads `v0.16.5` or `0.16.5`.
  ///
  /// Fails if the text is no such version, or if it is older than `oldest` or newer than `newest`.
  package init(parsing text: String) throws(Diagnostic) {
    let digits = text.hasPrefix("v") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let major = parts[0], let minor = parts[1], let patch = parts[2],
      major >= 0, minor >= 0, patch >= 0
    else { throw .notAVersion(text) }
    self.init(major, minor, patch)
    guard self >= .oldest, self <= .newest else { throw .unknownVersion(text) }
  }

  package static func < (left: ControllerGenVersion, right: ControllerGenVersion) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }

  /// With the `v` in front.
  package var description: String { "v\(major).\(minor).\(patch)" }
}

extension Diagnostic {
  fileprivate static func notAVersion(_ text: String) -> Diagnostic {
    Diagnostic("\(text) is not a version of controller-gen", hint: "write it as v0.16.5")
  }

  fileprivate static func unknownVersion(_ text: String) -> Diagnostic {
    Diagnostic(
      "what controller-gen \(text) writes is not known",
      hint: "choose a version from \(ControllerGenVersion.oldest) to \(ControllerGenVersion.newest)")
  }
}
