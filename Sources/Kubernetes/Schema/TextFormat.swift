import Files

/// Formats of text that no pattern tells.
enum TextFormat {
  /// Base64 as RFC 4648 has it, padded, without line breaks; nothing at all is none.
  static func isBase64(_ text: ByteString) -> Bool {
    text.withBytes { bytes in
      guard !bytes.isEmpty, bytes.count % 4 == 0 else { return false }
      let padding = bytes.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
      return bytes.dropLast(padding).allSatisfy { byte in
        isLetterOrDigit(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
      }
    }
  }

  /// A day of the calendar: `2024-02-29`.
  static func isDate(_ text: ByteString) -> Bool {
    let bytes = text.bytes
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
      (1...12).contains(month)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  /// A date and a time with its zone: `2024-02-29T12:00:00Z`, `…12:00:00.5+01:00`.
  static func isDateTime(_ text: ByteString) -> Bool {
    let bytes = text.bytes
    guard bytes.count > 11, bytes[10] | 0x20 == UInt8(ascii: "t"), isDate(text[0..<10]) else { return false }
    var rest = bytes[11...]
    guard let hour = takeNumber(&rest), take(&rest, ":"), let minute = takeNumber(&rest), take(&rest, ":"),
      let second = takeNumber(&rest), hour < 24, minute < 60, second < 60
    else { return false }
    if take(&rest, ".") {
      let digits = rest.prefix { isDigit($0) }
      guard !digits.isEmpty else { return false }
      rest = rest.dropFirst(digits.count)
    }
    if rest.count == 1, let zone = rest.first { return zone | 0x20 == UInt8(ascii: "z") }
    guard take(&rest, "+") || take(&rest, "-"), takeNumber(&rest) != nil, take(&rest, ":"), takeNumber(&rest) != nil
    else { return false }
    return rest.isEmpty
  }

  static func isIPv4(_ text: ByteString) -> Bool {
    let parts = text.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        part.count <= 3 && (part.first != UInt8(ascii: "0") || part.count == 1)
          && (number(part).map { $0 < 256 } ?? false)
      }
  }

  static func isIPv6(_ text: ByteString) -> Bool {
    var halves = [[ArraySlice<UInt8>]]()
    let bytes = text.bytes
    guard bytes.contains(UInt8(ascii: ":")) else { return false }
    var gap: Int?
    for index in 0..<max(0, bytes.count - 1)
    where bytes[index] == UInt8(ascii: ":") && bytes[index + 1] == UInt8(ascii: ":") {
      if gap != nil { return false }
      gap = index
    }
    if let gap {
      halves = [groups(bytes[..<gap]), groups(bytes[(gap + 2)...])]
    } else {
      halves = [groups(bytes[...])]
    }
    var words = 0
    for (index, half) in halves.enumerated() {
      for (place, group) in half.enumerated() {
        let isLast = index == halves.count - 1 && place == half.count - 1
        if isLast, group.contains(UInt8(ascii: ".")) {
          guard isIPv4(ByteString(group)) else { return false }
          words += 2
        } else {
          guard (1...4).contains(group.count), group.allSatisfy(isHexadecimal) else { return false }
          words += 1
        }
      }
    }
    return gap == nil ? words == 8 : words < 8
  }

  static func isCIDR(_ text: ByteString) -> Bool {
    guard let slash = text.firstIndex(of: UInt8(ascii: "/")) else { return false }
    let address = text[0..<slash]
    let length = text[slash + 1..<text.count].bytes
    guard let bits = number(length[...]), length.first != UInt8(ascii: "0") || length.count == 1 else { return false }
    return isIPv4(address) ? bits <= 32 : isIPv6(address) && bits <= 128
  }

  // MARK: Parts

  private static func groups(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    bytes.isEmpty ? [] : bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
  }

  /// A number of at most nine digits, and nothing else.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...9).contains(digits.count), digits.allSatisfy(isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  /// Two digits off the front.
  private static func takeNumber(_ bytes: inout ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= 2, let value = number(bytes.prefix(2)) else { return nil }
    bytes = bytes.dropFirst(2)
    return value
  }

  private static func take(_ bytes: inout ArraySlice<UInt8>, _ character: Unicode.Scalar) -> Bool {
    guard let first = bytes.first, UInt32(first) == character.value else { return false }
    bytes = bytes.dropFirst()
    return true
  }
}
