package import Files

/// A marker as it is written, cut into its name and its arguments.
package struct MarkerText: Sendable {
  /// Everything between the `+` and the first `=`.
  package let fullName: ByteString
  /// The same up to its last colon, behind which the name of an argument may stand.
  package let shortName: ByteString
  /// What stands behind the first `=`; empty if there is none.
  package let arguments: ByteString
  /// The last part of the name, if it may be that of an argument.
  package let lastName: ByteString?

  /// The marker in a comment; nothing if there is none. A marker is a line comment whose first character is `+`.
  package init?(comment: ByteString) {
    guard comment.hasPrefix("//") else { return nil }
    let text = comment[2..<comment.count].trimmingWhiteSpace()
    guard !text.isEmpty, text[0] == UInt8(ascii: "+") else { return nil }
    guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else {
      fullName = text[1..<text.count]
      shortName = fullName
      arguments = .empty
      lastName = nil
      return
    }
    let name = text[1..<equals]
    fullName = name
    arguments = text[equals + 1..<text.count]
    var colon = name.count - 1
    while colon >= 0 && name[colon] != UInt8(ascii: ":") { colon -= 1 }
    shortName = colon >= 0 ? name[0..<colon] : name
    lastName = colon >= 0 ? name[colon + 1..<name.count] : nil
  }
}
