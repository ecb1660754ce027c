package import Files
package import OCI

/// What a commit says about where it comes from, in lines at the end of its message that `git interpret-trailers` reads.
package struct CommitTrailers: Sendable {
  /// The commit that the inputs are read from; nothing where the commit itself brings them.
  package var source: ByteString?
  /// The digest of what the environments are rendered from; nothing where there are none.
  package var bundle: ContentDigest?

  package init(source: ByteString?, bundle: ContentDigest?) {
    self.source = source
    self.bundle = bundle
  }

  private var lines: String {
    var lines = source.map { "Sailplan-Source: \($0)\n" } ?? ""
    lines += "Sailplan-Version: \(ToolVersion.text)\n"
    if let bundle { lines += "Sailplan-Bundle: \(bundle)\n" }
    return lines
  }

  /// The message with the trailers at its end: among those that it has already, or in a paragraph of their own.
  package func appended(to message: ByteString) -> ByteString {
    var text = message.text
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return ByteString(text + (Self.endsWithTrailers(text) ? "\n" : "\n\n") + lines)
  }

  /// Whether the last paragraph is one of trailers by git's rule: all its lines are, or a quarter of them and among them
  /// one that git writes itself. The first paragraph is the subject, whatever it looks like.
  private static func endsWithTrailers(_ text: String) -> Bool {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let blank = lines.lastIndex(where: { $0.allSatisfy(\.isWhitespace) }),
      lines[..<blank].contains(where: { !$0.allSatisfy(\.isWhitespace) })
    else { return false }
    var trailers = 0
    var others = 0
    var isGits = false
    for line in lines[(blank + 1)...] where !line.hasPrefix("#") {
      if line.hasPrefix("Signed-off-by: ") || line.hasPrefix("(cherry picked from commit ") {
        isGits = true
        trailers += 1
      } else if line.first?.isWhitespace == true {
        // It continues the line before.
        if trailers == 0 { others += 1 }
      } else if isTrailer(line) {
        trailers += 1
      } else {
        others += 1
      }
    }
    return trailers > 0 && (others == 0 || (isGits && trailers * 3 >= others))
  }

  /// `Name: value`, the name of letters, digits and `-`.
  private static func isTrailer(_ line: Substring) -> Bool {
    let name = line.utf8.prefix { byte in
      byte == UInt8(ascii: "-") || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
    }
    let rest = line.utf8.dropFirst(name.count).drop { $0 == 0x20 || $0 == 0x09 }
    return !name.isEmpty && rest.first == UInt8(ascii: ":")
  }
}
