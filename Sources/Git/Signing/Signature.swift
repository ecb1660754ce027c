import Files

/// Who made a commit, and when, as the commit names them.
struct Signature {
  var name: ByteString
  var email: ByteString
  var time: Timestamp

  /// `Name <address> seconds offset`.
  var line: ByteString {
    ByteString("\(name) <\(email)> \(time)")
  }

  /// A name or an address without what would break the line: as git does, controls and `<>` go anywhere, spaces and
  /// punctuation at both ends.
  static func clean(_ text: ByteString) -> ByteString {
    func isCrud(_ byte: UInt8) -> Bool { byte <= 0x20 || ".,:;<>\"\\'".utf8.contains(byte) }
    var bytes = text.bytes[...]
    while let first = bytes.first, isCrud(first) { bytes.removeFirst() }
    while let last = bytes.last, isCrud(last) { bytes.removeLast() }
    bytes.removeAll { $0 == 0 || $0 == 0x0A || $0 == 0x3C || $0 == 0x3E }
    return ByteString(bytes)
  }
}
