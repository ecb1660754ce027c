package import Files

/// What Kubernetes takes for the key and the value of a label.
package enum LabelSyntax {
  /// The most bytes of a value, and of a key without its prefix.
  private static let longestName = 63
  /// The most bytes of a key's prefix: those of a DNS name.
  private static let longestPrefix = 253

  /// Why `key` cannot be the key of a label; nothing where it can.
  package static func objection(toKey key: ByteString) -> String? {
    guard let slash = key.firstIndex(of: UInt8(ascii: "/")) else { return objection(toName: key) }
    return objection(toPrefix: key[0..<slash]) ?? objection(toName: key[slash + 1..<key.count])
  }

  /// Why `value` cannot be the value of a label; nothing where it can. It may be empty.
  package static func objection(toValue value: ByteString) -> String? {
    value.isEmpty ? nil : objection(toName: value)
  }

  private static func objection(toName name: ByteString) -> String? {
    if name.isEmpty { return "it is empty" }
    if name.count > longestName { return "it has more than \(longestName) characters" }
    guard name.bytes.allSatisfy({ isLetterOrDigit($0) || [0x2D, 0x2E, 0x5F].contains($0) }) else {
      return "only letters, digits, '-', '_' and '.' are allowed"
    }
    guard isLetterOrDigit(name[0]), isLetterOrDigit(name[name.count - 1]) else {
      return "it must begin and end with a letter or a digit"
    }
    return nil
  }

  private static func objection(toPrefix prefix: ByteString) -> String? {
    if prefix.isEmpty { return "what stands before '/' is empty" }
    if prefix.count > longestPrefix { return "what stands before '/' has more than \(longestPrefix) characters" }
    for part in prefix.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      guard let first = part.first, let last = part.last, first != 0x2D, last != 0x2D,
        part.allSatisfy({ ($0 == 0x2D || isLetterOrDigit($0)) && !(0x41...0x5A).contains($0) })
      else { return "what stands before '/' is no DNS name in lower case" }
    }
    return nil
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
  }
}
