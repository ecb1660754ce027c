#if SwiftAPI
import Files

/// The releases that have something, as the marker `+releases=` says it: `v1.8.0...v1.10.3`, both included, where either
/// end may be left open.
struct ReleaseRange: Sendable {
  private let first: Release?
  private let last: Release?

  /// Reads a range.
  ///
  /// Fails if it is none, or if it ends before it begins.
  init(_ text: String, at position: Position) throws(Diagnostic) {
    guard let dots = text.firstRange(of: "...") else { throw .notARange(text, at: position) }
    let ends = (text[..<dots.lowerBound], text[dots.upperBound...])
    first = ends.0.isEmpty ? nil : Release(String(ends.0))
    last = ends.1.isEmpty ? nil : Release(String(ends.1))
    guard (first == nil) == ends.0.isEmpty, (last == nil) == ends.1.isEmpty, first != nil || last != nil else {
      throw .notARange(text, at: position)
    }
    if let first, let last, last < first { throw .emptyRange(text, at: position) }
  }

  /// Whether `release` is in it. No release at all means one that is later than all others.
  func contains(_ release: Release?) -> Bool {
    guard let release else { return last == nil }
    if let first, release < first { return false }
    if let last, last < release { return false }
    return true
  }
}

extension StringProtocol {
  fileprivate func firstRange(of text: String) -> Range<Index>? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(text) { return index..<self.index(index, offsetBy: text.count) }
      index = self.index(after: index)
    }
    return nil
  }
}

extension Diagnostic {
  fileprivate static func notARange(_ text: String, at position: Position) -> Diagnostic {
    Diagnostic(
      "\"\(text)\" is not a range of releases", at: position,
      hint: "write +releases=v1.8.0...v1.10.3, +releases=v1.8.0... or +releases=...v1.10.3")
  }

  fileprivate static func emptyRange(_ text: String, at position: Position) -> Diagnostic {
    Diagnostic("the range of releases \(text) ends before it begins", at: position, hint: "exchange the two")
  }
}
#endif
