package import Files

/// The name of a package: a DNS subdomain of three parts or more, such as `velero.sailplan.dev`.
///
/// The rule is that of kapp-controller's API server for `refName` and for the names of PackageMetadata.
package struct PackageName: Hashable, Sendable, CustomStringConvertible {
  package let text: ByteString

  /// - Throws: a diagnostic that says why `text` cannot name a package.
  package init(_ text: ByteString) throws(Diagnostic) {
    let parts = text.text.split(separator: ".", omittingEmptySubsequences: false)
    guard text.count <= 253, parts.allSatisfy(Self.isLabel) else {
      throw .badName(text, "it is no DNS subdomain")
    }
    guard parts.count >= 3 else { throw .badName(text, "it has fewer than three parts") }
    self.text = text
  }

  /// Whether `part` may stand between two dots: lower-case letters, digits and dashes, and no dash at either end.
  private static func isLabel(_ part: Substring) -> Bool {
    guard let first = part.utf8.first, let last = part.utf8.last else { return false }
    let dash = UInt8(ascii: "-")
    return first != dash && last != dash
      && part.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || $0 == dash
      }
  }

  package var description: String { text.text }
}

extension Diagnostic {
  fileprivate static func badName(_ text: ByteString, _ reason: String) -> Diagnostic {
    Diagnostic(
      "'\(text)' cannot name a package: \(reason)",
      hint: "use lower-case letters, digits and dashes in three parts or more, as in velero.example.org")
  }
}
