import Files
import Starlark

/// `@ytt:base64`, as Go's `encoding/base64` does it.
enum Base64Module {
  static func make() -> Module {
    Module(
      "base64",
      functions: [
        (
          "encode",
          { arguments, _ throws(Failure) in
            let text = try arguments.only().requireString()
            return .string(try Base64(arguments).encode(text))
          }
        ),
        (
          "decode",
          { arguments, _ throws(Failure) in
            let text = try arguments.only().requireString()
            return .string(try Base64(arguments).decode(text))
          }
        ),
      ])
  }
}

/// One of the forms of base64.
private struct Base64 {
  private var isForURLs: Bool
  private var isPadded: Bool
  private var isStrict: Bool

  init(_ arguments: Arguments) throws(Failure) {
    isForURLs = try arguments.flag("url") ?? false
    isPadded = !(try arguments.flag("raw") ?? false)
    isStrict = try arguments.flag("strict") ?? false
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private func digit(_ value: Int) -> UInt8 {
    switch value {
    case 62 where isForURLs: UInt8(ascii: "-")
    case 63 where isForURLs: UInt8(ascii: "_")
    default: Self.alphabet[value]
    }
  }

  private func value(_ digit: UInt8) -> UInt32? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+") where !isForURLs, UInt8(ascii: "-") where isForURLs: 62
    case UInt8(ascii: "/") where !isForURLs, UInt8(ascii: "_") where isForURLs: 63
    default: nil
    }
  }

  func encode(_ text: ByteString) -> ByteString {
    text.withBytes { bytes in
      var out: [UInt8] = []
      out.reserveCapacity((bytes.count + 2) / 3 * 4)
      var index = 0
      while index < bytes.count {
        let count = min(3, bytes.count - index)
        var group = 0
        for offset in 0..<3 { group = group << 8 | (offset < count ? Int(bytes[index + offset]) : 0) }
        for place in 0..<4 {
          if place <= count {
            out.append(digit(group >> (18 - 6 * place) & 63))
          } else if isPadded {
            out.append(UInt8(ascii: "="))
          }
        }
        index += 3
      }
      return ByteString(out)
    }
  }

  /// Line ends are passed over wherever they stand.
  func decode(_ text: ByteString) throws(Failure) -> ByteString {
    var out: [UInt8] = []
    var group: UInt32 = 0
    var count = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { continue }
      if let value = value(byte) {
        group = group << 6 | value
        count += 1
        if count == 4 {
          out += [
            UInt8(truncatingIfNeeded: group >> 16), UInt8(truncatingIfNeeded: group >> 8),
            UInt8(truncatingIfNeeded: group),
          ]
          (group, count) = (0, 0)
        }
        continue
      }
      guard byte == UInt8(ascii: "="), isPadded, count >= 2 else { throw .corrupt(at: index - 1) }
      try checkPadding(text, &index, count)
      try append(group, count, to: &out, end: index)
      return ByteString(out)
    }
    if count == 0 { return ByteString(out) }
    guard !isPadded, count >= 2 else { throw .corrupt(at: text.count - (isPadded ? count : count)) }
    try append(group, count, to: &out, end: text.count)
    return ByteString(out)
  }

  /// Checks what stands behind the first `=`.
  private func checkPadding(_ text: ByteString, _ index: inout Int, _ count: Int) throws(Failure) {
    func skipLineEnds() {
      while index < text.count, text[index] == UInt8(ascii: "\n") || text[index] == UInt8(ascii: "\r") { index += 1 }
    }
    if count == 2 {
      skipLineEnds()
      guard index < text.count, text[index] == UInt8(ascii: "=") else { throw .corrupt(at: index) }
      index += 1
    }
    skipLineEnds()
    if index < text.count { throw .corrupt(at: index) }
  }

  /// Adds the bytes of an incomplete group of digits.
  private func append(_ group: UInt32, _ count: Int, to out: inout [UInt8], end: Int) throws(Failure) {
    let bits = group << UInt32(6 * (4 - count))
    let unused = count == 2 ? bits & 0xFFFF : bits & 0xFF
    if isStrict, unused != 0 { throw .corrupt(at: end - (count == 2 ? 2 : 1)) }
    out.append(UInt8(truncatingIfNeeded: bits >> 16))
    if count == 3 { out.append(UInt8(truncatingIfNeeded: bits >> 8)) }
  }
}

extension Failure {
  fileprivate static func corrupt(at offset: Int) -> Failure {
    Failure("illegal base64 data at input byte \(offset)")
  }
}
