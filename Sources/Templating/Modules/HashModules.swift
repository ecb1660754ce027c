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
            return .string(ByteString(hexadecimal: Insecure.MD5.hash(data: text.bytes)))
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
            return .string(ByteString(hexadecimal: SHA256.hash(data: text.bytes)))
          }
        )
      ])
  }
}
