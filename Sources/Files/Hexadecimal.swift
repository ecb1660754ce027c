extension ByteString {
  private static let hexadecimalDigits = Array("0123456789abcdef".utf8)

  /// Bytes as hexadecimal digits in lower case, two for each: how digests are written.
  package init(hexadecimal bytes: some Sequence<UInt8>) {
    let digits = Self.hexadecimalDigits
    self.init(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
