package import Files

/// The version of a package, by the rules of Semantic Versioning 2.0: `1.18.1+sailplan.1`.
///
/// What follows `+` counts when Carvel's tools compare versions, so that a package can be released anew for the same
/// software.
package struct PackageVersion: Hashable, Sendable, CustomStringConvertible {
  package let text: ByteString

  /// - Throws: a diagnostic that says why `text` is no version.
  package init(_ text: ByteString) throws(Diagnostic) {
    var rest = text.text[...]
    if let plus = rest.firstIndex(of: "+") {
      guard Self.areIdentifiers(rest[rest.index(after: plus)...], isBuild: true) else {
        throw .badVersion(text, "what follows '+' is empty, or not letters, digits and dashes between dots")
      }
      rest = rest[..<plus]
    }
    if let dash = rest.firstIndex(of: "-") {
      guard Self.areIdentifiers(rest[rest.index(after: dash)...], isBuild: false) else {
        throw .badVersion(
          text, "what follows '-' is empty, not letters, digits and dashes between dots, or a number that begins with 0"
        )
      }
      rest = rest[..<dash]
    }
    let numbers = rest.split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.count == 3, numbers.allSatisfy(Self.isNumber) else {
      throw .badVersion(text, "it does not begin with three numbers")
    }
    self.text = text
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  /// A number as versions write it: at most 64 bits, and no zero in front.
  private static func isNumber(_ text: Substring) -> Bool {
    text.utf8.allSatisfy(isDigit) && UInt64(text) != nil && (text == "0" || !text.hasPrefix("0"))
  }

  /// - Parameter isBuild: whether numbers may begin with zeros, as they may behind `+`.
  private static func areIdentifiers(_ text: Substring, isBuild: Bool) -> Bool {
    text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      guard !part.isEmpty else { return false }
      if !isBuild, part.utf8.allSatisfy(isDigit) { return isNumber(part) }
      return part.utf8.allSatisfy {
        isDigit($0) || $0 == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
      }
    }
  }

  package var description: String { text.text }
}

extension Diagnostic {
  fileprivate static func badVersion(_ text: ByteString, _ reason: String) -> Diagnostic {
    Diagnostic("'\(text)' is no version: \(reason)", hint: "write it as 1.18.1, 1.18.1-rc.1 or 1.18.1+sailplan.2")
  }
}
