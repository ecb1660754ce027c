import Files
import OCI
import Workspace
import YAML

/// Pieces of a page. Whatever comes from files goes through `text`.
enum HTML {
  /// Text that is nothing but text, in elements and in attributes with double quotes.
  static func text(_ text: String) -> String {
    var out = ""
    out.reserveCapacity(text.utf8.count)
    for scalar in text.harmless.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// How a content security policy names a script or a style: by the digest of its bytes.
  static func source(_ contents: ByteString) -> String {
    let digits = Array(ContentDigest(contents).text.text.dropFirst(7).utf8)
    func value(_ digit: UInt8) -> UInt8 { digit >= 0x61 ? digit - 0x61 + 10 : digit - 0x30 }
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).map { value(digits[$0]) << 4 | value(digits[$0 + 1]) }
    return "'sha256-\(Base64.encode(ByteString(bytes)))'"
  }
}
