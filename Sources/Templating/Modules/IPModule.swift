import Files
import Starlark

/// `@ytt:ip`: addresses and networks, as Go's `net` reads and prints them.
enum IPModule {
  static func make() -> Module {
    Module(
      "ip",
      functions: [
        (
          "parse_addr",
          { arguments, _ throws(Failure) in
            let text = try arguments.only().requireString()
            guard let address = IPAddress(text) else { throw Failure("invalid IP address: \(text)") }
            return .object(address.value)
          }
        ),
        (
          "parse_cidr",
          { arguments, _ throws(Failure) in
            let text = try arguments.only().requireString()
            guard let (address, network) = IPNetwork.parse(text) else {
              throw Failure("invalid CIDR address: \(text)")
            }
            return .object(Tuple([.object(address.value), .object(network.value)]))
          }
        ),
      ])
  }
}

/// An address of either version.
private struct IPAddress {
  /// Four or sixteen.
  var bytes: [UInt8]

  init(bytes: [UInt8]) {
    // A version 4 address written as version 6 is a version 4 address.
    let isMapped = bytes.count == 16 && bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
    self.bytes = isMapped ? Array(bytes[12...]) : bytes
  }

  init?(_ text: ByteString) {
    guard let bytes = text.firstIndex(of: UInt8(ascii: ":")) == nil ? Self.version4(text) : Self.version6(text) else {
      return nil
    }
    self.init(bytes: bytes)
  }

  private static func version4(_ text: ByteString) -> [UInt8]? {
    let parts = text.split(at: UInt8(ascii: "."))
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      guard (1...3).contains(part.count), part.withBytes({ $0.allSatisfy { (48...57).contains($0) } }),
        part.count == 1 || part[0] != UInt8(ascii: "0"), let byte = UInt8(part.text)
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private static func version6(_ text: ByteString) -> [UInt8]? {
    var parts = text.split(at: UInt8(ascii: ":"))
    var bytes: [UInt8] = []
    var gap: Int?
    // A gap at an end makes an empty part too many; a single colon there is none.
    guard parts.count >= 3 else { return nil }
    if parts[0].isEmpty {
      guard parts[1].isEmpty else { return nil }
      parts.removeFirst()
    }
    if parts[parts.count - 1].isEmpty {
      guard parts[parts.count - 2].isEmpty else { return nil }
      parts.removeLast()
    }
    for (index, part) in parts.enumerated() {
      if part.isEmpty {
        guard gap == nil else { return nil }
        gap = bytes.count
      } else if index == parts.count - 1, part.firstIndex(of: UInt8(ascii: ".")) != nil {
        guard let rest = version4(part) else { return nil }
        bytes += rest
      } else {
        guard part.count <= 4, part.withBytes({ $0.allSatisfy(\.isHexadecimal) }),
          let number = UInt16(part.text, radix: 16)
        else { return nil }
        bytes += [UInt8(number >> 8), UInt8(number & 0xFF)]
      }
      guard bytes.count <= 16 else { return nil }
    }
    if let gap {
      guard bytes.count < 16 else { return nil }
      bytes.insert(contentsOf: [UInt8](repeating: 0, count: 16 - bytes.count), at: gap)
    }
    return bytes.count == 16 ? bytes : nil
  }

  var isVersion4: Bool { bytes.count == 4 }

  /// The shortest form: the longest run of two zero groups or more becomes `::`.
  var text: String {
    if isVersion4 { return bytes.map { String($0) }.joined(separator: ".") }
    let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    var longest = 0..<0
    var start = 0
    while start < groups.count {
      var end = start
      while end < groups.count, groups[end] == 0 { end += 1 }
      if end - start > max(longest.count, 1) { longest = start..<end }
      start = max(end, start + 1)
    }
    let words = groups.map { String($0, radix: 16) }
    if longest.isEmpty { return words.joined(separator: ":") }
    return words[..<longest.lowerBound].joined(separator: ":") + "::"
      + words[longest.upperBound...].joined(separator: ":")
  }

  var value: OpaqueValue {
    OpaqueValue(
      "@ytt:ip.addr", hint: "@ytt:ip.addr does not automatically encode (hint: use .string())",
      members: [
        OpaqueValue.method("ip.addr.is_ipv4") { .bool(isVersion4) },
        OpaqueValue.method("ip.addr.is_ipv6") { .bool(!isVersion4) },
        OpaqueValue.method("ip.addr.string") { .string(ByteString(text)) },
      ])
  }
}

/// A network: an address whose last bits are zero, and how many count.
private struct IPNetwork {
  var address: IPAddress
  var length: Int

  static func parse(_ text: ByteString) -> (IPAddress, IPNetwork)? {
    guard let slash = text.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    let digits = text[slash + 1..<text.count]
    guard let address = IPAddress(text[0..<slash]), !digits.isEmpty,
      digits.withBytes({ $0.allSatisfy { (48...57).contains($0) } }), var length = Int(digits.text)
    else { return nil }
    let isWritten6 = text[0..<slash].firstIndex(of: UInt8(ascii: ":")) != nil
    guard length <= (isWritten6 ? 128 : 32) else { return nil }
    if isWritten6 && address.isVersion4 { length = max(0, length - 96) }
    var network = address
    for index in network.bytes.indices {
      let kept = min(8, max(0, length - index * 8))
      network.bytes[index] &= kept == 0 ? 0 : 0xFF << UInt8(8 - kept)
    }
    return (address, IPNetwork(address: network, length: length))
  }

  var value: OpaqueValue {
    OpaqueValue(
      "@ytt:ip.net", hint: "@ytt:ip.net does not automatically encode (hint: use .string())",
      members: [
        OpaqueValue.method("ip.net.addr") { .object(address.value) },
        OpaqueValue.method("ip.net.string") { .string(ByteString("\(address.text)/\(length)")) },
      ])
  }
}

extension UInt8 {
  fileprivate var isHexadecimal: Bool { Character(Unicode.Scalar(self)).isHexDigit }
}
