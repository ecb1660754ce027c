import Crypto
import Files
import Starlark

/// `@ytt:md5`.
enum MD5Module {
  static func make() -> Module {
    Module(
      "md5",
      functions: [
        (
          "sum",
          { arguments, _ throws(Failure) in
            let text = try arguments.only().requireString()
            return .string(.hexadecimal(Insecure.MD5.hash(data: text.bytes)))
          }
        )
      ])
  }
}

/// `@ytt:sha256`.
enum SHA256Module {
  static func make() -> Module {
    Module(
      "sha256",
      functions: [
        (
          "sum",
          { arguments, _ throws(Failure) in
            let text = try arguments.only().requireString()
            return .string(.hexadecimal(SHA256.hash(data: text.bytes)))
          }
        )
      ])
  }
}

extension ByteString {
  fileprivate static func hexadecimal(_ bytes: some Sequence<UInt8>) -> ByteString {
    let digits = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    for byte in bytes { out += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return ByteString(out)
  }
}
