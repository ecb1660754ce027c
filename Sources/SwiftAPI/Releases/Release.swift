#if SwiftAPI
/// A release of what the API belongs to: `v1.10.3`. Releases are in the order of their numbers.
package struct Release: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let numbers: [Int]

  /// Reads `v1.10.3` or `1.10.3`; nothing if it is neither.
  package init?(_ text: String) {
    let digits = text.hasPrefix("v") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil }
    guard parts.count == 3, numbers.count == 3 else { return nil }
    self.numbers = numbers
  }

  package static func < (left: Release, right: Release) -> Bool {
    left.numbers.lexicographicallyPrecedes(right.numbers)
  }

  /// With the `v` in front.
  package var description: String { "v" + numbers.map(String.init).joined(separator: ".") }
}
#endif
