import Files

/// Archives as other programs, and nobody in good faith, write them.
struct TarText {
  private(set) var bytes: [UInt8] = []

  /// Adds an entry.
  /// - Parameters:
  ///   - kind: the letter that says what it is.
  ///   - size: what the header says that it has; nothing for what it has.
  ///   - magic: what stands behind the first 257 bytes: `ustar` for POSIX, `ustar  ` for GNU.
  func adding(
    _ name: String, kind: Character = "0", contents: String = "", link: String = "", mode: String = "0000644",
    size: String? = nil, magic: String = "ustar\u{0}00"
  ) -> TarText {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at start: Int, most: Int) {
      for (index, byte) in text.utf8.prefix(most).enumerated() { header[start + index] = byte }
    }
    func octal(_ number: Int, _ digits: Int) -> String {
      let text = String(number, radix: 8)
      return String(repeating: "0", count: digits - text.count) + text
    }
    put(name, at: 0, most: 100)
    put(mode, at: 100, most: 8)
    put(size ?? octal(contents.utf8.count, 11), at: 124, most: 12)
    put(octal(1_700_000_000, 11), at: 136, most: 12)
    put(String(kind), at: 156, most: 1)
    put(link, at: 157, most: 100)
    put(magic, at: 257, most: 8)
    put("        ", at: 148, most: 8)
    put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\u{0}", at: 148, most: 7)
    var copy = self
    copy.bytes += header + Array(contents.utf8)
    copy.bytes += [UInt8](repeating: 0, count: (512 - contents.utf8.count % 512) % 512)
    return copy
  }

  /// The archive with the blocks of zeros at its end.
  var archive: ByteString { ByteString(bytes + [UInt8](repeating: 0, count: 1024)) }
}
