import Crypto
package import Files

/// The SHA-256 of some bytes, written `sha256:` and 64 hexadecimal digits.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
  package let text: ByteString

  /// The digest of `contents`.
  package init(_ contents: ByteString) {
    text = Self.text(contents.withBytes { SHA256.hash(data: UnsafeRawBufferPointer($0)) })
  }

  /// The digest of files: of their sorted paths, lengths and bytes, so that no two trees have the same one.
  package init(_ files: FileSet) {
    var hash = SHA256()
    for file in files.files {
      ByteString("\(file.path.count) \(file.contents.count)\n").withBytes {
        hash.update(bufferPointer: UnsafeRawBufferPointer($0))
      }
      file.path.withBytes { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
      file.contents.withBytes { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    }
    text = Self.text(hash.finalize())
  }

  /// Takes a digest that was written down; nothing if `text` is none.
  package init?(written text: ByteString) {
    guard text.count == 7 + 64, text.hasPrefix("sha256:") else { return nil }
    self.text = text
  }

  private static func text(_ digest: some Sequence<UInt8>) -> ByteString {
    let digits = Array("0123456789abcdef".utf8)
    return ByteString(Array("sha256:".utf8) + digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  package var description: String { text.text }
}
