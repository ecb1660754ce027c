import Files

/// English plurals as controller-gen makes them, which takes them from the library flect.
package enum Plurals {
  /// Which release of flect is followed.
  package enum Rules: Sendable, Comparable {
    case flect020, flect022, flect023, flect025, flect100
  }

  /// The lower-case plural of a kind.
  static func plural(of kind: ByteString, _ dialect: Dialect) -> ByteString {
    ByteString("\(kind)s".lowercased())
  }
}
