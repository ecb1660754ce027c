import Crypto
package import Files

/// The SHA-256 of some bytes, written `sha256:` and 64 lower-case hexadecimal digits: the name of all content in a registry.
package struct ContentDigest: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// As it is written.
  package let text: ByteString

  /// The digest of `contents`.
  package init(_ contents: ByteString) {
    self.init(hash: contents.withBytes { SHA256.hash(data: UnsafeRawBufferPointer($0)) })
  }

  /// Takes a digest that was written down; nothing if `text` is none.
  package init?(written text: ByteString) {
    guard text.count == 7 + 64, text.hasPrefix("sha256:"), text[7..<text.count].isHexadecimal else { return nil }
    self.text = text
  }

  fileprivate init(hash: some Sequence<UInt8>) {
    text = ByteString("sha256:", hexadecimal: hash)
  }

  /// The 64 digits alone.
  package var hex: ByteString { text[7..<text.count] }

  package var description: String { text.text }

  /// In the order of the texts.
  package static func < (left: ContentDigest, right: ContentDigest) -> Bool { left.text < right.text }
}

extension ContentDigest {
  /// Makes the digest of bytes that come piece by piece.
  package struct Hasher {
    private var hash = SHA256()

    package init() {}

    /// Takes the next bytes.
    package mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
      hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
    }

    /// Takes the next bytes.
    package mutating func update(_ bytes: ByteString) { bytes.withBytes { update($0) } }

    /// The digest of all bytes taken.
    package func finish() -> ContentDigest { ContentDigest(hash: hash.finalize()) }
  }
}
